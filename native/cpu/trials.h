/*
 * trials.h: a tile of trials run forward and backward through time by one thread.
 *
 * The tile's whole history stays in cache: nothing is kept for the other trials, and there is no barrier per step.
 */
#pragma once
#include <vector>

#include "buffer.h"
#include "layout.h"
#include "lrlab.h"
#include "sums.h"
#include "weights.h"

namespace lrlab {

/** What all tiles of one network share. */
struct Model {
  const Layout &layout;
  const Padding &padding;
  const Kernels &kernels;
  Activate activate;
  float alpha;
  bool recurrentCredit;
  const PackedWeights &weights;
  const float *parameters;
};

/** Trials [first, first + count) of a batch, count <= kernels.rows. */
struct Tile {
  int first, count;
};

/** Factors of the whole batch that enter the error of each trial. */
struct LossScale {
  double maskedEntries;
  float penalty; /* 2 r / (B T N) */
};

class TileRunner {
public:
  explicit TileRunner(const Model &);

  /** Room for the history of `steps` steps (all when training, 2 otherwise). */
  void reserve(int steps);

  /** Gradient and loss sums of a tile's trials. */
  void train(const lrlab_batch &, Tile, const LossScale &, Sums &);
  /** Readout and, unless null, rates of a tile's trials. */
  void forward(int steps, const float *input, Tile, float *rates, float *readout);

private:
  void start(const float *input, int steps, Tile);
  void step(int t, const float *input, int steps, Tile);
  void finishReadout(int steps);
  void setInput(int t, const float *input, int steps, Tile);
  void takeReadout(int t);
  void addNoise(int t, const lrlab_batch &, Tile, Sums &);
  void setReadoutError(int t, const lrlab_batch &, Tile, const LossScale &, float *d, Sums &);
  void sumBlock(int firstStep, int steps, Sums &);
  void backward(const lrlab_batch &, Tile, const LossScale &, Sums &);

  float *z(int t) { return z_.data() + (size_t)(t % history_) * model_.kernels.rows * model_.padding.zStride; }
  float *slope(int t) { return slope_.data() + (size_t)(t % history_) * model_.kernels.rows * model_.padding.columns; }
  float *readout(int t) {
    return readout_.data() + (size_t)(t % history_) * model_.kernels.rows * model_.layout.outputs;
  }
  float *d(int slot) { return d_.data() + (size_t)slot * model_.kernels.rows * model_.padding.columns; }

  const Model &model_;
  int history_ = 0;            /* steps kept */
  Buffer z_, slope_, readout_; /* (history, rows, zStride), (history, rows, columns), (history, rows, O) */
  Buffer a_;                 /* (rows, columns) */
  Buffer alpha_;             /* columns: alpha for units, 1 for outputs */
  Buffer d_;                 /* (block + 1, rows, columns) */
};

} // namespace lrlab
