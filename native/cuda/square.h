/*
 * square.h: the sums of one thread of a product D^T Z over rows that lie in shared memory: a square of 8 by 8 entries in
 * a thread, or of 32 by 32 in a warp, on tensor cores. The columns of a square of Z or D are not all neighbours: see
 * zColumn and dColumn. x, y: which square along Z and along D, of `across` and `down`.
 */
#pragma once
#include "mma.h"
#include "quad.h"

namespace lrlab::cuda {

struct FmaSquare {
  static constexpr int side = 8, threads = 1, mostSide = 16;
  static constexpr int rows = 8, quads = 2;
  Quad sum[rows][quads];

  LRLAB_DEVICE FmaSquare(int, int x, int y, int across, int down) : x_(4 * x), y_(4 * y), z2_(4 * across), d2_(4 * down) {
#pragma unroll
    for (int i = 0; i < rows; i++) sum[i][0] = sum[i][1] = {};
  }

  LRLAB_DEVICE int zColumn(int j) const { return x_ + j * z2_; }
  LRLAB_DEVICE int dColumn(int i) const { return y_ + i / 4 * d2_ + i % 4; }

  /** count: a multiple of 8 rows, zWidth and dWidth apart. */
  LRLAB_DEVICE void add(const float *z, int zWidth, const float *d, int dWidth, int count) {
    z += x_, d += y_;
#pragma unroll 4
    for (int k = 0; k < count; k++, z += zWidth, d += dWidth) {
      const Quad zs[2] = {loadQuad(z), loadQuad(z + z2_)};
      const Quad ds[2] = {loadQuad(d), loadQuad(d + d2_)};
#pragma unroll
      for (int i = 0; i < 8; i++)
#pragma unroll
        for (int j = 0; j < 8; j++) sum[i][j / 4].of[j % 4] += ds[i / 4].of[i % 4] * zs[j / 4].of[j % 4];
    }
  }

private:
  const int x_, y_, z2_, d2_;
};

/** A is D^T, B is Z; columns of B in fours as in MmaTile. */
struct MmaSquare {
  static constexpr int side = 32, threads = 32, mostSide = 4;
  static constexpr int rows = 4, quads = 2;
  Quad sum[rows][quads];

  LRLAB_DEVICE MmaSquare(int lane, int x, int y, int, int) : g_(lane / 4), t_(lane % 4), x_(32 * x), y_(32 * y) {
#pragma unroll
    for (int i = 0; i < rows; i++) sum[i][0] = sum[i][1] = {};
  }

  LRLAB_DEVICE int zColumn(int j) const { return x_ + 8 * t_ + 4 * j; }
  LRLAB_DEVICE int dColumn(int i) const { return y_ + 8 * i + g_; }

  LRLAB_DEVICE void add(const float *z, int zWidth, const float *d, int dWidth, int count) {
    z += x_ + 4 * g_ + t_ * zWidth, d += y_ + g_ + t_ * dWidth;
    for (int k = 0; k < count; k += 8, z += 8 * zWidth, d += 8 * dWidth) {
      Quad low = loadQuad(z), high = loadQuad(z + 4 * zWidth);
#pragma unroll
      for (int q = 0; q < 4; q++) low.of[q] = toTf32(low.of[q]), high.of[q] = toTf32(high.of[q]);
#pragma unroll
      for (int i = 0; i < rows; i += 2) {
        const float *const from = d + 8 * i;
        const float a[4] = {toTf32(from[0]), toTf32(from[8]), toTf32(from[4 * dWidth]), toTf32(from[4 * dWidth + 8])};
        Quad(&upper)[quads] = sum[i], (&lower)[quads] = sum[i + 1];
#pragma unroll
        for (int q = 0; q < 4; q++) {
          const float b[2] = {low.of[q], high.of[q]};
          multiplyAdd(upper[0].of[q], upper[1].of[q], lower[0].of[q], lower[1].of[q], a, b);
        }
      }
    }
  }

private:
  const int g_, t_, x_, y_;
};

} // namespace lrlab::cuda
