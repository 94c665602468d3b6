/*
 * loss.cu: readout, its error, and the loss.
 *
 *   y[t] = Wout h[t] + bout
 *   mean squared error: sum of (y - target)^2 over the entries with mask not 0;    e = 2 (y - target) / count
 *   cross-entropy:      sum of log sum_o exp(y_o) - y_class over the steps;        e = (softmax(y) - onehot) / count
 *
 * A block has some rows, that is trials and steps, of one network: one thread per row and output. Reads h in Z; writes
 * e into D, and per block the sums of the loss and of h^2. float32, sums over a row in float32, all others in float64.
 * Twin: cpu/loss.cpp.
 */
#include "kernels.h"
#include "launch.h"
#include "reduce.h"

namespace lrlab::cuda {

namespace {
constexpr int kThreads = 128, kMostRows = 32, kMostFloats = 8192, kCountThreads = 512;

/** Rows of a block: as many as 32 KB hold. */
LRLAB_BOTH int rowsPerBlock(const Layout &l) {
  const int fitting = kMostFloats / (l.columns + 1);
  return fitting < 1 ? 1 : fitting > kMostRows ? kMostRows : fitting;
}

size_t sharedBytes(const Layout &l) {
  return sizeof(double) * kThreads + sizeof(float) * rowsPerBlock(l) * (l.columns + 1);
}
} // namespace

/** Rows of h into shared memory, `stride` apart, an odd number, so that threads of different rows use different banks. */
LRLAB_DEVICE float loadRows(const Work &w, int slot, size_t firstRow, int rows, float *h, int stride) {
  const int N = w.layout.units;
  float squares = 0.0f;
  for (int i = threadIdx.x; i < rows * N; i += kThreads) {
    const size_t row = firstRow + i / N;
    const size_t inZ = row + row / w.steps + 1; /* Z has a row more per trial */
    const float value = zOf(w, slot)[inZ * w.layout.zStride + i % N];
    h[i / N * stride + i % N] = value;
    squares += value * value;
  }
  return squares;
}

LRLAB_DEVICE float readoutOf(const float *h, const float *Wout, float bout, int N) {
  float sums[4] = {};
  int k = 0;
  for (; k + 4 <= N; k += 4)
    for (int i = 0; i < 4; i++) sums[i] += Wout[k + i] * h[k + i];
  for (; k < N; k++) sums[0] += Wout[k] * h[k];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]) + bout;
}

/** Softmax of the O values at y in place, minus 1 for the class, over count; returns the row's loss. */
LRLAB_DEVICE float crossEntropy(float *y, int O, int target, float count) {
  float largest = y[0], sum = 0.0f;
  for (int o = 1; o < O; o++) largest = fmaxf(largest, y[o]);
  for (int o = 0; o < O; o++) sum += expf(y[o] - largest);
  const float lost = logf(sum) + (largest - y[target]);
  for (int o = 0; o < O; o++) y[o] = (expf(y[o] - largest) / sum - (o == target ? 1.0f : 0.0f)) / count;
  return lost;
}

__global__ __launch_bounds__(kThreads) void lossKernel(Work w) {
  const Layout &l = w.layout;
  const int slot = blockIdx.y, N = l.units, O = l.outputs, stride = l.columns + 1, thread = threadIdx.x;
  const size_t all = (size_t)w.trials * w.steps, firstRow = (size_t)blockIdx.x * rowsPerBlock(l);
  const int rows = (int)(all - firstRow < (size_t)rowsPerBlock(l) ? all - firstRow : rowsPerBlock(l));
  double *const sums = reinterpret_cast<double *>(sharedMemory());
  float *const h = reinterpret_cast<float *>(sums + kThreads);
  const float *const p = w.parameters + parametersOf(w, slot);
  const float squares = loadRows(w, slot, firstRow, rows, h, stride);
  __syncthreads();

  double lost = 0.0;
  for (int i = thread; i < rows * O; i += kThreads) {
    const int inBlock = i % rows, o = i / rows;
    const size_t row = firstRow + inBlock, inD = row + row / w.steps + 1, inBatch = (slot * all + row) * O + o;
    const float y = readoutOf(h + inBlock * stride, p + l.Wout + (size_t)o * N, p[l.bout + o], N);
    if (!w.d) {
      w.readout[row * O + o] = y;
      continue;
    }
    float e = y;
    if (w.loss == LRLAB_MEAN_SQUARED_ERROR) {
      const float difference = w.lossMask[inBatch] != 0.0f ? y - w.target[inBatch] : 0.0f;
      lost += (double)difference * difference;
      e = 2.0f * difference / (float)w.counted[slot];
    }
    dOf(w, slot)[inD * l.dStride + l.columns + o] = e;
  }
  if (!w.d) return;

  if (w.loss == LRLAB_CROSS_ENTROPY) {
    __syncthreads(); /* y of the whole row */
    if (thread < rows) {
      const size_t row = firstRow + thread, inD = row + row / w.steps + 1;
      float *const y = dOf(w, slot) + inD * l.dStride + l.columns;
      if (w.lossMask[slot * all + row] != 0.0f)
        lost = crossEntropy(y, O, (int)w.target[slot * all + row], (float)w.counted[slot]);
      else
        for (int o = 0; o < O; o++) y[o] = 0.0f;
    }
  }
  const double totalLost = sumOverBlock(lost, sums), totalSquares = sumOverBlock(squares, sums);
  if (thread != 0) return;
  double *const to = w.lossSums + 2 * ((size_t)slot * gridDim.x + blockIdx.x);
  to[0] = totalLost;
  to[1] = totalSquares;
}

__global__ __launch_bounds__(kCountThreads) void countKernel(Work w) {
  const size_t perStep = w.loss == LRLAB_CROSS_ENTROPY ? 1 : w.layout.outputs;
  const size_t entries = (size_t)w.trials * w.steps * perStep;
  double counted = 0.0;
  for (size_t i = threadIdx.x; i < entries; i += kCountThreads)
    counted += w.lossMask[blockIdx.x * entries + i] != 0.0f;
  counted = sumOverBlock(counted, reinterpret_cast<double *>(sharedMemory()));
  if (threadIdx.x == 0) w.counted[blockIdx.x] = (int)counted;
}

int lossBlocks(const Work &w) { return (int)blocksFor((size_t)w.trials * w.steps, rowsPerBlock(w.layout)); }

static void launchLoss(const Work &w, int slots, cudaStream_t stream) {
  const dim3 blocks(lossBlocks(w), slots);
  launch(lossKernel, blocks, kThreads, sharedBytes(w.layout), stream, w);
}

void readout(const Work &w, int slots, cudaStream_t stream) { launchLoss(w, slots, stream); }

void loss(const Work &w, int slots, cudaStream_t stream) {
  launch(countKernel, dim3(slots), kCountThreads, kCountThreads * sizeof(double), stream, w);
  launchLoss(w, slots, stream);
}

} // namespace lrlab::cuda
