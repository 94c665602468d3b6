/*
 * forward.cpp: one time step of a tile, and the readout of the step before.
 *
 *   a <- a + alpha (Z M - a)
 *
 * Z (rows, K), M (K, N+O) packed, a (rows, N+O), alpha (N+O): dt/tau in the units' columns. The caller sets the
 * readout's columns of a to 0 and their alpha to 1, which leaves the readout there.
 * The leak is written as a difference, not as (1 - alpha) a: the rounding of 1 - alpha would move every fixed point.
 * float32; one sum over K per element, in order.
 */
#include "kernels.h"
#include "tile.h"

namespace lrlab::LRLAB_ISA {

void advance(const Panels &weights, int firstVector, Rows z, MutableRows a, const float *alpha) {
  forEachPanel(firstVector, weights.vectors, [&](auto width, int vector) {
    constexpr int n = decltype(width)::value;
    const int column = vector * kLanes;
    Vec drive[kRows][n] = {};
    multiply<n>(drive, z.data, z.stride, 1, weights.depth, weights.data + (ptrdiff_t)column * weights.depth,
                n * kLanes);
    LRLAB_UNROLL
    for (int m = 0; m < kRows; m++) {
      LRLAB_UNROLL
      for (int i = 0; i < n; i++) {
        float *p = a.data + m * a.stride + column + i * kLanes;
        const Vec before = load(p);
        store(p, before + load(alpha + column + i * kLanes) * (drive[m][i] - before));
      }
    }
  });
}

} // namespace lrlab::LRLAB_ISA
