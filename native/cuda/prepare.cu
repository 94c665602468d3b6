/*
 * prepare.cu: what is known of Z and D before the first step, see layout.h. One thread per entry of Z, and per entry
 * of D at the ends. In Z, where h comes, lies the noise until then.
 */
#include "kernels.h"
#include "launch.h"

namespace lrlab::cuda {

namespace {
constexpr int kThreads = 256;
}

__global__ void prepareZKernel(Work w) {
  const Layout &l = w.layout;
  const int slot = blockIdx.y, n = l.columns, N = l.units, I = l.inputs, T = w.steps;
  const int first = w.noise ? 0 : n; /* without noise, h[1] ... need nothing */
  const size_t at = (size_t)blockIdx.x * kThreads + threadIdx.x;
  const int width = l.zStride - first, column = first + (int)(at % width), x = column - n;
  const size_t row = at / width, trial = row / (T + 1);
  const int t = (int)(row % (T + 1));
  if (row >= rowsOf(w)) return;
  const size_t inBatch = ((size_t)slot * w.trials + trial) * T;
  float value = 0.0f;
  if (column < N && t > 0) value = w.noise[(inBatch + t - 1) * N + column];
  else if (x >= 0 && x < I && t < T) value = w.input[(inBatch + t) * I + x];
  else if (x == I) value = 1.0f;
  zOf(w, slot)[row * l.zStride + column] = value;
}

__global__ void prepareEndsKernel(Work w) {
  const Layout &l = w.layout;
  const int slot = blockIdx.y, n = l.columns, C = l.dStride, T = w.steps;
  const size_t at = (size_t)blockIdx.x * kThreads + threadIdx.x, trial = at / C;
  const int column = (int)(at % C);
  if (trial >= (size_t)w.trials) return;
  const size_t first = trial * (T + 1), last = first + T;
  if (column < n) zOf(w, slot)[first * l.zStride + column] = w.h0[(size_t)slot * n + column];
  if (w.d) dOf(w, slot)[(column < n ? last : first) * C + column] = 0.0f;
}

/** The padding behind e is 0 in all rows. */
__global__ void preparePaddingKernel(Work w) {
  const Layout &l = w.layout;
  const int slot = blockIdx.y, used = l.columns + l.outputs;
  const size_t row = (size_t)blockIdx.x * kThreads + threadIdx.x;
  if (row >= rowsOf(w)) return;
  for (int column = used; column < l.dStride; column++) dOf(w, slot)[row * l.dStride + column] = 0.0f;
}

void prepare(const Work &w, int slots, cudaStream_t stream) {
  const Layout &l = w.layout;
  const auto blocks = [&](size_t items) { return dim3(blocksFor(items, kThreads), slots); };
  const size_t width = l.zStride - (w.noise ? 0 : l.columns);
  launch(prepareZKernel, blocks((size_t)w.trials * (w.steps + 1) * width), kThreads, 0, stream, w);
  launch(prepareEndsKernel, blocks((size_t)w.trials * l.dStride), kThreads, 0, stream, w);
  if (w.d) launch(preparePaddingKernel, blocks((size_t)w.trials * (w.steps + 1)), kThreads, 0, stream, w);
}

} // namespace lrlab::cuda
