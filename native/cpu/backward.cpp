/*
 * backward.cpp: credit assignment, one time step of a tile.
 *
 *   delta[t] = (1 - alpha) delta[t+1] + slope[t] * (Wrec^T alpha delta[t+1] + Wout^T e[t] + 2 r/(B T N) h[t])
 *
 * delta = dloss/da and e = dloss/dy stand side by side in dNext (rows, N+O) = delta[t+1] | e[t]; the packed weights
 * (N+O, N) are alpha Wrec over Wout. With firstRow = N the rows of Wrec are left out: no error passes between units
 * (e-prop), each keeps its leak. penalty (rows): 2 r/(B T N), or 0 for rows without a trial.
 * Writes the columns of delta; those of e hold nothing of use afterwards and are the caller's to set.
 * float32; one sum over N+O per element, in order.
 */
#include "kernels.h"
#include "tile.h"

namespace lrlab::LRLAB_ISA {

void backward(const Panels &weights, int firstRow, Rows dNext, Rows h, Rows slope, const float *penalty, float alpha,
              MutableRows d) {
  forEachPanel(0, weights.vectors, [&](auto width, int vector) {
    constexpr int n = decltype(width)::value;
    const int column = vector * kLanes;
    const float *panel = weights.data + (ptrdiff_t)column * weights.depth + (ptrdiff_t)firstRow * n * kLanes;
    Vec error[kRows][n] = {};
    multiply<n>(error, dNext.data + firstRow, dNext.stride, 1, weights.depth - firstRow, panel, n * kLanes);
    LRLAB_UNROLL
    for (int m = 0; m < kRows; m++) {
      LRLAB_UNROLL
      for (int i = 0; i < n; i++) {
        const int c = column + i * kLanes;
        const Vec next = load(dNext.data + m * dNext.stride + c);
        const Vec own = error[m][i] + load(h.data + m * h.stride + c) * penalty[m];
        store(d.data + m * d.stride + c, next - next * alpha + own * load(slope.data + m * slope.stride + c));
      }
    }
  });
}

} // namespace lrlab::LRLAB_ISA
