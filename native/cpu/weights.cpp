/*
 * weights.cpp: packing of weights into panels: effective weights, times alpha on the way back between units.
 */
#include "weights.h"

#include <algorithm>

#include "wiring.h"

namespace lrlab {

PackedWeights::PackedWeights(const Model &m)
    : model_(m), panels_(panelCount(m.padding.vectors, m.kernels.panel)),
      forward_((size_t)m.padding.depth * m.padding.columns),
      backward_((size_t)(m.layout.units + m.layout.outputs) * m.padding.columns) {}

void PackedWeights::pack(const Network &network, bool feedbackInRows, int job) {
  const int all = model_.padding.vectors, widest = model_.kernels.panel;
  const int first = panelStart(all, widest, job / 2), vectors = panelStart(all, widest, job / 2 + 1) - first;
  if (job % 2 == 0) packForward(network, first, vectors);
  else packBackward(network, feedbackInRows, first, vectors);
}

void PackedWeights::packForward(const Network &network, int firstVector, int vectors) {
  const Layout &l = model_.layout;
  const float *p = network.parameters.data();
  const Wiring wiring(model_, network);
  const int N = l.units, I = l.inputs;
  const int width = vectors * model_.kernels.lanes, first = firstVector * model_.kernels.lanes;
  float *panel = forward_.data() + (size_t)first * model_.padding.depth;
  const int used = std::min(width, N + l.outputs - first);
  for (int c = 0; c < used; c++) {
    const int target = first + c, output = target - N;
    float *out = panel + c;
    if (output < 0)
      for (int k = 0; k < N; k++) out[(size_t)k * width] = wiring.weight((size_t)target * N + k);
    else
      for (int k = 0; k < N; k++) out[(size_t)k * width] = p[l.Wout + (size_t)output * N + k];
    for (int k = 0; k < I; k++) out[(size_t)(N + k) * width] = output < 0 ? p[l.Win + (size_t)target * I + k] : 0.0f;
    out[(size_t)(N + I) * width] = output < 0 ? p[l.b + target] : p[l.bout + output];
  }
}

void PackedWeights::packBackward(const Network &network, bool inRows, int firstVector, int vectors) {
  const Layout &l = model_.layout;
  const Wiring wiring(model_, network);
  const float *Bout = network.readoutFeedback.empty() ? network.parameters.data() + l.Wout
                                                      : network.readoutFeedback.data();
  const float *Brec = network.recurrentFeedback.empty() ? nullptr : network.recurrentFeedback.data();
  const bool diagonal = model_.credit.recurrent == LRLAB_CREDIT_DIAGONAL;
  const int N = l.units, O = l.outputs;
  const int width = vectors * model_.kernels.lanes, first = firstVector * model_.kernels.lanes;
  const size_t stride = inRows ? model_.padding.columns : width;
  float *to = backward_.data() + (inRows ? first : (size_t)first * (N + O));
  const int used = std::max(0, std::min(width, N - first));
  for (int i = 0; model_.errorPassesBetweenUnits() && i < N; i++)
    for (int c = 0; c < used; c++) {
      const size_t k = (size_t)i * N + first + c;
      const float weight = Brec ? Brec[k] : diagonal && i != first + c ? 0.0f : wiring.weight(k);
      to[i * stride + c] = model_.alpha[i] * weight;
    }
  for (int o = 0; o < O; o++)
    for (int c = 0; c < used; c++) to[(N + o) * stride + c] = Bout[(size_t)o * N + first + c];
}

} // namespace lrlab
