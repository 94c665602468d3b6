/*
 * loss.cpp: see loss.h. float32, sums in float64.
 *
 *   squared error:  sum (y - target)^2                      error = 2 (y - target) / count
 *   cross-entropy:  log sum_o exp(y_o) - y_class            error = (softmax(y) - 1[class]) / count
 */
#include "loss.h"

#include <algorithm>
#include <cmath>

namespace lrlab {
namespace {

double squaredError(const float *y, const float *target, const float *mask, int outputs, double count, float *error) {
  double sum = 0.0;
  const float scale = (float)(2.0 / count);
  for (int o = 0; o < outputs; o++) {
    const float difference = mask[o] != 0.0f ? y[o] - target[o] : 0.0f;
    error[o] += scale * difference;
    sum += (double)difference * difference;
  }
  return sum;
}

/** The target's error is minus the sum of the others, which loses no digits where softmax is near 1. */
double crossEntropy(const float *y, int target, int outputs, double count, float *error) {
  const float largest = *std::max_element(y, y + outputs);
  double others = 0.0;
  for (int o = 0; o < outputs; o++)
    if (o != target) others += std::exp(y[o] - largest);
  const double sum = others + std::exp(y[target] - largest);
  const float scale = (float)(1.0 / (count * sum));
  for (int o = 0; o < outputs; o++)
    if (o != target) error[o] += scale * std::exp(y[o] - largest);
  error[target] -= (float)(others / (count * sum));
  return std::log(sum) + largest - y[target];
}

} // namespace

size_t countMasked(const Model &m, const lrlab_batch &batch) {
  const size_t entries = (size_t)batch.trials * batch.steps * targetsPerStep(m);
  size_t count = 0;
  for (size_t i = 0; i < entries; i++) count += batch.mask[i] != 0.0f;
  return count;
}

double addReadoutError(const Model &m, const float *y, const float *target, const float *mask, double count,
                       float *error) {
  const int outputs = m.layout.outputs;
  if (m.loss == LRLAB_MEAN_SQUARED_ERROR) return squaredError(y, target, mask, outputs, count, error);
  return *mask != 0.0f ? crossEntropy(y, (int)*target, outputs, count, error) : 0.0;
}

double nextActivityPenalty(double penalty, double mainLoss, double activityLoss) {
  return activityLoss >= mainLoss / 2 ? penalty * 2.0 / 3.0 : penalty;
}

} // namespace lrlab
