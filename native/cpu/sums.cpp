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

/** The sum in row k and column i of Z^T D, to where it belongs in the gradient. */
void place(const Model &m, const Network &network, int k, int i, float sum, float *gradient) {
  const Layout &l = m.layout;
  const int N = l.units, I = l.inputs, o = i - N;
  const size_t connection = (size_t)i * N + k;
  const float ofDrive = m.alpha[i] * sum;
  if (o < 0 && k < N) gradient[l.Wrec + connection] = ofDrive * Wiring(m, network).slope(connection);
  else if (o < 0 && k < N + I) gradient[l.Win + (size_t)i * I + (k - N)] = ofDrive;
  else if (o < 0) gradient[l.b + i] = ofDrive;
  else if (k < N) gradient[l.Wout + (size_t)o * N + k] = sum;
  else if (k == N + I) gradient[l.bout + o] = sum;
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
    for (int c = 0; c < targets; c++)
      for (int k = 0; k < sources; k++) place(m, network, first + k, start + c, sum[k][c], gradient);
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
