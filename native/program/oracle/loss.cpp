/*
 * loss.cpp
 *
 *   main     = mean of (y - target)^2 over the entries with mask 1, or mean of log sum_o exp(y_o) - y_class over the
 *              steps with mask not 0
 *   activity = r mean of h^2
 *   weights  = block_penalty * sum of squares of the two off-diagonal blocks of raw Wrec, floor(N/2) units each
 */
#include "loss.h"

#include <algorithm>
#include <cmath>

namespace program::oracle {
namespace {

size_t countMasked(const Batch &batch) {
  return batch.mask.size() - std::count(batch.mask.begin(), batch.mask.end(), 0.0);
}

/** log sum_o exp(y_o) */
double logSumExp(const double *y, size_t outputs) {
  const double largest = *std::max_element(y, y + outputs);
  double sum = 0;
  for (size_t o = 0; o < outputs; o++) sum += std::exp(y[o] - largest);
  return largest + std::log(sum);
}

double squaredError(const Batch &batch, const Numbers &y) {
  double sum = 0;
  for (size_t k = 0; k < y.size(); k++)
    if (batch.mask[k] != 0) sum += (y[k] - batch.target[k]) * (y[k] - batch.target[k]);
  return sum;
}

double crossEntropy(const Batch &batch, const Numbers &y, size_t outputs) {
  double sum = 0;
  for (size_t row = 0; row < batch.mask.size(); row++)
    if (batch.mask[row] != 0)
      sum += logSumExp(&y[row * outputs], outputs) - y[row * outputs + (size_t)batch.target[row]];
  return sum;
}

/** Calls with the place in Wrec of every entry of the two off-diagonal blocks. */
template <class Visit> void forEachInBlocks(const Setup &setup, Visit visit) {
  const size_t N = setup.units, half = N / 2;
  for (size_t i = 0; i < half; i++)
    for (size_t j = 0; j < half; j++) {
      visit(i * N + half + j);
      visit((half + i) * N + j);
    }
}

} // namespace

Loss lossOf(const Setup &setup, const State &state, const Batch &batch, const Activity &activity) {
  Loss loss;
  const double sum = setup.loss == LRLAB_CROSS_ENTROPY ? crossEntropy(batch, activity.y, setup.outputs)
                                                       : squaredError(batch, activity.y);
  loss.main = sum / countMasked(batch);
  double squares = 0;
  for (const double h : activity.h) squares += h * h;
  loss.activity = state.activityPenalty * squares / activity.h.size();
  const double *Wrec = &state.parameters[Parts(setup).Wrec.offset];
  forEachInBlocks(setup, [&](size_t k) { loss.weights += setup.blockPenalty * Wrec[k] * Wrec[k]; });
  return loss;
}

Numbers readoutError(const Setup &setup, const Batch &batch, const Activity &activity) {
  const size_t O = setup.outputs;
  const double count = countMasked(batch);
  const Numbers &y = activity.y;
  Numbers e(y.size(), 0.0);
  if (setup.loss == LRLAB_MEAN_SQUARED_ERROR) {
    for (size_t k = 0; k < e.size(); k++)
      if (batch.mask[k] != 0) e[k] = 2 * (y[k] - batch.target[k]) / count;
    return e;
  }
  for (size_t row = 0; row < batch.mask.size(); row++) {
    if (batch.mask[row] == 0) continue;
    const double total = logSumExp(&y[row * O], O);
    for (size_t o = 0; o < O; o++) e[row * O + o] = std::exp(y[row * O + o] - total) / count;
    e[row * O + (size_t)batch.target[row]] -= 1 / count;
  }
  return e;
}

double activitySlope(const State &state, const Activity &activity) {
  return 2 * state.activityPenalty / activity.h.size();
}

void addBlockGradient(const Setup &setup, const State &state, Numbers &ofRaw) {
  const double *Wrec = &state.parameters[Parts(setup).Wrec.offset];
  forEachInBlocks(setup, [&](size_t k) { ofRaw[k] += 2 * setup.blockPenalty * Wrec[k]; });
}

double nextActivityPenalty(double r, const Loss &loss) { return loss.activity >= loss.main / 2 ? r * 2 / 3 : r; }

} // namespace program::oracle
