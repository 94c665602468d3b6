/*
 * sums.cpp: see sums.h.
 *
 *   dWrec = alpha sum delta[t] h[t-1]^T    dWin = alpha sum delta[t] x[t]^T    db = alpha sum delta[t]
 *   dWout = sum e[t] h[t]^T                dbout = sum e[t]                    da0 = sum delta[0]
 */
#include "sums.h"

#include <algorithm>

namespace lrlab {

Sums::Sums(const Padding &p) : weights((size_t)p.sumRows * p.columns), a0(p.columns) {}

void Sums::clear() {
  weights.clear();
  a0.clear();
  squaredError = squaredRate = 0;
}

void collectGradient(const Layout &l, const Padding &p, float alpha, const std::vector<Sums> &sums, int slices,
                     float *gradient, Pool &pool) {
  const int N = l.units, I = l.inputs, O = l.outputs;
  constexpr int kTargets = 16; /* floats of one cache line, so that each line of the sums is read once */
  pool.run((N + O + kTargets - 1) / kTargets, [&](int job, int) {
    const int end = std::min(N + O, (job + 1) * kTargets);
    for (int k = 0; k < p.depth; k++)
      for (int i = job * kTargets; i < end; i++) {
        float g = 0.0f;
        for (int s = 0; s < slices; s++) g += sums[s].weights[(size_t)k * p.columns + i];
        if (i < N && k < N) gradient[l.Wrec + (size_t)i * N + k] = alpha * g;
        else if (i < N && k < N + I) gradient[l.Win + (size_t)i * I + (k - N)] = alpha * g;
        else if (i < N) gradient[l.b + i] = alpha * g;
        else if (k < N) gradient[l.Wout + (size_t)(i - N) * N + k] = g;
        else if (k == N + I) gradient[l.bout + (i - N)] = g;
      }
  });
  for (int i = 0; i < N; i++) {
    float g = 0.0f;
    for (int s = 0; s < slices; s++) g += sums[s].a0[i];
    gradient[l.a0 + i] = g;
  }
}

} // namespace lrlab
