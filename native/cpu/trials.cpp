/*
 * trials.cpp: see trials.h.
 *
 * Step t of the history holds Z[t] = h[t] | x[t+1] | 1. The readout of step t comes out of the product that drives
 * step t + 1, so one more product, for the readout's columns alone, follows the last step. Backwards,
 * D[t] = delta[t] | e[t-1] pairs with Z[t-1]; kBlock steps of D are kept and then summed into the gradient at once.
 * Steps count from 1; 0 is the start, where nothing is read out and no penalty holds.
 */
#include "trials.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "loss.h"

namespace lrlab {
namespace {

/** Steps in a block of the gradient: 16 steps of 6 trials fit the second-level cache beside the weights. */
constexpr int kBlock = 16;

/** Whether the rule lets error pass between units from step t + 1 to step t. */
bool passesTo(int t, int steps, const lrlab_credit &credit) {
  return credit.recurrent != LRLAB_CREDIT_NONE && !(credit.window > 0 && (steps - t) % credit.window == 0);
}

} // namespace

TileRunner::TileRunner(const Model &m)
    : model_(m), a_((size_t)m.kernels.rows * m.padding.columns),
      d_((size_t)(kBlock + 1) * m.kernels.rows * m.padding.columns),
      ones_(m.padding.columns, 1.0f), penalty_(m.kernels.rows) {
  if (m.leakyRate()) q_ = Buffer(a_.size()), sent_ = Buffer(a_.size()), sending_ = Buffer(a_.size());
  if (!std::isnan(m.credit.slope)) slopeBetween_.assign(m.padding.columns, (float)m.credit.slope);
}

void TileRunner::reserve(int steps) {
  const size_t rows = (size_t)steps * model_.kernels.rows;
  history_ = steps;
  if (z_.size() >= rows * model_.padding.zStride) return;
  z_ = Buffer(rows * model_.padding.zStride);
  slope_ = Buffer(rows * model_.padding.columns);
  readout_ = Buffer(rows * model_.layout.outputs);
}

/** x[t+1] and 1 beside h[t]; zeros where there is no trial or no further step. */
void TileRunner::setInput(int t, const Pass &pass, Tile tile) {
  const int N = model_.layout.units, I = model_.layout.inputs, steps = pass.batch.steps;
  for (int m = 0; m < model_.kernels.rows; m++) {
    float *x = z(t) + (size_t)m * model_.padding.zStride + N;
    if (m < tile.count && t < steps)
      std::memcpy(x, pass.batch.input + ((size_t)tile.trials[m] * steps + t) * I, I * sizeof(float));
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

void TileRunner::start(const Pass &pass, Tile tile) {
  const int N = model_.layout.units, columns = model_.padding.columns;
  a_.clear();
  for (int m = 0; m < model_.kernels.rows; m++) {
    float *a = a_.data() + (size_t)m * columns, *h = z(0) + (size_t)m * model_.padding.zStride;
    std::memcpy(a, pass.network.parameters.data() + model_.layout.a0, N * sizeof(float));
    model_.activate(a, h, slope(0) + (size_t)m * columns, columns);
    if (model_.leakyRate()) std::memcpy(h, a, columns * sizeof(float));
  }
  setInput(0, pass, tile);
}

void TileRunner::step(int t, const Pass &pass, Tile tile) {
  const Padding &p = model_.padding;
  const bool leakyRate = model_.leakyRate();
  if (leakyRate) a_.clear();
  model_.kernels.advance(pass.weights.forward(), model_.layout.units, 0, {z(t - 1), p.zStride}, {a_.data(), p.columns},
                         leakyRate ? ones_.data() : model_.alpha.data());
  takeReadout(t - 1);
  for (int m = 0; m < model_.kernels.rows; m++)
    model_.activate(a_.data() + (size_t)m * p.columns, z(t) + (size_t)m * p.zStride, slope(t) + (size_t)m * p.columns,
                    p.columns);
  if (leakyRate) model_.kernels.leakRate(model_.alpha.data(), {z(t - 1), p.zStride}, {z(t), p.zStride}, p.columns);
  setInput(t, pass, tile);
}

void TileRunner::finishReadout(const Pass &pass) {
  const Padding &p = model_.padding;
  const int panelWidth = model_.kernels.panel * model_.kernels.lanes;
  const int firstVector = model_.layout.units / panelWidth * model_.kernels.panel;
  const int steps = pass.batch.steps;
  if (model_.leakyRate()) a_.clear();
  model_.kernels.advance(pass.weights.forward(), model_.layout.units, firstVector, {z(steps), p.zStride},
                         {a_.data(), p.columns}, model_.alpha.data());
  takeReadout(steps);
}

/** Noise on the rates of step t, and their share of the activity term. */
void TileRunner::addNoise(int t, const Pass &pass, Tile tile, Sums &sums) {
  const int N = model_.layout.units;
  for (int m = 0; m < tile.count; m++) {
    float *h = z(t) + (size_t)m * model_.padding.zStride;
    if (pass.batch.noise) {
      const float *noise = pass.batch.noise + ((size_t)tile.trials[m] * pass.batch.steps + (t - 1)) * N;
      for (int i = 0; i < N; i++) h[i] += noise[i];
    }
    sums.squaredRate += model_.kernels.sumOfSquares(h, N);
  }
}

void TileRunner::train(const Pass &pass, Tile tile, Sums &sums) {
  start(pass, tile);
  for (int t = 1; t <= pass.batch.steps; t++) {
    step(t, pass, tile);
    addNoise(t, pass, tile, sums);
  }
  finishReadout(pass);
  backward(pass, tile, sums);
}

void TileRunner::forward(const Pass &pass, Tile tile, float *rates, float *readouts) {
  const int N = model_.layout.units, O = model_.layout.outputs, steps = pass.batch.steps;
  const auto copyReadout = [&](int t) {
    for (int m = 0; m < tile.count; m++)
      std::copy_n(readout(t) + (size_t)m * O, O, readouts + ((size_t)tile.trials[m] * steps + (t - 1)) * O);
  };
  start(pass, tile);
  for (int t = 1; t <= steps; t++) {
    step(t, pass, tile);
    if (t > 1) copyReadout(t - 1);
    for (int m = 0; rates && m < tile.count; m++) {
      const size_t at = ((size_t)tile.trials[m] * steps + (t - 1)) * N;
      std::copy_n(z(t) + (size_t)m * model_.padding.zStride, N, rates + at);
    }
  }
  finishReadout(pass);
  copyReadout(steps);
}

/** e[t] into the readout's columns of d; zeros beyond the trials and before the first step. */
void TileRunner::setReadoutError(int t, const Pass &pass, Tile tile, float *d, Sums &sums) {
  const int N = model_.layout.units, O = model_.layout.outputs, columns = model_.padding.columns;
  const int targets = targetsPerStep(model_);
  for (int m = 0; m < model_.kernels.rows; m++) {
    float *error = d + (size_t)m * columns + N;
    std::fill(error, error + (columns - N), 0.0f);
    if (m >= tile.count || t < 1) continue;
    const size_t at = ((size_t)tile.trials[m] * pass.batch.steps + (t - 1)) * targets;
    sums.error += readoutError(model_, readout(t) + (size_t)m * O, pass.batch.target + at, pass.batch.mask + at,
                               pass.masked, error);
  }
}

/** Adds D[firstStep ...] of slots 0 ... steps-1 to the gradient. */
void TileRunner::sumBlock(int firstStep, int steps, Sums &sums) {
  const Padding &p = model_.padding;
  model_.kernels.gradient(steps, p.depth, p.vectors, {z(firstStep - 1), p.zStride}, {d(0), p.columns},
                          {sums.weights.data(), p.columns});
}

/** delta[t] into `to`, from delta[t+1] | e[t] in `next` (or from q[t+1] with the leak on the rate). */
void TileRunner::stepBack(int t, const Pass &pass, const float *next, float *to) {
  const ptrdiff_t columns = model_.padding.columns;
  const Rows slopes{slope(t), columns};
  CreditStep s;
  s.weights = pass.weights.backward();
  s.units = model_.layout.units;
  s.between = passesTo(t, pass.batch.steps, model_.credit);
  s.sent = model_.leakyRate() ? rowsOf(sent_) : Rows{next, columns};
  s.error = {next + model_.layout.units, columns};
  s.h = {z(t), model_.padding.zStride};
  s.slope = slopes;
  s.slopeBetween = slopeBetween_.empty() ? slopes : Rows{slopeBetween_.data(), 0};
  s.alpha = model_.alpha.data();
  s.penalty = penalty_.data();
  s.carried = model_.leakyRate() ? rowsOf(q_) : Rows{next, columns};
  s.delta = {to, columns};
  s.q = {q_.data(), columns};
  s.sending = {sending_.data(), columns};
  if (!model_.leakyRate()) return model_.kernels.backwardPreactivation(s);
  model_.kernels.backwardRate(s);
  std::swap(sent_, sending_);
}

void TileRunner::backward(const Pass &pass, Tile tile, Sums &sums) {
  const int rows = model_.kernels.rows, T = pass.batch.steps;
  const size_t slotSize = (size_t)rows * model_.padding.columns;
  std::fill(penalty_.begin(), penalty_.end(), 0.0f);
  std::fill_n(penalty_.begin(), tile.count, pass.penalty);

  // Slot kBlock holds D of the step after the block, slots 0 ... the block's own steps.
  float *carried = d(kBlock);
  std::fill_n(carried, slotSize, 0.0f);
  if (model_.leakyRate()) q_.clear(), sent_.clear();
  setReadoutError(T, pass, tile, carried, sums);
  std::copy_n(carried, slotSize, d(0));
  sumBlock(T + 1, 1, sums);

  for (int last = T; last >= 1;) {
    const int first = std::max(1, last - kBlock + 1);
    for (int t = last; t >= first; t--) {
      float *to = d(t - first);
      stepBack(t, pass, t == last ? carried : d(t - first + 1), to);
      setReadoutError(t - 1, pass, tile, to, sums);
    }
    sumBlock(first, last - first + 1, sums);
    std::copy_n(d(0), slotSize, carried);
    last = first - 1;
  }

  std::fill(penalty_.begin(), penalty_.end(), 0.0f);
  stepBack(0, pass, carried, d(0));
  addStart(tile, sums);
}

void TileRunner::addStart(Tile tile, Sums &sums) {
  const float *start = model_.leakyRate() ? q_.data() : d(0);
  for (int m = 0; m < tile.count; m++)
    for (int i = 0; i < model_.layout.units; i++) sums.a0[i] += start[(size_t)m * model_.padding.columns + i];
}

} // namespace lrlab
