/*
 * worker.h: what one thread works with.
 */
#pragma once
#include <memory>
#include <vector>

#include "trunk.h"

namespace lrlab {

class Worker {
public:
  explicit Worker(const Model &);

  /** See Runners::reserve. */
  void reserve(const lrlab_batch &batch, int kept) { runners_.reserve(batch, kept); }
  /** Room also to pack and to hold a gradient, and to sum one up alone. */
  void equip(const lrlab_batch &, bool alone);

  /** Gradient and loss sums of a tile's trials. */
  void train(const Pass &, Tile, const Branch &, Sums &);
  /** Readout and, unless null, rates of a tile's trials. */
  void forward(const Pass &, Tile, float *rates, float *readout);

  /** Cuts a batch into slices, plans its trunk and orders the slices. */
  void cut(const lrlab_batch &);

  Slices slices;
  std::vector<int> longestFirst; /* the slices, those with most steps to run first: threads then end together */
  Trunk trunk;
  std::unique_ptr<PackedWeights> weights;
  std::unique_ptr<Sums> total, slice;
  Buffer gradient;

private:
  const Model &model_;
  Runners runners_;
  std::vector<int> steps_; /* of each slice */
};

} // namespace lrlab
