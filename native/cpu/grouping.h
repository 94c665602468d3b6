/*
 * grouping.h: which trials share a tile.
 */
#pragma once
#include <vector>

#include "lrlab.h"

namespace lrlab {

/**
 * Orders the trials of a batch so that those with similar input stand together, `rows` to a tile: units of a tile are
 * then silent together. By the input alone, so the same batch is always ordered in the same way.
 */
class Grouping {
public:
  /** Room for batches of this size, so that order takes no memory. */
  void reserve(int trials, int steps, int inputs);
  void order(const lrlab_batch &, int inputs, int rows, std::vector<int> &trials);

private:
  void describe(const lrlab_batch &, int inputs);
  void split(int *trials, int count, int rows);
  int widestFeature(const int *trials, int count) const;

  int features_ = 0;
  std::vector<float> values_; /* (features, trials) */
  int trials_ = 0;
};

} // namespace lrlab
