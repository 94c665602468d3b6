/*
 * optimizer.cpp: Kingma & Ba 2015; Loshchilov & Hutter 2019. k: number of the update, from 1.
 *
 *   lr = learning_rate decay_factor^floor((k - 1) / decay_every)
 *   w <- w - lr weight_decay w
 *   m <- b1 m + (1 - b1) g      v <- b2 v + (1 - b2) g^2
 *   w <- w - lr (m / (1 - b1^k)) / (sqrt(v / (1 - b2^k)) + epsilon)
 */
#include "optimizer.h"

#include <algorithm>
#include <cmath>

namespace program::oracle {

double normOf(const Numbers &gradient) {
  double sum = 0;
  for (const double g : gradient) sum += g * g;
  return std::sqrt(sum);
}

void clip(Numbers &gradient, double limit) {
  if (limit <= 0) return;
  const double factor = std::min(1.0, limit / (normOf(gradient) + 1e-6));
  for (double &g : gradient) g *= factor;
}

void step(const Setup &setup, State &state, const Numbers &gradient) {
  const lrlab_optimizer &o = setup.optimizer;
  const double k = (double)(state.update + 1);
  const double decays = o.decay_every > 0 ? std::floor((double)state.update / o.decay_every) : 0;
  const double rate = o.learning_rate * std::pow(o.decay_factor, decays);
  for (const Part &part : Parts(setup).all()) {
    if (o.frozen & part.bit) continue;
    for (size_t i = part.offset; i < part.offset + part.count; i++) {
      double &w = state.parameters[i], &m = state.first[i], &v = state.second[i];
      w -= rate * o.weight_decay * w;
      m = o.beta1 * m + (1 - o.beta1) * gradient[i];
      v = o.beta2 * v + (1 - o.beta2) * gradient[i] * gradient[i];
      w -= rate * (m / (1 - std::pow(o.beta1, k))) / (std::sqrt(v / (1 - std::pow(o.beta2, k))) + o.epsilon);
    }
  }
}

} // namespace program::oracle
