/*
 * trunk.h: the beginnings that trials of a batch have in common, run once.
 *
 * Trials with the same input up to step p are in the same state up to step p. Up to kernels.rows such paths make the
 * trunk, one more tile. A tile of trials branches off at the step p up to which each of its trials follows one of the
 * paths, and starts from the state there. Backward, what it knows of the errors before its first step, delta[p+1] and
 * e[p], is added to the path's: without noise slopes are the same along it, and delta is linear in what it starts from.
 */
#pragma once
#include <vector>

#include "runners.h"
#include "slices.h"

namespace lrlab {

class Trunk : private Paths {
public:
  explicit Trunk(const Model &);

  /** Whether trials of a batch that have the same input are in the same state, and their errors can be added. */
  static bool fits(const Model &, const lrlab_batch &);

  /** Room for batches of this size, so that nothing else here takes memory. */
  void reserve(const lrlab_batch &);
  /** Chooses the paths, and where the tiles branch off. */
  void plan(const lrlab_batch &, const Slices &);
  void clear() { steps_ = 0; }
  bool isEmpty() const { return steps_ == 0; }

  /** Runs the paths. */
  void forward(const Pass &);
  /** Steps of tile `index` that it need not run itself. */
  int spared(int index) const { return isEmpty() ? 0 : branches_[index]; }
  /** Where tile `index` starts; none: at the beginning. */
  Branch branch(int index, Tile);
  /** Once all tiles are done: what is left of gradient and loss sums. */
  void backward(const Pass &, Sums &);

private:
  void choosePaths(const lrlab_batch &);
  void divide(const lrlab_batch &, int t);
  void follow(const lrlab_batch &);
  void addHandovers(int step, MutableRows delta) const;
  int nextBranchBelow(int step) const;

  float followers(int row, int t) const override { return (float)followers_[(size_t)t * model_.kernels.rows + row]; }
  double readError(int t, const Pass &, History &, float *error, ptrdiff_t stride) const override;

  const Model &model_;
  Runners runners_;
  int steps_ = 0;                     /* of the longest path that is of use */
  std::vector<int> paths_;            /* trials that the paths follow, one per row */
  std::vector<int> group_;            /* of each trial while paths are chosen, -1: has left */
  std::vector<int> classes_;          /* of each trial: the first trial of its group with the same next input */
  std::vector<int> row_, shared_;     /* of each trial: its path, and steps in common with it; then those it is on */
  std::vector<int> branches_;         /* of each tile: step where it branches off, or 0 */
  std::vector<int> followers_;        /* (steps + 1, rows): trials on the path at step t */
  Buffer preactivations_;             /* (steps + 1, rows, columns) */
  Buffer handovers_;                  /* (tiles, rows, zStride) */
  std::vector<int> handoverRows_;     /* (tiles, rows): path of each row */
};

} // namespace lrlab
