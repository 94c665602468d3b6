/*
 * weights.cu: the effective weights, in the order in which the kernels read them.
 *
 *   W = Wrec * mask, or |Wrec| * mask with Dale's law
 *   forwardWeights (K,n): rows W^T, Win^T and b; 0 where Z is padded     backwardWeights (n,n): W or Brec
 *   feedback (O,n): Wout or Bout     start (n): a0     h0 (n): phi(a0), or a0     slope0 (n): see below
 * One thread per entry. Twin: cpu/weights.cpp.
 */
#include "activation.h"
#include "kernels.h"
#include "launch.h"
#include "mma.h"
#include "wiring.h"

namespace lrlab::cuda {

namespace {
constexpr int kThreads = 256;
}

/** As the product wants it. */
LRLAB_DEVICE float asFactor(const Work &w, float weight) {
  return w.precision == LRLAB_TF32 ? toTf32(weight) : weight;
}

__global__ void packForwardKernel(Work w) {
  const Layout &l = w.layout;
  const int slot = blockIdx.y, n = l.columns, N = l.units;
  const size_t at = (size_t)blockIdx.x * kThreads + threadIdx.x;
  if (at >= (size_t)l.zStride * n) return;
  const int k = (int)(at / n), i = (int)(at % n), x = k - n;
  const float *const p = w.parameters + parametersOf(w, slot);
  float weight = 0.0f;
  if (i < N && k < N) weight = effectiveWeight(w, slot, i, k);
  else if (i < N && x >= 0 && x < l.inputs) weight = p[l.Win + (size_t)i * l.inputs + x];
  else if (i < N && x == l.inputs) weight = p[l.b + i];
  w.forwardWeights[slot * (size_t)l.zStride * n + at] = asFactor(w, weight);
}

__global__ void packBackwardKernel(Work w) {
  const Layout &l = w.layout;
  const int slot = blockIdx.y, n = l.columns, N = l.units;
  const size_t at = (size_t)blockIdx.x * kThreads + threadIdx.x;
  if (at >= (size_t)n * n) return;
  const int k = (int)(at / n), i = (int)(at % n);
  float weight = 0.0f;
  if (i < N && k < N)
    weight = w.credit.recurrent == LRLAB_CREDIT_CELL_TYPES
                 ? w.recurrentFeedback[((size_t)w.orders[slot].network * N + k) * N + i]
                 : effectiveWeight(w, slot, k, i);
  w.backwardWeights[slot * (size_t)n * n + at] = asFactor(w, weight);
}

/** slope0: what an error between units is multiplied with at a0; 1 with the leak on the rate, where h[0] = a0. */
__global__ void packUnitsKernel(Work w) {
  const Layout &l = w.layout;
  const int slot = blockIdx.y, n = l.columns, N = l.units, O = l.outputs;
  const int i = blockIdx.x * kThreads + threadIdx.x;
  if (i >= n) return;
  const bool leakyRate = w.leak == LRLAB_LEAK_RATE;
  const float *const p = w.parameters + parametersOf(w, slot);
  const float *const Bout = w.credit.readout == LRLAB_READOUT_WEIGHTS
                                ? p + l.Wout
                                : w.readoutFeedback + (size_t)w.orders[slot].network * O * N;
  const float a0 = i < N ? p[l.a0 + i] : 0.0f;
  float slope;
  const float h0 = activate(w.activation, a0, &slope);
  if (!isnan(w.credit.slope)) slope = (float)w.credit.slope;
  const size_t at = (size_t)slot * n + i;
  w.start[at] = a0;
  w.h0[at] = leakyRate ? a0 : h0;
  w.slope0[at] = leakyRate ? 1.0f : slope;
  for (int o = 0; o < O; o++) w.feedback[((size_t)slot * O + o) * n + i] = i < N ? Bout[(size_t)o * N + i] : 0.0f;
}

void packWeights(const Work &w, int slots, cudaStream_t stream) {
  const size_t n = w.layout.columns;
  launch(packForwardKernel, dim3(blocksFor(w.layout.zStride * n, kThreads), slots), kThreads, 0, stream, w);
  if (w.backwardWeights) launch(packBackwardKernel, dim3(blocksFor(n * n, kThreads), slots), kThreads, 0, stream, w);
  launch(packUnitsKernel, dim3(blocksFor(n, kThreads), slots), kThreads, 0, stream, w);
}

} // namespace lrlab::cuda
