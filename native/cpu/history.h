/*
 * history.h: a tile of trials on its way through time: what both ways of training it have in common.
 *
 * Step t holds Z[t] = h[t] | x[t+1] | 1 and y[t]. Steps count from 1; 0 is the start. The readout of step t comes out
 * of the product that drives step t + 1, so one more product, for the readout's columns alone, follows the last step.
 * The tile's whole history stays in cache: nothing is kept for the other trials, and there is no barrier per step.
 */
#pragma once
#include "buffer.h"
#include "sums.h"
#include "weights.h"

namespace lrlab {

/** Numbers of at most kernels.rows trials of a batch. */
struct Tile {
  const int *trials;
  int count;
};

/** One network at work on one batch. */
struct Pass {
  const Network &network;
  const PackedWeights &weights;
  const lrlab_batch &batch;
  double masked; /* see countMasked */
  float penalty; /* 2 r / (B T N) */
};

/** Whether the rule lets error pass between units from step t + 1 to step t. */
bool errorPassesTo(int t, int steps, const lrlab_credit &);

class History {
public:
  explicit History(const Model &);

  /** Room for `steps` steps (all and the start when training, 2 otherwise). */
  void reserve(int steps);

  float *z(int t) { return z_.data() + (size_t)(t % steps_) * model_.kernels.rows * model_.padding.zStride; }
  float *readout(int t) { return readout_.data() + (size_t)(t % steps_) * model_.kernels.rows * model_.layout.outputs; }
  Rows rates(int t) { return {z(t), model_.padding.zStride}; }
  MutableRows preactivations() { return {a_.data(), model_.padding.columns}; }
  int steps() const { return steps_; }

  /** a = a0 in all rows. */
  void start(const Pass &);
  /** Drives step t out of Z[t-1]: a[t], or u[t] with the leak on the rate; and y[t-1]. firing: see Kernels::advance. */
  void advance(int t, const Pass &, const Firing &);
  void finishReadout(const Pass &, const Firing &);

  /** x[t+1] and 1 beside h[t]; zeros after the last step. Rows without a trial follow the last one. */
  void setInput(int t, const Pass &, Tile);
  /** e[t] (rows, O), `stride` apart, zeros before the first step and in rows without a trial; returns the loss. */
  double readError(int t, const Pass &, Tile, float *error, ptrdiff_t stride);
  void copyRates(int t, const Pass &, Tile, float *rates);
  void copyReadout(int t, const Pass &, Tile, float *readout);

private:
  void takeReadout(int t);

  const Model &model_;
  int steps_ = 0;
  Buffer z_, readout_;      /* (steps, rows, zStride), (steps, rows, O) */
  Buffer a_;                /* (rows, columns) */
  std::vector<float> ones_; /* columns */
};

} // namespace lrlab
