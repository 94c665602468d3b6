/*
 * loss.cpp: see loss.h. Differences are float32, sums are float64.
 */
#include "loss.h"

namespace lrlab {

size_t countMasked(const lrlab_batch &batch, int outputs) {
  const size_t entries = (size_t)batch.trials * batch.steps * outputs;
  size_t count = 0;
  for (size_t i = 0; i < entries; i++) count += batch.mask[i] != 0.0f;
  return count;
}

double readoutError(const float *y, const float *target, const float *mask, int outputs, double count, float *error) {
  double sum = 0.0;
  const float scale = (float)(2.0 / count);
  for (int o = 0; o < outputs; o++) {
    const float difference = mask[o] != 0.0f ? y[o] - target[o] : 0.0f;
    error[o] = scale * difference;
    sum += (double)difference * difference;
  }
  return sum;
}

double nextActivityPenalty(double penalty, double mainLoss, double activityLoss) {
  return activityLoss >= mainLoss / 2 ? penalty * 2.0 / 3.0 : penalty;
}

} // namespace lrlab
