/*
 * history.cpp: see history.h.
 */
#include "history.h"

#include <algorithm>
#include <cstring>

#include "loss.h"

namespace lrlab {

bool errorPassesTo(int t, int steps, const lrlab_credit &credit) {
  return credit.recurrent != LRLAB_CREDIT_NONE && !(credit.window > 0 && (steps - t) % credit.window == 0);
}

History::History(const Model &m)
    : model_(m), a_((size_t)m.kernels.rows * m.padding.columns), ones_(m.padding.columns, 1.0f) {}

void History::reserve(int steps) {
  const size_t rows = (size_t)steps * model_.kernels.rows;
  steps_ = steps;
  if (z_.size() >= rows * model_.padding.zStride) return;
  z_ = Buffer(rows * model_.padding.zStride);
  readout_ = Buffer(rows * model_.layout.outputs);
}

void History::start(const Pass &pass) {
  a_.clear();
  for (int m = 0; m < model_.kernels.rows; m++)
    std::memcpy(a_.data() + (size_t)m * model_.padding.columns, pass.network.parameters.data() + model_.layout.a0,
                model_.layout.units * sizeof(float));
}

void History::advance(int t, const Pass &pass, const Firing &firing) {
  if (model_.leakyRate()) a_.clear();
  model_.kernels.advance(pass.weights.forward(), model_.layout.units, 0, rates(t - 1), firing, preactivations(),
                         model_.leakyRate() ? ones_.data() : model_.alpha.data());
  takeReadout(t - 1);
}

void History::finishReadout(const Pass &pass, const Firing &firing) {
  const int vectors = model_.padding.vectors, widest = model_.kernels.panel, steps = pass.batch.steps;
  const int firstVector = model_.layout.units / model_.kernels.lanes;
  int panel = panelCount(vectors, widest) - 1;
  while (panelStart(vectors, widest, panel) > firstVector) panel--;
  model_.kernels.advance(pass.weights.forward(), model_.layout.units, panel, rates(steps), firing,
                         preactivations(), model_.alpha.data());
  takeReadout(steps);
}

/** Moves y[t] out of the columns where the product left it. */
void History::takeReadout(int t) {
  const int O = model_.layout.outputs;
  for (int m = 0; m < model_.kernels.rows; m++) {
    float *y = a_.data() + (size_t)m * model_.padding.columns + model_.layout.units;
    std::copy(y, y + O, readout(t) + (size_t)m * O);
    std::fill(y, y + O, 0.0f);
  }
}

void History::setInput(int t, const Pass &pass, Tile tile) {
  const int N = model_.layout.units, I = model_.layout.inputs, steps = pass.batch.steps;
  for (int m = 0; m < model_.kernels.rows; m++) {
    float *x = z(t) + (size_t)m * model_.padding.zStride + N;
    const size_t trial = tile.trials[std::min(m, tile.count - 1)];
    if (t < steps) std::memcpy(x, pass.batch.input + (trial * steps + t) * I, I * sizeof(float));
    else std::fill(x, x + I, 0.0f);
    x[I] = 1.0f;
  }
}

double History::readError(int t, const Pass &pass, Tile tile, float *error, ptrdiff_t stride) {
  const int O = model_.layout.outputs, targets = targetsPerStep(model_);
  double loss = 0;
  for (int m = 0; m < model_.kernels.rows; m++, error += stride) {
    std::fill_n(error, O, 0.0f);
    if (m >= tile.count || t < 1) continue;
    const size_t at = ((size_t)tile.trials[m] * pass.batch.steps + (t - 1)) * targets;
    loss += addReadoutError(model_, readout(t) + (size_t)m * O, pass.batch.target + at, pass.batch.mask + at,
                            pass.masked, error);
  }
  return loss;
}

/** + 0 turns -0, see rectified.cpp, into 0. */
void History::copyRates(int t, const Pass &pass, Tile tile, float *rates) {
  const int N = model_.layout.units;
  for (int m = 0; m < tile.count; m++) {
    const float *h = z(t) + (size_t)m * model_.padding.zStride;
    float *to = rates + ((size_t)tile.trials[m] * pass.batch.steps + (t - 1)) * N;
    for (int i = 0; i < N; i++) to[i] = h[i] + 0.0f;
  }
}

void History::copyReadout(int t, const Pass &pass, Tile tile, float *to) {
  const int O = model_.layout.outputs;
  for (int m = 0; m < tile.count; m++)
    std::copy_n(readout(t) + (size_t)m * O, O, to + ((size_t)tile.trials[m] * pass.batch.steps + (t - 1)) * O);
}

} // namespace lrlab
