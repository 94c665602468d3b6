/*
 * slices.h: how the trials of a batch are cut into tiles, and runs of tiles into slices.
 *
 * The cut depends on the batch and the model alone. Each slice is summed by itself and the sums are added in the order
 * of slices, so numbers are the same bit for bit whoever computes them.
 */
#pragma once
#include <algorithm>
#include <vector>

#include "grouping.h"
#include "history.h"

namespace lrlab {

class Slices {
public:
  explicit Slices(const Model &);

  /** Room for batches of this size, so that cut takes no memory. */
  void reserve(const lrlab_batch &);
  void cut(const lrlab_batch &);

  /** Slices that a batch of so many trials has. */
  int count(int trials) const { return std::min(tiles(trials), most_); }
  int count() const { return count((int)order_.size()); }
  int tiles() const { return tiles((int)order_.size()); }
  Tile tile(int index) const;

  /** Calls with the number of each tile of one slice. */
  template <class Work> void forEachTile(int slice, Work work) const {
    const int64_t all = tiles(), slices = count();
    for (int i = (int)(all * slice / slices); i < (int)(all * (slice + 1) / slices); i++) work(i);
  }

private:
  int tiles(int trials) const { return (trials + rows_ - 1) / rows_; }

  const int inputs_, rows_, most_;
  Grouping grouping_;
  std::vector<int> order_; /* trials, tile by tile */
};

} // namespace lrlab
