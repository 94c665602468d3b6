/*
 * adam.h: clipping and Adam or AdamW over the flat parameter array.
 */
#pragma once
#include <cstddef>
#include <cstdint>

namespace lrlab {

struct AdamSettings {
  double learningRate, beta1, beta2, epsilon, weightDecay;
};

/** Norm of the whole gradient. */
double norm(const float *gradient, size_t count);

/** Scales the gradient by limit / (norm + 1e-6) where that is below 1; returns its norm afterwards. */
double clip(float *gradient, size_t count, double limit);

/** Update number `update` (from 1) of parameters and moments. */
void adam(const AdamSettings &, int64_t update, size_t count, const float *gradient, float *parameters, float *first,
          float *second);

} // namespace lrlab
