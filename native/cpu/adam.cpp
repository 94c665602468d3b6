/*
 * adam.cpp: Adam (Kingma & Ba 2015) and AdamW (Loshchilov & Hutter 2019), update k from 1.
 *
 *   lr = learning_rate decay_factor^floor((k - 1) / decay_every)
 *   p <- p - lr w p
 *   m <- b1 m + (1 - b1) g        v <- b2 v + (1 - b2) g^2
 *   p <- p - lr/(1 - b1^k) m / (sqrt(v) / sqrt(1 - b2^k) + eps)
 *
 * float32 element by element, factors in float64 and rounded once; norms are summed in float64.
 */
#include "adam.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace lrlab {
namespace {

/** Parts that the parameters are cut into, whole cache lines but for the last. */
constexpr int kJobs = 16;

struct Range {
  size_t first, end;
};

Range rangeOf(int job, size_t count) {
  constexpr size_t kLine = 16;
  const size_t size = (count + kJobs * kLine - 1) / (kJobs * kLine) * kLine;
  return {std::min(count, job * size), std::min(count, (job + 1) * size)};
}

double sumOfSquares(const float *values, size_t count) {
  constexpr int kSums = 8; /* side by side, so that they overlap */
  double sums[kSums] = {};
  size_t i = 0;
  for (; i + kSums <= count; i += kSums)
    for (int k = 0; k < kSums; k++) sums[k] += (double)values[i + k] * values[i + k];
  for (; i < count; i++) sums[0] += (double)values[i] * values[i];
  double sum = 0.0;
  for (const double s : sums) sum += s;
  return sum;
}

} // namespace

double norm(const float *gradient, size_t count, const Share &share) {
  std::array<double, kJobs> squares;
  share(kJobs, [&](int job, int) {
    const Range range = rangeOf(job, count);
    squares[job] = sumOfSquares(gradient + range.first, range.end - range.first);
  });
  double sum = 0.0;
  for (const double s : squares) sum += s;
  return std::sqrt(sum);
}

double clip(float *gradient, size_t count, double limit, const Share &share) {
  const double total = norm(gradient, count, share);
  const double factor = limit / (total + 1e-6);
  if (limit == 0 || !(factor < 1.0)) return total;
  for (size_t i = 0; i < count; i++) gradient[i] *= (float)factor;
  return norm(gradient, count, share);
}

void adam(const Model &model, Network &network, const float *gradient, const Share &share) {
  const lrlab_optimizer &o = model.optimizer;
  const double decays = o.decay_every > 0 ? (double)(network.update / o.decay_every) : 0.0;
  const double rate = o.learning_rate * (decays > 0 ? std::pow(o.decay_factor, decays) : 1.0);
  const double update = (double)++network.update;
  AdamStep step;
  step.keep = (float)(1.0 - rate * o.weight_decay);
  step.beta1 = (float)o.beta1, step.new1 = (float)(1.0 - o.beta1);
  step.beta2 = (float)o.beta2, step.new2 = (float)(1.0 - o.beta2);
  step.rate = (float)(rate / (1.0 - std::pow(o.beta1, update)));
  step.root = (float)std::sqrt(1.0 - std::pow(o.beta2, update));
  step.epsilon = (float)o.epsilon;
  share(kJobs, [&](int job, int) {
    const Range range = rangeOf(job, model.layout.count);
    for (const Part &part : model.layout.parts()) {
      const size_t first = std::max(range.first, part.offset), end = std::min(range.end, part.offset + part.count);
      if (first < end && !(o.frozen & part.bit))
        model.kernels.adam(step, end - first, gradient + first, network.parameters.data() + first,
                           network.first.data() + first, network.second.data() + first);
    }
  });
}

} // namespace lrlab
