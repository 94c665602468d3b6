/*
 * adam.cpp: Adam (Kingma & Ba 2015) and AdamW (Loshchilov & Hutter 2019), update k from 1.
 *
 *   p <- p - lr w p
 *   m <- b1 m + (1 - b1) g        v <- b2 v + (1 - b2) g^2
 *   p <- p - lr/(1 - b1^k) m / (sqrt(v) / sqrt(1 - b2^k) + eps)
 *
 * float32 element by element, factors in float64 and rounded once; norms are summed in float64.
 */
#include "adam.h"

#include <cmath>

namespace lrlab {

double norm(const float *gradient, size_t count) {
  double sum = 0.0;
  for (size_t i = 0; i < count; i++) sum += (double)gradient[i] * gradient[i];
  return std::sqrt(sum);
}

double clip(float *gradient, size_t count, double limit) {
  const double total = norm(gradient, count);
  const double factor = limit / (total + 1e-6);
  if (!(factor < 1.0)) return total;
  for (size_t i = 0; i < count; i++) gradient[i] *= (float)factor;
  return norm(gradient, count);
}

void adam(const AdamSettings &s, int64_t update, size_t count, const float *gradient, float *parameters, float *first,
          float *second) {
  const float keep = (float)(1.0 - s.learningRate * s.weightDecay);
  const float beta1 = (float)s.beta1, new1 = (float)(1.0 - s.beta1);
  const float beta2 = (float)s.beta2, new2 = (float)(1.0 - s.beta2);
  const float step = (float)(s.learningRate / (1.0 - std::pow(s.beta1, (double)update)));
  const float root = (float)std::sqrt(1.0 - std::pow(s.beta2, (double)update));
  const float epsilon = (float)s.epsilon;
  for (size_t i = 0; i < count; i++) {
    const float g = gradient[i];
    first[i] = first[i] * beta1 + g * new1;
    second[i] = second[i] * beta2 + g * g * new2;
    parameters[i] = parameters[i] * keep - step * (first[i] / (std::sqrt(second[i]) / root + epsilon));
  }
}

} // namespace lrlab
