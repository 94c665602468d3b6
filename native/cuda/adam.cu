/*
 * adam.cu: the outcome of a pass, and the change of weights. Adam (Kingma & Ba 2015) and AdamW (Loshchilov & Hutter
 * 2019), update k from 1.
 *
 *   g <- g min(1, limit / (|g| + 1e-6))
 *   w <- w - lr d w
 *   m <- b1 m + (1 - b1) g        v <- b2 v + (1 - b2) g^2
 *   w <- w - lr/(1 - b1^k) m / (sqrt(v) / sqrt(1 - b2^k) + eps)
 *
 * Sums: one block per network, float64, in a fixed order. Weights: one thread per parameter, float32; factors come
 * from the host, in float64 and rounded once. Twin: cpu/adam.cpp.
 */
#include "kernels.h"
#include "launch.h"
#include "reduce.h"
#include "wiring.h"

namespace lrlab::cuda {

namespace {

constexpr int kThreads = 256, kJudgeThreads = 512;

struct JudgeWork {
  Work work;
  int lossBlocks;
};

} // namespace

__global__ __launch_bounds__(kJudgeThreads) void judgeKernel(JudgeWork p) {
  const Work &w = p.work;
  const Layout &l = w.layout;
  const int slot = blockIdx.x, thread = threadIdx.x;
  double *const shared = reinterpret_cast<double *>(sharedMemory());

  double lost = 0.0, rates = 0.0, blocks = 0.0, squares = 0.0;
  for (int i = thread; i < p.lossBlocks; i += kJudgeThreads) {
    lost += w.lossSums[2 * ((size_t)slot * p.lossBlocks + i)];
    rates += w.lossSums[2 * ((size_t)slot * p.lossBlocks + i) + 1];
  }
  if (w.blockPenalty != 0.0)
    for (size_t at = thread; at < (size_t)l.units * l.units; at += kJudgeThreads) {
      const int i = (int)(at / l.units), j = (int)(at % l.units);
      const double raw = rawWeight(w, slot, i, j);
      if (inBlocks(l, i, j)) blocks += raw * raw;
    }
  for (size_t i = thread; i < l.count; i += kJudgeThreads) {
    const double g = w.gradient[slot * l.count + i];
    squares += g * g;
  }
  lost = sumOverBlock(lost, shared);
  rates = sumOverBlock(rates, shared);
  blocks = sumOverBlock(blocks, shared);
  squares = sumOverBlock(squares, shared);
  if (thread != 0) return;

  Outcome outcome;
  outcome.main = lost / w.counted[slot];
  outcome.activity = w.orders[slot].activityPenalty * rates / ((double)w.trials * w.steps * l.units);
  outcome.weights = w.blockPenalty * blocks;
  outcome.norm = sqrt(squares);
  const double limit = w.optimizer.clip_norm, factor = limit > 0.0 ? limit / (outcome.norm + 1e-6) : 1.0;
  outcome.clip = factor < 1.0 ? (float)factor : 1.0f;
  outcome.accepted = isfinite(outcome.main + outcome.activity + outcome.weights) && isfinite(outcome.norm);
  w.outcomes[slot] = outcome;
}

LRLAB_DEVICE uint32_t bitOf(const Layout &l, size_t parameter) {
  if (parameter < l.Win) return LRLAB_A0;
  if (parameter < l.Wrec) return LRLAB_WIN;
  if (parameter < l.b) return LRLAB_WREC;
  if (parameter < l.Wout) return LRLAB_B;
  return parameter < l.bout ? LRLAB_WOUT : LRLAB_BOUT;
}

__global__ __launch_bounds__(kThreads) void adamKernel(Work w) {
  const Layout &l = w.layout;
  const int slot = blockIdx.y;
  const size_t i = (size_t)blockIdx.x * kThreads + threadIdx.x;
  if (i >= l.count || !w.outcomes[slot].accepted || w.optimizer.frozen & bitOf(l, i)) return;
  const Order &order = w.orders[slot];
  const size_t at = parametersOf(w, slot) + i;
  const float g = w.gradient[slot * l.count + i] * w.outcomes[slot].clip;
  const float first = w.first[at] * (float)w.optimizer.beta1 + g * (float)(1.0 - w.optimizer.beta1);
  const float second = w.second[at] * (float)w.optimizer.beta2 + g * g * (float)(1.0 - w.optimizer.beta2);
  w.first[at] = first;
  w.second[at] = second;
  w.parameters[at] = w.parameters[at] * order.keep -
                     order.step * (first / (sqrtf(second) / order.root + (float)w.optimizer.epsilon));
}

/** Brec: means of W over each pair of cell types, 0 elsewhere. One block per network; of pairs that overlap the last. */
__global__ __launch_bounds__(kThreads) void cellTypesKernel(Work w) {
  const int slot = blockIdx.x, N = w.layout.units, thread = threadIdx.x;
  if (!w.outcomes[slot].accepted) return;
  float *const Brec = w.recurrentFeedback + (size_t)w.orders[slot].network * N * N;
  double *const shared = reinterpret_cast<double *>(sharedMemory());
  for (int i = thread; i < N * N; i += kThreads) Brec[i] = 0.0f;
  for (int pair = 0; pair < w.cellTypes * w.cellTypes; pair++) {
    const int *const rows = w.cellTypeRanges + 2 * (pair / w.cellTypes);
    const int *const columns = w.cellTypeRanges + 2 * (pair % w.cellTypes);
    const int width = columns[1] - columns[0], size = width * (rows[1] - rows[0]);
    double sum = 0.0;
    for (int k = thread; k < size; k += kThreads)
      sum += effectiveWeight(w, slot, rows[0] + k / width, columns[0] + k % width);
    const float mean = (float)(sumOverBlock(sum, shared) / size);
    for (int k = thread; k < size; k += kThreads) Brec[(rows[0] + k / width) * N + columns[0] + k % width] = mean;
    __syncthreads();
  }
}

void judge(const Work &w, int slots, cudaStream_t stream) {
  launch(judgeKernel, dim3(slots), kJudgeThreads, kJudgeThreads * sizeof(double), stream, {w, lossBlocks(w)});
}

void changeWeights(const Work &w, int slots, cudaStream_t stream) {
  launch(adamKernel, dim3(blocksFor(w.layout.count, kThreads), slots), kThreads, 0, stream, w);
  if (w.credit.recurrent == LRLAB_CREDIT_CELL_TYPES)
    launch(cellTypesKernel, dim3(slots), kThreads, kThreads * sizeof(double), stream, w);
}

} // namespace lrlab::cuda
