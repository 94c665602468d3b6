/*
 * trials.h: a tile of trials run forward and backward through time by one thread.
 *
 * The tile's whole history stays in cache: nothing is kept for the other trials, and there is no barrier per step.
 */
#pragma once
#include <vector>

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

class TileRunner {
public:
  explicit TileRunner(const Model &);

  /** Room for the history of `steps` steps (all and the start when training, 2 otherwise). */
  void reserve(int steps);

  /** Gradient and loss sums of a tile's trials. */
  void train(const Pass &, Tile, Sums &);
  /** Readout and, unless null, rates of a tile's trials. */
  void forward(const Pass &, Tile, float *rates, float *readout);

private:
  void start(const Pass &, Tile);
  void step(int t, const Pass &, Tile);
  void finishReadout(const Pass &);
  void setInput(int t, const Pass &, Tile);
  void takeReadout(int t);
  void addNoise(int t, const Pass &, Tile, Sums &);
  void setReadoutError(int t, const Pass &, Tile, float *d, Sums &);
  void sumBlock(int firstStep, int steps, Sums &);
  void stepBack(int t, const Pass &, const float *next, float *to);
  void backward(const Pass &, Tile, Sums &);
  void addStart(Tile, Sums &);

  Rows rowsOf(const Buffer &b) const { return {b.data(), model_.padding.columns}; }
  float *z(int t) { return z_.data() + (size_t)(t % history_) * model_.kernels.rows * model_.padding.zStride; }
  float *slope(int t) { return slope_.data() + (size_t)(t % history_) * model_.kernels.rows * model_.padding.columns; }
  float *readout(int t) {
    return readout_.data() + (size_t)(t % history_) * model_.kernels.rows * model_.layout.outputs;
  }
  float *d(int slot) { return d_.data() + (size_t)slot * model_.kernels.rows * model_.padding.columns; }

  const Model &model_;
  int history_ = 0;            /* steps kept */
  Buffer z_, slope_, readout_; /* (history, rows, zStride), (history, rows, columns), (history, rows, O) */
  Buffer a_;                   /* (rows, columns) */
  Buffer d_;                   /* (block + 1, rows, columns) */
  Buffer q_, sent_, sending_;  /* (rows, columns): with the leak on the rate */
  std::vector<float> ones_;    /* columns */
  std::vector<float> slopeBetween_; /* columns: s where it is constant, else empty */
  std::vector<float> penalty_; /* rows */
};

} // namespace lrlab
