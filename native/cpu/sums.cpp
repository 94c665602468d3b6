/*
 * sums.cpp: see sums.h.
 *
 *   dW    = alpha sum delta[t] h[t-1]^T    dWin = alpha sum delta[t] x[t]^T    db = alpha sum delta[t]
 *   dWout = sum e[t] h[t]^T                dbout = sum e[t]                    da0 = sum delta[0]
 *   dWrec = dW dW/dWrec + the block penalty's
 */
#include "sums.h"

#include <algorithm>

#include "wiring.h"

namespace lrlab {
namespace {

constexpr int kTargets = 16; /* floats of one cache line, so that each line of the sums is read once */

} // namespace

Sums::Sums(const Padding &p) : weights((size_t)p.sumRows * p.columns), a0(p.columns) {}

void Sums::clear() {
  weights.clear();
  a0.clear();
  error = squaredRate = 0;
}

Sums &Sums::operator+=(const Sums &other) {
  for (size_t i = 0; i < weights.size(); i++) weights[i] += other.weights[i];
  for (size_t i = 0; i < a0.size(); i++) a0[i] += other.a0[i];
  error += other.error;
  squaredRate += other.squaredRate;
  return *this;
}

int gradientJobs(const Model &m) { return (m.layout.units + m.layout.outputs + kTargets - 1) / kTargets; }

void collectGradient(const Model &m, const Network &network, const Sums *sums, int slices, float *gradient, int job) {
  const Layout &l = m.layout;
  const Wiring wiring(m, network);
  const int N = l.units, I = l.inputs, end = std::min(N + l.outputs, (job + 1) * kTargets);
  for (int k = 0; k < m.padding.depth; k++)
    for (int i = job * kTargets; i < end; i++) {
      float g = 0.0f;
      for (int s = 0; s < slices; s++) g += sums[s].weights[(size_t)k * m.padding.columns + i];
      const float ofDrive = m.alpha[i] * g;
      const size_t connection = (size_t)i * N + k;
      if (i < N && k < N) gradient[l.Wrec + connection] = ofDrive * wiring.slope(connection);
      else if (i < N && k < N + I) gradient[l.Win + (size_t)i * I + (k - N)] = ofDrive;
      else if (i < N) gradient[l.b + i] = ofDrive;
      else if (k < N) gradient[l.Wout + (size_t)(i - N) * N + k] = g;
      else if (k == N + I) gradient[l.bout + (i - N)] = g;
    }
}

void finishGradient(const Model &m, const Network &network, const Sums *sums, int slices, float *gradient) {
  for (int i = 0; i < m.layout.units; i++) {
    float g = 0.0f;
    for (int s = 0; s < slices; s++) g += sums[s].a0[i];
    gradient[m.layout.a0 + i] = g;
  }
  addBlockGradient(m, network, gradient + m.layout.Wrec);
  for (const Part &part : m.layout.parts())
    if (m.optimizer.frozen & part.bit) std::fill_n(gradient + part.offset, part.count, 0.0f);
}

} // namespace lrlab
