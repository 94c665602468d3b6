/*
 * tile.h: the sums of one thread: Trials trials by 4 Quads units, in registers. Four neighbouring units are a quad.
 *
 * Threads of a block are `across` quads apart: thread i has quads i % across + j * across of trials
 * Trials * (i / across) .... Each sum runs over the rows of the matrix from the first to the last, so that a number
 * does not depend on the cut into tiles.
 */
#pragma once
#include "quad.h"

namespace lrlab::cuda {

template <int Trials, int Quads> struct FmaTile {
  static constexpr int trials = Trials, quads = Quads, threads = 1;
  Quad sum[Trials][Quads];

  LRLAB_DEVICE FmaTile(int thread, int across, int) : quad_(thread % across), across_(across), trial_(thread / across * Trials) {}

  LRLAB_DEVICE int trial(int r) const { return trial_ + r; }
  LRLAB_DEVICE int unit(int j) const { return 4 * (quad_ + j * across_); }

  LRLAB_DEVICE bool hasUnit(int) const { return true; }

  /** As a factor of the product. */
  LRLAB_DEVICE static float rounded(float x) { return x; }

  LRLAB_DEVICE void clear() {
#pragma unroll
    for (int r = 0; r < Trials; r++)
#pragma unroll
      for (int j = 0; j < Quads; j++) sum[r][j] = {};
  }

  /** sum += v m over `rows` rows of m (a multiple of 4), columns apart; v: rows of the block's trials, ldv apart. */
  LRLAB_DEVICE void add(const float *m, int columns, int rows, const float *v, int ldv) {
    v += trial_ * ldv;
    m += 4 * quad_;
    for (int k = 0; k < rows; k += 4, m += 4 * columns) {
      Quad factor[Trials];
#pragma unroll
      for (int r = 0; r < Trials; r++) factor[r] = loadQuad(v + r * ldv + k);
#pragma unroll
      for (int c = 0; c < 4; c++) {
#pragma unroll
        for (int j = 0; j < Quads; j++) {
          const Quad weight = loadQuad(m + c * columns + 4 * j * across_);
#pragma unroll
          for (int r = 0; r < Trials; r++)
#pragma unroll
            for (int i = 0; i < 4; i++) sum[r][j].of[i] = fmaf(factor[r].of[c], weight.of[i], sum[r][j].of[i]);
        }
      }
    }
  }

private:
  const int quad_, across_, trial_; /* first quad, distance to the next, first trial */
};

} // namespace lrlab::cuda
