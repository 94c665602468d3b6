/*
 * forward.cpp: one time step of a tile, and the readout of the step before.
 *
 *   advance:   a <- a + alpha ((-a + M_h^T h) + (M_x^T x + b))
 *   leakRate:  h <- h[t-1] + alpha (h - h[t-1])
 *
 * Z = h | x | 1 (rows, K), M = M_h over M_x over b (K, N+O) packed, a (rows, N+O), alpha (N+O): dt/tau for units.
 * Of h, only the listed units are looked at where a list is given: the others are 0.
 * The caller sets the readout's columns of a to 0 and their alpha to 1, which leaves the readout there; with the leak
 * on the rate it does so with all columns, which leaves u = W h + Win x + b.
 *
 * [Note: Order of sums] Units sit near the kink of a rectified activation in some trial and step of every update, and
 * rounding decides on which side. The brackets above are those of the published code: with them e-prop runs from the
 * same seed stay within 2e-6 of the published ones for 50 updates, with a single sum over K only within 7e-5 (both with
 * fused multiply-add). The leak is a difference, not (1 - alpha) a: the rounding of 1 - alpha would move every fixed
 * point.
 */
#include "kernels.h"
#include "tile.h"

namespace lrlab::LRLAB_ISA {

void advance(const Panels &weights, int units, int firstPanel, Rows z, const Firing &firing, MutableRows a,
             const float *alpha) {
  forEachPanel(firstPanel, weights.vectors, [&](auto width, int vector) {
    constexpr int n = decltype(width)::value;
    const int column = vector * kLanes;
    const float *panel = weights.data + (ptrdiff_t)column * weights.depth;
    Vec input[kRows][n] = {};
    multiply<n>(input, z.data + units, z.stride, 1, weights.depth - units, panel + (ptrdiff_t)units * n * kLanes,
                n * kLanes);
    const MutableRows to{a.data + column, a.stride}; /* copies, so that stores cannot change them */
    const float *rate = alpha + column;
    Vec recurrent[kRows][n] = {};
    if (firing.list) multiplyListed<n>(recurrent, z.data, z.stride, firing.list, firing.count, panel);
    else multiply<n>(recurrent, z.data, z.stride, 1, units, panel, n * kLanes);
    LRLAB_UNROLL
    for (int m = 0; m < kRows; m++) {
      LRLAB_UNROLL
      for (int i = 0; i < n; i++) {
        float *p = to.data + m * to.stride + i * kLanes;
        const Vec before = load(p);
        const Vec change = (recurrent[m][i] - before) + input[m][i];
        store(p, before + load(rate + i * kLanes) * change);
      }
    }
  });
}

void leakRate(const float *alpha, Rows before, MutableRows h, int n) {
  for (int m = 0; m < kRows; m++)
    for (int i = 0; i < n; i += kLanes) {
      const Vec last = load(before.data + m * before.stride + i);
      float *p = h.data + m * h.stride + i;
      store(p, last + load(alpha + i) * (load(p) - last));
    }
}

} // namespace lrlab::LRLAB_ISA
