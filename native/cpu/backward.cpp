/*
 * backward.cpp: credit assignment, one time step of a tile.
 *
 *   L = Bout^T e[t] + p h[t]      R = Brec^T (alpha sent)      p = 2 r/(B T N)
 *
 *   delta[t] = phi'(a[t]) L + s[t] R + (1 - alpha) delta[t+1],  sent = delta[t+1]                 leak: preactivation
 *   q[t] = L + R + (1 - alpha) q[t+1],  delta[t] = phi'(u[t]) q[t],  sent = s[t+1] q[t+1]         leak: rate
 *
 * The packed weights (N+O, N) are alpha Brec over Bout. Without `between`, R is left out: no error passes between
 * units, each keeps its leak.
 * Writes whole vectors of columns: what stands beyond N, e included, is the caller's to set afterwards.
 * float32; one sum over N and one over O per element, in order.
 */
#include "kernels.h"
#include "tile.h"

namespace lrlab::LRLAB_ISA {
namespace {

/** (1 - alpha) x, without the rounding of 1 - alpha. */
LRLAB_INLINE Vec leaked(Vec x, const float *alpha) { return x - x * load(alpha); }

/** Calls finish(step, row, column, L, R) for n vectors of a row. Bout is that of the panel. */
template <int n, class Finish>
LRLAB_INLINE void finishRow(const CreditStep &s, int m, int column, const float *Bout, const Vec (&recurrent)[n],
                            Finish finish) {
  const int outputs = s.weights.depth - s.units;
  const float *error = s.error.data + m * s.error.stride;
  Vec learning[n] = {};
  for (int o = 0; o < outputs; o++) {
    LRLAB_UNROLL
    for (int i = 0; i < n; i++) learning[i] += load(Bout + (o * n + i) * kLanes) * error[o];
  }
  LRLAB_UNROLL
  for (int i = 0; i < n; i++) {
    const int c = column + i * kLanes;
    finish(s, m, c, learning[i] + load(s.h.data + m * s.h.stride + c) * s.penalty[m], recurrent[i]);
  }
}

/** The same for all vectors. The step is copied, so that stores cannot change it; R stays in registers. */
template <class Finish> LRLAB_INLINE void signals(const CreditStep &step, Finish finish) {
  forEachPanel(0, step.weights.vectors, [&](auto width, int vector) {
    constexpr int n = decltype(width)::value;
    const CreditStep s = step;
    const int column = vector * kLanes;
    const float *panel = s.weights.data + (ptrdiff_t)column * s.weights.depth;
    const float *Bout = panel + (ptrdiff_t)s.units * n * kLanes;
    if (!s.between) {
      const Vec none[n] = {};
      for (int m = 0; m < kRows; m++) finishRow<n>(s, m, column, Bout, none, finish);
      return;
    }
    Vec recurrent[kRows][n] = {};
    multiply<n>(recurrent, s.sent.data, s.sent.stride, 1, s.units, panel, n * kLanes);
    LRLAB_UNROLL
    for (int m = 0; m < kRows; m++) finishRow<n>(s, m, column, Bout, recurrent[m], finish);
  });
}

LRLAB_INLINE Vec at(Rows rows, int m, int column) { return load(rows.data + m * rows.stride + column); }
LRLAB_INLINE void set(MutableRows rows, int m, int column, Vec v) { store(rows.data + m * rows.stride + column, v); }

} // namespace

void backwardPreactivation(const CreditStep &step) {
  signals(step, [](const CreditStep &s, int m, int c, Vec learning, Vec recurrent) {
    const Vec own = at(s.slope, m, c) * learning + at(s.slopeBetween, m, c) * recurrent;
    set(s.delta, m, c, leaked(at(s.carried, m, c), s.alpha + c) + own);
  });
}

void backwardRate(const CreditStep &step) {
  signals(step, [](const CreditStep &s, int m, int c, Vec learning, Vec recurrent) {
    const Vec q = leaked(at(s.carried, m, c), s.alpha + c) + learning + recurrent;
    set(s.q, m, c, q);
    set(s.delta, m, c, at(s.slope, m, c) * q);
    set(s.sending, m, c, at(s.slopeBetween, m, c) * q);
  });
}

} // namespace lrlab::LRLAB_ISA
