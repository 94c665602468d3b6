/*
 * wiring.cpp: see wiring.h. Sums are float64.
 */
#include "wiring.h"

#include <algorithm>

namespace lrlab {
namespace {

/** Calls visit with each place in Wrec of the two off-diagonal blocks. */
template <class Visit> void forEachInBlocks(const Model &m, Visit visit) {
  const size_t N = m.layout.units, half = N / 2;
  for (size_t i = 0; i < half; i++)
    for (size_t j = 0; j < half; j++) {
      visit(i * N + half + j);
      visit((half + i) * N + j);
    }
}

} // namespace

double blockLoss(const Model &m, const Network &network) {
  if (m.blockPenalty == 0) return 0;
  const float *raw = network.parameters.data() + m.layout.Wrec;
  double sum = 0;
  forEachInBlocks(m, [&](size_t k) { sum += (double)raw[k] * raw[k]; });
  return m.blockPenalty * sum;
}

void addBlockGradient(const Model &m, const Network &network, float *gradient) {
  if (m.blockPenalty == 0) return;
  const float *raw = network.parameters.data() + m.layout.Wrec;
  forEachInBlocks(m, [&](size_t k) { gradient[k] += (float)(2 * m.blockPenalty * raw[k]); });
}

void averageCellTypes(const Model &m, Network &network) {
  const size_t N = m.layout.units;
  const Wiring wiring(m, network);
  std::fill(network.recurrentFeedback.begin(), network.recurrentFeedback.end(), 0.0f);
  for (const CellType &target : m.cellTypes)
    for (const CellType &source : m.cellTypes) {
      double sum = 0;
      for (int i = target.first; i < target.end; i++)
        for (int j = source.first; j < source.end; j++) sum += wiring.weight(i * N + j);
      const double pairs = (double)(target.end - target.first) * (source.end - source.first);
      for (int i = target.first; i < target.end; i++)
        std::fill_n(network.recurrentFeedback.begin() + i * N + source.first, source.end - source.first,
                    (float)(sum / pairs));
    }
}

void addReadout(const Model &m, Network &network, float factor) {
  const float *Wout = network.parameters.data() + m.layout.Wout;
  for (size_t k = 0; k < network.readoutFeedback.size(); k++) network.readoutFeedback[k] += factor * Wout[k];
}

void decayReadout(const Model &m, Network &network) {
  float *Wout = network.parameters.data() + m.layout.Wout;
  const float kept = (float)(1 - m.readoutDecay);
  for (size_t k = 0; k < network.readoutFeedback.size(); k++) {
    Wout[k] *= kept;
    network.readoutFeedback[k] *= kept;
  }
}

} // namespace lrlab
