/*
 * gradient.cu: the gradient of all parameters, from Z and D (see layout.h).
 *
 *   G = sum over rows of D^T Z
 *   gW = alpha G[i,k]   gWin = alpha G[i,n+x]   gb = alpha G[i,n+I]   gWout = G[n+o,k]   gbout = G[n+o,n+I]
 *   gWrec = gW dW/dWrec + 2 block_penalty Wrec in the off-diagonal blocks      ga0 = sum over trials of what reaches it
 *
 * Rows are cut into pieces of kPieceRows. A block has one piece of a rectangle of G, made of squares (square.h). The
 * pieces are then summed one after the other, so that the order never changes.
 * float32. Frozen parameters have gradient 0. Twin: cpu/gradient.cpp.
 */
#include <cuda_pipeline_primitives.h>

#include "kernels.h"
#include "launch.h"
#include "square.h"
#include "wiring.h"

namespace lrlab::cuda {

namespace {

constexpr int kPieceRows = 512, kRows = 16, kThreads = 256;

/** How one side of G is cut into rectangles, and these into squares. */
struct Cut {
  int columns; /* of Z or D */
  int rectangles, squares, width;
  Cut(int n, int side, int mostSquares) : columns(n) {
    const int all = (n + side - 1) / side;
    rectangles = (all + mostSquares - 1) / mostSquares;
    squares = (all + rectangles - 1) / rectangles;
    width = squares * side;
  }
};

struct PieceWork {
  Work work;
  Cut z, d;
};

LRLAB_BOTH int piecesOf(const Work &w) { return (int)((rowsOf(w) + kPieceRows - 1) / kPieceRows); }

} // namespace

/** kRows rows of a rectangle's columns into shared memory; zeros beyond the last row and column. */
LRLAB_DEVICE void fetchRows(const float *from, int stride, size_t firstRow, size_t endRow, const Cut &cut, int rectangle,
                            float *to) {
  const int quads = cut.width / 4;
  for (int i = threadIdx.x; i < kRows * quads; i += blockDim.x) {
    const size_t row = firstRow + i / quads;
    const int column = rectangle * cut.width + 4 * (i % quads);
    if (row < endRow && column < cut.columns)
      __pipeline_memcpy_async(to + 4 * i, from + row * stride + column, sizeof(float4));
    else storeQuad(to + 4 * i, {});
  }
}

template <class Square>
__global__ __launch_bounds__(Square::mostSide *Square::mostSide *Square::threads) void pieceKernel(PieceWork p) {
  const Work &w = p.work;
  const Layout &l = w.layout;
  const int slot = blockIdx.z, piece = blockIdx.y;
  const int zRectangle = blockIdx.x % p.z.rectangles, dRectangle = blockIdx.x / p.z.rectangles;
  const size_t all = rowsOf(w), first = (size_t)piece * kPieceRows;
  const size_t end = first + kPieceRows < all ? first + kPieceRows : all;
  float *const shared = reinterpret_cast<float *>(sharedMemory());
  const auto zRows = [&](int half) { return shared + half * kRows * (p.z.width + p.d.width); };
  const auto dRows = [&](int half) { return zRows(half) + kRows * p.z.width; };
  const auto fetch = [&](size_t row, int half) {
    fetchRows(zOf(w, slot), l.zStride, row, end, p.z, zRectangle, zRows(half));
    fetchRows(dOf(w, slot), l.dStride, row, end, p.d, dRectangle, dRows(half));
    __pipeline_commit();
  };

  const int index = threadIdx.x / Square::threads;
  const bool works = index < p.z.squares * p.d.squares;
  Square square(threadIdx.x % Square::threads, works ? index % p.z.squares : 0, works ? index / p.z.squares : 0,
                p.z.squares, p.d.squares);
  fetch(first, 0);
  int half = 0;
  for (size_t row = first; row < end; row += kRows, half ^= 1) {
    __pipeline_wait_prior(0);
    __syncthreads(); /* these rows are there, and all are done with the ones before */
    if (row + kRows < end) fetch(row + kRows, half ^ 1);
    square.add(zRows(half), p.z.width, dRows(half), p.d.width, kRows);
  }
  if (!works) return;
  float *const to = w.pieces + ((size_t)slot * gridDim.y + piece) * l.dStride * l.zStride;
#pragma unroll
  for (int i = 0; i < Square::rows; i++) {
    const int row = dRectangle * p.d.width + square.dColumn(i);
#pragma unroll
    for (int j = 0; j < Square::quads; j++) {
      const int column = zRectangle * p.z.width + square.zColumn(j);
      if (row < l.dStride && column < l.zStride) storeQuad(to + (size_t)row * l.zStride + column, square.sum[i][j]);
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

template <class Square> static void launchPieces(const Work &w, int slots, cudaStream_t stream) {
  const Layout &l = w.layout;
  const PieceWork p{w, Cut(l.zStride, Square::side, Square::mostSide), Cut(l.dStride, Square::side, Square::mostSide)};
  const dim3 blocks(p.z.rectangles * p.d.rectangles, piecesOf(w), slots);
  const size_t shared = 2 * sizeof(float) * kRows * (p.z.width + p.d.width);
  launch(pieceKernel<Square>, blocks, roundUp(p.z.squares * p.d.squares * Square::threads, 32), shared, stream, p);
}

void gradient(const Work &w, int slots, cudaStream_t stream) {
  const Layout &l = w.layout;
  if (w.precision == LRLAB_TF32) launchPieces<MmaSquare>(w, slots, stream);
  else launchPieces<FmaSquare>(w, slots, stream);
  launch(collectKernel, dim3(blocksFor((size_t)l.dStride * l.zStride, kThreads), slots), kThreads, 0, stream, w);
  launch(collectStartKernel, dim3(blocksFor(l.units, kThreads), slots), kThreads, 0, stream, w);
}

} // namespace lrlab::cuda
