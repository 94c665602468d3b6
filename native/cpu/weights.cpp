/*
 * weights.cpp: packing of weights into panels: copies, times alpha on the way back through Wrec.
 */
#include "weights.h"

#include <algorithm>

namespace lrlab {

PackedWeights::PackedWeights(const Layout &l, const Padding &p, const Kernels &k, float alpha)
    : layout_(l), padding_(p), kernels_(k), alpha_(alpha), forward_((size_t)p.depth * p.columns),
      backward_((size_t)(l.units + l.outputs) * p.columns) {}

void PackedWeights::pack(const float *parameters, Pool &pool) {
  const int panels = (padding_.vectors + kernels_.panel - 1) / kernels_.panel;
  pool.run(2 * panels, [&](int job, int) {
    const int first = job / 2 * kernels_.panel;
    const int vectors = std::min(kernels_.panel, padding_.vectors - first);
    if (job % 2 == 0) packForward(parameters, first, vectors);
    else packBackward(parameters, first, vectors);
  });
}

void PackedWeights::packForward(const float *parameters, int firstVector, int vectors) {
  const int N = layout_.units, I = layout_.inputs;
  const int width = vectors * kernels_.lanes, first = firstVector * kernels_.lanes;
  float *panel = forward_.data() + (size_t)first * padding_.depth;
  const int used = std::min(width, N + layout_.outputs - first);
  for (int c = 0; c < used; c++) {
    const int target = first + c, output = target - N;
    float *out = panel + c;
    const float *row = output < 0 ? parameters + layout_.Wrec + (size_t)target * N
                                  : parameters + layout_.Wout + (size_t)output * N;
    for (int k = 0; k < N; k++) out[(size_t)k * width] = row[k];
    const float *in = parameters + layout_.Win + (size_t)target * I;
    for (int k = 0; k < I; k++) out[(size_t)(N + k) * width] = output < 0 ? in[k] : 0.0f;
    out[(size_t)(N + I) * width] = output < 0 ? parameters[layout_.b + target] : parameters[layout_.bout + output];
  }
}

void PackedWeights::packBackward(const float *parameters, int firstVector, int vectors) {
  const int N = layout_.units, O = layout_.outputs;
  const int width = vectors * kernels_.lanes, first = firstVector * kernels_.lanes;
  float *panel = backward_.data() + (size_t)first * (N + O);
  const int used = std::max(0, std::min(width, N - first));
  for (int i = 0; i < N; i++)
    for (int c = 0; c < used; c++)
      panel[(size_t)i * width + c] = alpha_ * parameters[layout_.Wrec + (size_t)i * N + first + c];
  for (int o = 0; o < O; o++)
    for (int c = 0; c < used; c++)
      panel[(size_t)(N + o) * width + c] = parameters[layout_.Wout + (size_t)o * N + first + c];
}

} // namespace lrlab
