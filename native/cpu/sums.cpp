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

/** Rows of the sums taken at a time: whole cache lines of the gradient are written. */
constexpr int kSources = 16;

/** The sums in rows k ... k+count-1 and column i of Z^T D, to where they belong in the gradient. */
void place(const Model &m, const Network &network, int k, int count, int i, const float *sum, float *gradient) {
  const Layout &l = m.layout;
  const int N = l.units, I = l.inputs, o = i - N, end = k + count;
  const float alpha = m.alpha[i]; /* of units; 1 for outputs */
  float *weights = gradient + (o < 0 ? l.Wrec + (size_t)i * N : l.Wout + (size_t)o * N);
  const int first = k;
  for (; k < std::min(N, end); k++) weights[k] = alpha * sum[(size_t)(k - first) * m.padding.columns];
  for (; k < end; k++) {
    const float g = alpha * sum[(size_t)(k - first) * m.padding.columns];
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

void addRows(const Model &m, Sums &total, const Sums *sums, int count, int job) {
  const size_t first = (size_t)job * kSources * m.padding.columns;
  const size_t size = (size_t)std::min(kSources, m.padding.depth - job * kSources) * m.padding.columns;
  float *to = total.weights.data() + first;
  for (int s = 0; s < count; s++) {
    const float *from = sums[s].weights.data() + first;
    for (size_t i = 0; i < size; i++) to[i] += from[i];
  }
}

void collectGradient(const Model &m, const Network &network, const Sums &total, float *gradient, int job) {
  const int first = job * kSources, sources = std::min(kSources, m.padding.depth - first);
  const int columns = m.layout.units + m.layout.outputs;
  const float *rows = total.weights.data() + (size_t)first * m.padding.columns;
  for (int i = 0; i < columns; i++) place(m, network, first, sources, i, rows + i, gradient);
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
