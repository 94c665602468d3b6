/*
 * gradient.cu: the gradient of all parameters, from Z and D (see layout.h).
 *
 *   G = sum over rows of D^T Z
 *   gW = alpha G[i,k]   gWin = alpha G[i,n+x]   gb = alpha G[i,n+I]   gWout = G[n+o,k]   gbout = G[n+o,n+I]
 *   gWrec = gW dW/dWrec + 2 block_penalty Wrec in the off-diagonal blocks      ga0 = sum over trials of what reaches it
 *
 * Rows are cut into pieces of kPieceRows. A block has one piece of a rectangle of G; its threads have 8 by 8 entries
 * each, two quads by two. The pieces are then summed one after the other, so that the order never changes.
 * float32. Frozen parameters have gradient 0. Twin: cpu/gradient.cpp.
 */
#include <cuda_pipeline_primitives.h>

#include "kernels.h"
#include "launch.h"
#include "tile.h"
#include "wiring.h"

namespace lrlab::cuda {

namespace {

constexpr int kPieceRows = 512, kRows = 16, kMostSide = 16, kThreads = 256;

/** How one side of G, `quads` quads, is cut: rectangles of `side` threads, each with quads q and q + side. */
struct Cut {
  int quads, rectangles, side;
  explicit Cut(int floats) : quads(floats / 4) {
    const int pairs = (quads + 1) / 2;
    rectangles = (pairs + kMostSide - 1) / kMostSide;
    side = (pairs + rectangles - 1) / rectangles;
  }
  LRLAB_BOTH int floats() const { return 8 * side; }
};

struct PieceWork {
  Work work;
  Cut z, d;
};

LRLAB_BOTH int piecesOf(const Work &w) { return (int)((rowsOf(w) + kPieceRows - 1) / kPieceRows); }

} // namespace

/** kRows rows of some quads of a matrix into shared memory; zeros beyond its rows and quads. */
LRLAB_DEVICE void fetchRows(const float *from, int stride, size_t firstRow, size_t endRow, const Cut &cut, int rectangle,
                            float *to) {
  const int width = 2 * cut.side;
  for (int i = threadIdx.x; i < kRows * width; i += blockDim.x) {
    const size_t row = firstRow + i / width;
    const int quad = rectangle * width + i % width;
    if (row < endRow && quad < cut.quads)
      __pipeline_memcpy_async(to + 4 * i, from + row * stride + 4 * quad, sizeof(float4));
    else storeQuad(to + 4 * i, {});
  }
}

__global__ __launch_bounds__(kMostSide *kMostSide) void pieceKernel(PieceWork p) {
  const Work &w = p.work;
  const Layout &l = w.layout;
  const int slot = blockIdx.z, piece = blockIdx.y;
  const int zRectangle = blockIdx.x % p.z.rectangles, dRectangle = blockIdx.x / p.z.rectangles;
  const size_t all = rowsOf(w), first = (size_t)piece * kPieceRows;
  const size_t end = first + kPieceRows < all ? first + kPieceRows : all;
  const int slotFloats = kRows * (p.z.floats() + p.d.floats());
  float *const shared = reinterpret_cast<float *>(sharedMemory());
  const auto fetch = [&](size_t row, int half) {
    float *const to = shared + half * slotFloats;
    fetchRows(zOf(w, slot), l.zStride, row, end, p.z, zRectangle, to);
    fetchRows(dOf(w, slot), l.dStride, row, end, p.d, dRectangle, to + kRows * p.z.floats());
    __pipeline_commit();
  };

  const bool works = (int)threadIdx.x < p.z.side * p.d.side;
  const int x = works ? threadIdx.x % p.z.side : 0, y = works ? threadIdx.x / p.z.side : 0;
  Quad sum[8][2];
#pragma unroll
  for (int i = 0; i < 8; i++) sum[i][0] = sum[i][1] = {};

  fetch(first, 0);
  int half = 0;
  for (size_t row = first; row < end; row += kRows, half ^= 1) {
    __pipeline_wait_prior(0);
    __syncthreads(); /* these rows are there, and all are done with the ones before */
    if (row + kRows < end) fetch(row + kRows, half ^ 1);
    const float *z = shared + half * slotFloats + 4 * x, *d = shared + half * slotFloats + kRows * p.z.floats() + 4 * y;
#pragma unroll 4
    for (int k = 0; k < kRows; k++, z += p.z.floats(), d += p.d.floats()) {
      const Quad zs[2] = {loadQuad(z), loadQuad(z + 4 * p.z.side)};
      const Quad ds[2] = {loadQuad(d), loadQuad(d + 4 * p.d.side)};
#pragma unroll
      for (int i = 0; i < 8; i++)
#pragma unroll
        for (int j = 0; j < 8; j++) sum[i][j / 4].of[j % 4] += ds[i / 4].of[i % 4] * zs[j / 4].of[j % 4];
    }
  }
  if (!works) return;
  float *const to = w.pieces + ((size_t)slot * gridDim.y + piece) * l.dStride * l.zStride;
#pragma unroll
  for (int i = 0; i < 8; i++) {
    const int dQuad = dRectangle * 2 * p.d.side + y + i / 4 * p.d.side;
#pragma unroll
    for (int j = 0; j < 2; j++) {
      const int zQuad = zRectangle * 2 * p.z.side + x + j * p.z.side;
      if (dQuad < p.d.quads && zQuad < p.z.quads)
        storeQuad(to + (size_t)(4 * dQuad + i % 4) * l.zStride + 4 * zQuad, sum[i][j]);
    }
  }
}

/** One thread per entry of G. */
__global__ __launch_bounds__(kThreads) void collectKernel(Work w) {
  const Layout &l = w.layout;
  const int slot = blockIdx.y, n = l.columns, N = l.units, I = l.inputs;
  const size_t at = (size_t)blockIdx.x * kThreads + threadIdx.x, size = (size_t)l.dStride * l.zStride;
  if (at >= size) return;
  const int i = (int)(at / l.zStride), k = (int)(at % l.zStride), o = i - n, x = k - n;
  const int pieces = piecesOf(w);
  const float *const from = w.pieces + (size_t)slot * pieces * size + at;
  float sum = 0.0f;
#pragma unroll 4
  for (int piece = 0; piece < pieces; piece++) sum += from[piece * size];

  float *const g = w.gradient + slot * l.count;
  const auto put = [&](size_t where, int bit, float value) { g[where] = w.optimizer.frozen & bit ? 0.0f : value; };
  if (i < N) {
    sum *= w.alpha[i];
    if (k < N) {
      float value = sum * effectiveSlope(w, slot, i, k);
      if (inBlocks(l, i, k)) value += (float)(2.0 * w.blockPenalty) * rawWeight(w, slot, i, k);
      put(l.Wrec + (size_t)i * N + k, LRLAB_WREC, value);
    } else if (x >= 0 && x < I) put(l.Win + (size_t)i * I + x, LRLAB_WIN, sum);
    else if (x == I) put(l.b + i, LRLAB_B, sum);
  } else if (o >= 0 && o < l.outputs) {
    if (k < N) put(l.Wout + (size_t)o * N + k, LRLAB_WOUT, sum);
    else if (x == I) put(l.bout + o, LRLAB_BOUT, sum);
  }
}

/** One thread per unit: a0, over the trials in their order. */
__global__ __launch_bounds__(kThreads) void collectStartKernel(Work w) {
  const Layout &l = w.layout;
  const int slot = blockIdx.y, i = blockIdx.x * kThreads + threadIdx.x;
  if (i >= l.units) return;
  const float *const from = w.startError + (size_t)slot * w.trials * l.columns + i;
  float sum = 0.0f;
  for (int trial = 0; trial < w.trials; trial++) sum += from[(size_t)trial * l.columns];
  w.gradient[slot * l.count + l.a0 + i] = w.optimizer.frozen & LRLAB_A0 ? 0.0f : sum;
}

int gradientPieces(const Work &w) { return piecesOf(w); }

void gradient(const Work &w, int slots, cudaStream_t stream) {
  const Layout &l = w.layout;
  const PieceWork p{w, Cut(l.zStride), Cut(l.dStride)};
  const dim3 blocks(p.z.rectangles * p.d.rectangles, piecesOf(w), slots);
  const size_t shared = 2 * sizeof(float) * kRows * (p.z.floats() + p.d.floats());
  launch(pieceKernel, blocks, roundUp(p.z.side * p.d.side, 32), shared, stream, p);
  launch(collectKernel, dim3(blocksFor((size_t)l.dStride * l.zStride, kThreads), slots), kThreads, 0, stream, w);
  launch(collectStartKernel, dim3(blocksFor(l.units, kThreads), slots), kThreads, 0, stream, w);
}

} // namespace lrlab::cuda
