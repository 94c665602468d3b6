/*
 * compact.cpp: credit assignment and gradient among the C units that are not silent in a stretch of time, side by side.
 *
 * With one alpha for all units, delta[t] = (1 - alpha) delta[t+1] + own[t], where own, the unit's share at step t, is 0
 * for a silent unit. So
 *
 *   R[t] = Brec^T (alpha delta[t+1]) = (1 - alpha) R[t+1] + Brec^T (alpha own[t+1])
 *
 * needs a product among C units only, and delta of the silent units only decays through the stretch, which makes their
 * gradient an outer product of one delta and a decaying trace of Z:
 *
 *   own[t] = phi'(a[t]) (R[t] + Bout^T e[t] + p h[t])
 *   sum over t of Z[t-1]^T delta[t] = trace^T delta[last+1],   trace = sum over t of (1 - alpha)^(last+1-t) Z[t-1]
 *
 * Nothing is left out but products with 0; only the order of sums differs from backward.cpp and gradient.cpp.
 */
#include "kernels.h"
#include "tile.h"

namespace lrlab::LRLAB_ISA {
namespace {

LRLAB_INLINE Vec at(Rows rows, int m, int column) { return load(rows.data + m * rows.stride + column); }
LRLAB_INLINE void set(MutableRows rows, int m, int column, Vec v) { store(rows.data + m * rows.stride + column, v); }

} // namespace

/** to[r][x] = from[r][list[x]]; `rows` a multiple of kRows. */
void gather(const int *list, int count, int rows, Rows from, MutableRows to) {
  for (int r = 0; r < rows; r += kRows) {
    const float *source = from.data + r * from.stride;
    float *target = to.data + r * to.stride;
    for (int x = 0; x < count; x++) {
      const ptrdiff_t k = list[x];
      LRLAB_UNROLL
      for (int m = 0; m < kRows; m++) target[m * to.stride + x] = source[m * from.stride + k];
    }
  }
}

/** to (rows, vectors) = from (rows, depth) matrix */
void product(const float *matrix, ptrdiff_t stride, int depth, int vectors, Rows from, MutableRows to) {
  forEachPanel(0, vectors, [&](auto width, int vector) {
    constexpr int n = decltype(width)::value;
    const int column = vector * kLanes;
    Vec sum[kRows][n] = {};
    multiply<n>(sum, from.data, from.stride, 1, depth, matrix + column, stride);
    LRLAB_UNROLL
    for (int m = 0; m < kRows; m++) {
      LRLAB_UNROLL
      for (int i = 0; i < n; i++) set(to, m, column + i * kLanes, sum[m][i]);
    }
  });
}

void backwardCompact(const CompactStep &step) {
  forEachPanel(0, step.weights.vectors, [&](auto width, int vector) {
    constexpr int n = decltype(width)::value;
    const CompactStep s = step;                      /* so that stores cannot change it */
    const int sending = s.weights.depth - s.outputs; /* C, or 0 where no error passes between units */
    const int column = vector * kLanes;
    const float *panel = s.weights.data + (ptrdiff_t)column * s.weights.depth;
    Vec signal[kRows][n] = {};
    if (sending > 0) {
      LRLAB_UNROLL
      for (int m = 0; m < kRows; m++) {
        LRLAB_UNROLL
        for (int i = 0; i < n; i++) {
          const Vec before = at(s.recurrent, m, column + i * kLanes);
          signal[m][i] = before - before * s.forget;
        }
      }
      multiply<n>(signal, s.from.data, s.from.stride, 1, sending, panel, n * kLanes);
      LRLAB_UNROLL
      for (int m = 0; m < kRows; m++) {
        LRLAB_UNROLL
        for (int i = 0; i < n; i++) {
          set(s.recurrent, m, column + i * kLanes, signal[m][i]);
          if (!s.between) signal[m][i] = Vec{};
        }
      }
    }
    multiply<n>(signal, s.from.data + s.units, s.from.stride, 1, s.outputs, panel + (ptrdiff_t)sending * n * kLanes,
                n * kLanes);
    LRLAB_UNROLL
    for (int m = 0; m < kRows; m++) {
      LRLAB_UNROLL
      for (int i = 0; i < n; i++) {
        const int c = column + i * kLanes;
        const Vec own = (signal[m][i] + at(s.h, m, c) * s.penalty[m]) * at(s.slope, m, c);
        const Vec next = at(s.deltaNext, m, c);
        set(s.own, m, c, own);
        set(s.delta, m, c, next - next * s.alpha + own);
      }
    }
  });
}

/** to += factor from, n elements of each row, rounded up to whole vectors. */
void addScaled(float factor, Rows from, MutableRows to, int n) {
  for (int m = 0; m < kRows; m++)
    for (int i = 0; i < n; i += kLanes) set(to, m, i, at(to, m, i) + at(from, m, i) * factor);
}

/** sum[places[k]] += compact[k] in its places + trace[k] silentDelta */
void fold(const Fold &given) {
  const Fold f = given; /* so that stores cannot change it */
  for (int k = 0; k < f.depth; k++) {
    const float *compact = f.compact.data + k * f.compact.stride;
    float *sum = f.sum.data + f.places[k] * f.sum.stride;
    for (int x = 0; x < f.columns; x++) f.scratch[f.places[x]] = compact[x];
    for (int v = 0; v < f.vectors; v++) {
      const int c = v * kLanes;
      Vec all = load(sum + c) + load(f.scratch + c);
      if (f.decaying) {
        LRLAB_UNROLL
        for (int m = 0; m < kRows; m++) all += at(f.silentDelta, m, c) * f.trace.data[m * f.trace.stride + k];
      }
      store(sum + c, all);
    }
  }
  for (int x = 0; x < f.columns; x++) f.scratch[f.places[x]] = 0.0f;
}

} // namespace lrlab::LRLAB_ISA
