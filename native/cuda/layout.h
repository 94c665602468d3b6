/*
 * layout.h: where things lie. B trials, T time steps, N units, I inputs, O outputs; time steps from 1 to T.
 *
 * Matrices are padded so that a thread can move four neighbouring floats at once: N to n, a multiple of 8.
 *
 *   Z (B,T+1,K), K = n+I+1 rounded up to 4:   Z[t] = h[t] | x[t+1] | 1       what step t+1 is driven by
 *   D (B,T+1,C), C = n+O rounded up to 4:     D[t] = delta[t+1] | e[t]       what the gradient pairs with Z[t]
 *
 * so that the gradient of all weights is one product, sum over trials and t of D[t]^T Z[t]. Where no x, delta or e
 * exists, at the ends, there is 0. The forward pass leaves phi'(a[t+1]) where the backward pass puts delta[t+1].
 */
#pragma once
#include <cstddef>

#include "lrlab.h"

namespace lrlab::cuda {

inline int roundUp(int n, int multiple) { return (n + multiple - 1) / multiple * multiple; }

struct Layout {
  int units, inputs, outputs;                    /* N, I, O */
  int columns;                                   /* n */
  int zStride, dStride;                          /* K, C */
  size_t a0, Win, Wrec, b, Wout, bout, count;    /* of the flat parameters */

  Layout() = default;
  Layout(int N, int I, int O)
      : units(N), inputs(I), outputs(O), columns(roundUp(N, 8)), zStride(roundUp(columns + I + 1, 4)),
        dStride(roundUp(columns + O, 4)), a0(0), Win(N), Wrec(Win + (size_t)N * I), b(Wrec + (size_t)N * N),
        Wout(b + N), bout(Wout + (size_t)O * N), count(bout + O) {}
};

} // namespace lrlab::cuda
