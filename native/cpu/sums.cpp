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

/* Rows and columns of the sums taken at a time: whole cache lines of them are read, and of the gradient written. */
constexpr int kSources = 16, kTargets = 64;

/** The sums in rows k ... k+count-1 and column i of Z^T D, kTargets apart, to where they belong in the gradient. */
void place(const Model &m, const Network &network, int k, int count, int i, const float *sum, float *gradient) {
  const Layout &l = m.layout;
  const int N = l.units, I = l.inputs, o = i - N, end = k + count;
  const float alpha = m.alpha[i]; /* of units; 1 for outputs */
  float *weights = gradient + (o < 0 ? l.Wrec + (size_t)i * N : l.Wout + (size_t)o * N);
  const int first = k;
  for (; k < std::min(N, end); k++) weights[k] = alpha * sum[(k - first) * kTargets];
  for (; k < end; k++) {
    const float g = alpha * sum[(k - first) * kTargets];
    if (k < N + I && o < 0) gradient[l.Win + (size_t)i * I + (k - N)] = g;
    else if (k == N + I) gradient[o < 0 ? l.b + i : l.bout + o] = g;
  }
  const Wiring wiring(m, network);
  if (o >= 0 || wiring.isPlain()) return;
  for (k = first; k < std::min(N, end); k++) weights[k] *= wiring.slope((size_t)i * N + k);
}

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

int gradientJobs(const Model &m) { return (m.padding.depth + kSources - 1) / kSources; }

void collectGradient(const Model &m, const Network &network, const Sums *sums, int slices, float *gradient, int job) {
  const int first = job * kSources, sources = std::min(kSources, m.padding.depth - first);
  const int columns = m.layout.units + m.layout.outputs;
  for (int start = 0; start < columns; start += kTargets) {
    const int targets = std::min(kTargets, columns - start);
    float sum[kSources][kTargets] = {};
    for (int s = 0; s < slices; s++)
      for (int k = 0; k < sources; k++) {
        const float *row = sums[s].weights.data() + (size_t)(first + k) * m.padding.columns + start;
        for (int c = 0; c < targets; c++) sum[k][c] += row[c];
      }
    for (int c = 0; c < targets; c++) place(m, network, first, sources, start + c, sum[0] + c, gradient);
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
