/*
 * tile.h: the register tile that all products share.
 *
 * kRows * kPanel sums stay in registers: with 32 vector registers 24 of them, with 16 registers 12.
 */
#pragma once
#include "kernels.h"
#include "vector.h"

namespace lrlab::LRLAB_ISA {

constexpr int kRows = 6;
#if defined(__AVX512F__) || defined(__aarch64__)
constexpr int kPanel = 4;
#else
constexpr int kPanel = 2;
#endif

/**
 * sum[m][n] += sum over k of left[m * rowStride + k * depthStride] * right[k * rightStride + n], for each of `Vectors`
 * vectors n.
 */
template <int Vectors>
static LRLAB_INLINE void multiply(Vec (&sum)[kRows][Vectors], const float *__restrict left, ptrdiff_t rowStride,
                                  ptrdiff_t depthStride, int depth, const float *__restrict right,
                                  ptrdiff_t rightStride) {
  for (int k = 0; k < depth; k++) {
    Vec w[Vectors];
    LRLAB_UNROLL
    for (int n = 0; n < Vectors; n++) w[n] = load(right + n * kLanes);
    LRLAB_UNROLL
    for (int m = 0; m < kRows; m++) {
      const float z = left[m * rowStride];
      LRLAB_UNROLL
      for (int n = 0; n < Vectors; n++) sum[m][n] += w[n] * z;
    }
    left += depthStride;
    right += rightStride;
  }
}

/** sum[m][n] += sum over the listed k of left[m * rowStride + k] * panel[k][n]. */
template <int Vectors>
static LRLAB_INLINE void multiplyListed(Vec (&sum)[kRows][Vectors], const float *__restrict left, ptrdiff_t rowStride,
                                        const int *__restrict list, int count, const float *__restrict panel) {
  for (int l = 0; l < count; l++) {
    const ptrdiff_t k = list[l];
    const float *right = panel + k * (Vectors * kLanes);
    Vec w[Vectors];
    LRLAB_UNROLL
    for (int n = 0; n < Vectors; n++) w[n] = load(right + n * kLanes);
    LRLAB_UNROLL
    for (int m = 0; m < kRows; m++) {
      const float z = left[m * rowStride + k];
      LRLAB_UNROLL
      for (int n = 0; n < Vectors; n++) sum[m][n] += w[n] * z;
    }
  }
}

template <int Vectors> struct Width {
  static constexpr int value = Vectors;
};

/** Calls body(Width<n>) for the n that is `vectors`, at most kPanel. */
template <int Vectors = kPanel, class Body> static LRLAB_INLINE void withWidth(int vectors, Body body) {
  if (vectors == Vectors) return body(Width<Vectors>{});
  if constexpr (Vectors > 1) withWidth<Vectors - 1>(vectors, body);
}

/** Calls body(Width<n>, first vector) for each panel from firstPanel on. */
template <class Body> static LRLAB_INLINE void forEachPanel(int firstPanel, int vectors, Body body) {
  for (int panel = firstPanel; panel < panelCount(vectors, kPanel); panel++) {
    const int first = panelStart(vectors, kPanel, panel), end = panelStart(vectors, kPanel, panel + 1);
    withWidth(end - first, [&](auto width) { body(width, first); });
  }
}

} // namespace lrlab::LRLAB_ISA
