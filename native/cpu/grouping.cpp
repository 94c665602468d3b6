/*
 * grouping.cpp: see grouping.h. A trial is described by its input summed up to every kEvery-th step, which tells past
 * input as a network that integrates it would. The trials are split at the middle of the feature that varies most
 * among them, and the halves again, down to single tiles.
 */
#include "grouping.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lrlab {
namespace {

constexpr int kEvery = 8;

int featuresOf(int steps, int inputs) { return (steps + kEvery - 1) / kEvery * inputs; }

} // namespace

void Grouping::reserve(int trials, int steps, int inputs) {
  values_.reserve((size_t)featuresOf(steps, inputs) * trials);
}

void Grouping::order(const lrlab_batch &batch, int inputs, int rows, std::vector<int> &trials) {
  trials.resize(batch.trials);
  std::iota(trials.begin(), trials.end(), 0);
  if (batch.trials <= rows) return;
  describe(batch, inputs);
  split(trials.data(), batch.trials, rows);
}

void Grouping::describe(const lrlab_batch &batch, int inputs) {
  trials_ = batch.trials;
  features_ = featuresOf(batch.steps, inputs);
  values_.assign((size_t)features_ * trials_, 0.0f);
  for (int b = 0; b < trials_; b++) {
    const float *x = batch.input + (size_t)b * batch.steps * inputs;
    for (int i = 0; i < inputs; i++) {
      float sum = 0;
      for (int t = 0; t < batch.steps; t++) {
        sum += x[(size_t)t * inputs + i];
        if (t % kEvery == kEvery - 1 || t == batch.steps - 1)
          values_[((size_t)(t / kEvery) * inputs + i) * trials_ + b] = std::isfinite(sum) ? sum : 0.0f; /* NaN has no order */
      }
    }
  }
}

int Grouping::widestFeature(const int *trials, int count) const {
  int widest = 0;
  float most = 0;
  for (int f = 0; f < features_; f++) {
    const float *values = values_.data() + (size_t)f * trials_;
    float sum = 0, squares = 0;
    for (int i = 0; i < count; i++) {
      const float difference = values[trials[i]] - values[trials[0]];
      sum += difference;
      squares += difference * difference;
    }
    const float variation = squares - sum * sum / (float)count;
    if (variation > most) most = variation, widest = f;
  }
  return widest;
}

void Grouping::split(int *trials, int count, int rows) {
  if (count <= rows) return;
  const float *values = values_.data() + (size_t)widestFeature(trials, count) * trials_;
  std::sort(trials, trials + count, [values](int a, int b) { return values[a] < values[b] || (values[a] == values[b] && a < b); });
  const int tiles = (count + rows - 1) / rows, half = tiles / 2 * rows;
  split(trials, half, rows);
  split(trials + half, count - half, rows);
}

} // namespace lrlab
