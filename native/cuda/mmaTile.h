/*
 * mmaTile.h: the twin of FmaTile (tile.h) on tensor cores: a warp has 16 Blocks trials by 32 units.
 *
 * Rows of A are trials, columns of B units. Of the four products side by side, number q has the units 4 g + q in its
 * columns g, so that a lane's four entries of a row of B are neighbours, and so are the units of C that it owns.
 */
#pragma once
#include "mma.h"
#include "quad.h"

namespace lrlab::cuda {

template <int Blocks> struct MmaTile {
  static constexpr int trials = 2 * Blocks, quads = 2, threads = 32;
  Quad sum[trials][quads];

  LRLAB_DEVICE MmaTile(int thread, int across, int columns)
      : g_(thread % 32 / 4), t_(thread % 4), unit_(thread / 32 % across * 32), columns_(columns),
        trial_(thread / 32 / across * 16 * Blocks) {}

  LRLAB_DEVICE int trial(int r) const { return trial_ + r * 8 + g_; }
  LRLAB_DEVICE int unit(int j) const { return unit_ + 8 * t_ + 4 * j; }
  LRLAB_DEVICE bool hasUnit(int j) const { return unit(j) < columns_; }

  LRLAB_DEVICE static float rounded(float x) { return toTf32(x); }

  LRLAB_DEVICE void clear() {
#pragma unroll
    for (int r = 0; r < trials; r++) sum[r][0] = sum[r][1] = {};
  }

  /** See FmaTile. Entries of m and v are TF32. */
  LRLAB_DEVICE void add(const float *m, int columns, int rows, const float *v, int ldv) {
    v += (trial_ + g_) * ldv + t_;
    m += t_ * columns + min(unit_ + 4 * g_, columns - 4); /* what lies beyond is computed in vain */
#pragma unroll 1
    for (int k = 0; k < rows; k += 8) {
      const bool whole = k + 4 < rows;
      const Quad low = loadQuad(m + k * columns), high = whole ? loadQuad(m + (k + 4) * columns) : Quad{};
#pragma unroll
      for (int i = 0; i < Blocks; i++) {
        const float *const from = v + i * 16 * ldv + k;
        const float a[4] = {from[0], from[8 * ldv], whole ? from[4] : 0.0f, whole ? from[8 * ldv + 4] : 0.0f};
        Quad(&upper)[quads] = sum[2 * i], (&lower)[quads] = sum[2 * i + 1];
#pragma unroll
        for (int q = 0; q < 4; q++) {
          const float b[2] = {low.of[q], high.of[q]};
          multiplyAdd(upper[0].of[q], upper[1].of[q], lower[0].of[q], lower[1].of[q], a, b);
        }
      }
    }
  }

private:
  const int g_, t_, unit_, columns_, trial_;
};

} // namespace lrlab::cuda
