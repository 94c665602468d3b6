/*
 * trials.cpp: see trials.h.
 *
 * Step t of the history holds Z[t] = h[t] | x[t+1] | 1. The readout of step t comes out of the product that drives
 * step t + 1, so one more product, for the readout's columns alone, follows the last step. Backwards,
 * D[t] = delta[t] | e[t-1] pairs with Z[t-1]; kBlock steps of D are kept and then summed into the gradient at once.
 */
#include "trials.h"

#include <algorithm>
#include <cstring>

#include "loss.h"

namespace lrlab {

namespace {
/** Steps in a block of the gradient: 16 steps of 6 trials fit the second-level cache beside the weights. */
constexpr int kBlock = 16;
} // namespace

TileRunner::TileRunner(const Model &m)
    : model_(m), a_((size_t)m.kernels.rows * m.padding.columns), alpha_(m.padding.columns),
      d_((size_t)(kBlock + 1) * m.kernels.rows * m.padding.columns) {
  for (int i = 0; i < m.padding.columns; i++) alpha_[i] = i < m.layout.units ? m.alpha : 1.0f;
}

void TileRunner::reserve(int steps) {
  history_ = steps;
  const size_t rows = (size_t)steps * model_.kernels.rows;
  if (z_.size() >= rows * model_.padding.zStride) return;
  z_ = Buffer(rows * model_.padding.zStride);
  slope_ = Buffer(rows * model_.padding.columns);
  readout_ = Buffer(rows * model_.layout.outputs);
}

/** x[t+1] and 1 beside h[t]; zeros where there is no trial or no further step. */
void TileRunner::setInput(int t, const float *input, int steps, Tile tile) {
  const int N = model_.layout.units, I = model_.layout.inputs;
  for (int m = 0; m < model_.kernels.rows; m++) {
    float *x = z(t) + (size_t)m * model_.padding.zStride + N;
    if (m < tile.count && t < steps)
      std::memcpy(x, input + ((size_t)(tile.first + m) * steps + t) * I, I * sizeof(float));
    else std::fill(x, x + I, 0.0f);
    x[I] = 1.0f;
  }
}

/** Moves y[t] out of the columns where the product left it. */
void TileRunner::takeReadout(int t) {
  const int O = model_.layout.outputs;
  for (int m = 0; m < model_.kernels.rows; m++) {
    float *y = a_.data() + (size_t)m * model_.padding.columns + model_.layout.units;
    std::copy(y, y + O, readout(t) + (size_t)m * O);
    std::fill(y, y + O, 0.0f);
  }
}

void TileRunner::start(const float *input, int steps, Tile tile) {
  const int N = model_.layout.units, columns = model_.padding.columns;
  a_.clear();
  for (int m = 0; m < model_.kernels.rows; m++) {
    float *a = a_.data() + (size_t)m * columns;
    std::memcpy(a, model_.parameters + model_.layout.a0, N * sizeof(float));
    model_.activate(a, z(0) + (size_t)m * model_.padding.zStride, slope(0) + (size_t)m * columns, columns);
  }
  setInput(0, input, steps, tile);
}

void TileRunner::step(int t, const float *input, int steps, Tile tile) {
  const Padding &p = model_.padding;
  model_.kernels.advance(model_.weights.forward(), model_.layout.units, 0, {z(t - 1), p.zStride},
                         {a_.data(), p.columns}, alpha_.data());
  takeReadout(t - 1);
  for (int m = 0; m < model_.kernels.rows; m++)
    model_.activate(a_.data() + (size_t)m * p.columns, z(t) + (size_t)m * p.zStride, slope(t) + (size_t)m * p.columns,
                    p.columns);
  setInput(t, input, steps, tile);
}

void TileRunner::finishReadout(int steps) {
  const Padding &p = model_.padding;
  const int panelWidth = model_.kernels.panel * model_.kernels.lanes;
  const int firstVector = model_.layout.units / panelWidth * model_.kernels.panel;
  model_.kernels.advance(model_.weights.forward(), model_.layout.units, firstVector, {z(steps), p.zStride},
                         {a_.data(), p.columns}, alpha_.data());
  takeReadout(steps);
}

/** Noise on the rates of step t, and their share of the activity term. */
void TileRunner::addNoise(int t, const lrlab_batch &batch, Tile tile, Sums &sums) {
  const int N = model_.layout.units;
  for (int m = 0; m < tile.count; m++) {
    float *h = z(t) + (size_t)m * model_.padding.zStride;
    if (batch.noise) {
      const float *noise = batch.noise + ((size_t)(tile.first + m) * batch.steps + (t - 1)) * N;
      for (int i = 0; i < N; i++) h[i] += noise[i];
    }
    sums.squaredRate += model_.kernels.sumOfSquares(h, N);
  }
}

void TileRunner::train(const lrlab_batch &batch, Tile tile, const LossScale &scale, Sums &sums) {
  start(batch.input, batch.steps, tile);
  for (int t = 1; t <= batch.steps; t++) {
    step(t, batch.input, batch.steps, tile);
    addNoise(t, batch, tile, sums);
  }
  finishReadout(batch.steps);
  backward(batch, tile, scale, sums);
}

void TileRunner::forward(int steps, const float *input, Tile tile, float *rates, float *readouts) {
  const int N = model_.layout.units, O = model_.layout.outputs;
  const auto copyReadout = [&](int t) {
    for (int m = 0; m < tile.count; m++)
      std::copy_n(readout(t) + (size_t)m * O, O, readouts + ((size_t)(tile.first + m) * steps + (t - 1)) * O);
  };
  start(input, steps, tile);
  for (int t = 1; t <= steps; t++) {
    step(t, input, steps, tile);
    if (t > 1) copyReadout(t - 1);
    for (int m = 0; rates && m < tile.count; m++) {
      const size_t at = ((size_t)(tile.first + m) * steps + (t - 1)) * N;
      std::copy_n(z(t) + (size_t)m * model_.padding.zStride, N, rates + at);
    }
  }
  finishReadout(steps);
  copyReadout(steps);
}

/** e[t] into the readout's columns of d; zeros beyond the trials and before the first step. */
void TileRunner::setReadoutError(int t, const lrlab_batch &batch, Tile tile, const LossScale &scale, float *d,
                                 Sums &sums) {
  const int N = model_.layout.units, O = model_.layout.outputs, columns = model_.padding.columns;
  for (int m = 0; m < model_.kernels.rows; m++) {
    float *error = d + (size_t)m * columns + N;
    std::fill(error, error + (columns - N), 0.0f);
    if (m >= tile.count || t < 1) continue;
    const size_t at = ((size_t)(tile.first + m) * batch.steps + (t - 1)) * O;
    sums.squaredError += readoutError(readout(t) + (size_t)m * O, batch.target + at, batch.mask + at, O,
                                      scale.maskedEntries, error);
  }
}

/** Adds D[firstStep ...] of slots 0 ... steps-1 to the gradient. */
void TileRunner::sumBlock(int firstStep, int steps, Sums &sums) {
  const Padding &p = model_.padding;
  model_.kernels.gradient(steps, p.depth, p.vectors, {z(firstStep - 1), p.zStride}, {d(0), p.columns},
                          {sums.weights.data(), p.columns});
}

void TileRunner::backward(const lrlab_batch &batch, Tile tile, const LossScale &scale, Sums &sums) {
  const Padding &p = model_.padding;
  const int rows = model_.kernels.rows, T = batch.steps;
  const size_t slotSize = (size_t)rows * p.columns;
  const int firstRow = model_.recurrentCredit ? 0 : model_.layout.units;
  std::vector<float> penalty(rows, 0.0f);
  std::fill_n(penalty.begin(), tile.count, scale.penalty);

  const auto stepBack = [&](int t, const float *next, float *to) {
    model_.kernels.backward(model_.weights.backward(), firstRow, {next, p.columns}, {z(t), p.zStride},
                            {slope(t), p.columns}, penalty.data(), model_.alpha, {to, p.columns});
  };

  // Slot kBlock holds D of the step after the block, slots 0 ... the block's own steps.
  float *carried = d(kBlock);
  std::fill_n(carried, slotSize, 0.0f);
  setReadoutError(T, batch, tile, scale, carried, sums);
  std::copy_n(carried, slotSize, d(0));
  sumBlock(T + 1, 1, sums);

  for (int last = T; last >= 1;) {
    const int first = std::max(1, last - kBlock + 1);
    for (int t = last; t >= first; t--) {
      float *to = d(t - first);
      stepBack(t, t == last ? carried : d(t - first + 1), to);
      setReadoutError(t - 1, batch, tile, scale, to, sums);
    }
    sumBlock(first, last - first + 1, sums);
    std::copy_n(d(0), slotSize, carried);
    last = first - 1;
  }

  // a0: the rates before the first step enter no readout and no penalty.
  std::fill(penalty.begin(), penalty.end(), 0.0f);
  stepBack(0, carried, d(0));
  for (int m = 0; m < tile.count; m++)
    for (int i = 0; i < model_.layout.units; i++) sums.a0[i] += d(0)[(size_t)m * p.columns + i];
}

} // namespace lrlab
