/*
 * gradient.cpp: gradients of all weights and biases from a block of time steps of a tile.
 *
 *   sum[k][i] += sum over steps and rows of Z[k] D[i]
 *
 * Z (steps*rows, K), D (steps*rows, N+O), sum (K, N+O); a block's rows lie one after the other.
 * Each block is summed from zero and then added: two short sums are an order of magnitude more accurate in float32
 * than one over a whole trial. The order is fixed.
 */
#include "kernels.h"
#include "tile.h"

namespace lrlab::LRLAB_ISA {

void gradient(int steps, int depth, int vectors, Rows z, Rows d, MutableRows sum) {
  forEachPanel(0, vectors, [&](auto width, int vector) {
    constexpr int n = decltype(width)::value;
    const int column = vector * kLanes, rows = steps * kRows, sources = depth;
    const Rows left = z, right{d.data + column, d.stride}; /* copies, so that stores cannot change them */
    const MutableRows to{sum.data + column, sum.stride};
    for (int k = 0; k < sources; k += kRows) {
      Vec block[kRows][n] = {};
      multiply<n>(block, left.data + k, 1, left.stride, rows, right.data, right.stride);
      float *p = to.data + k * to.stride;
      LRLAB_UNROLL
      for (int m = 0; m < kRows; m++, p += to.stride) {
        LRLAB_UNROLL
        for (int i = 0; i < n; i++) store(p + i * kLanes, load(p + i * kLanes) + block[m][i]);
      }
    }
  });
}

} // namespace lrlab::LRLAB_ISA
