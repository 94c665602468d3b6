/*
 * transposeTimes.cpp: X^T Y in float64. X (samples,n), Y (samples,m), both row-major.
 *
 * A tile of kRows x kPanel vectors of the product stays in registers while kDepth samples pass; both factors are
 * copied beforehand into slivers, kRows and one vector wide, that lie in order and end in zeros.
 * Sums in a fixed order: kDepth products one after the other, then these sums.
 */
#include <algorithm>

#include "doubles.h"
#include "linearKernels.h"

namespace lrlab::LRLAB_ISA {

namespace {

constexpr int kRows = kManyRegisters ? 6 : 4;
constexpr int kPanel = kManyRegisters ? 4 : kDoubles == 4 ? 3 : 2;
constexpr int kDepth = 64;

/** Columns of x (depth rows of `columns`) in slivers: out[sliver][row][Width], zeros beyond the last column. */
template <int Width> void pack(const double *x, int depth, int columns, double *out) {
  for (int from = 0; from < columns; from += Width, out += (ptrdiff_t)depth * Width) {
    const int count = std::min(Width, columns - from);
    for (int t = 0; t < depth; t++) {
      const double *row = x + (ptrdiff_t)t * columns + from;
      double *packed = out + t * Width;
      if (count == Width)
        for (int j = 0; j < Width; j++) packed[j] = row[j];
      else
        for (int j = 0; j < Width; j++) packed[j] = j < count ? row[j] : 0.0;
    }
  }
}

/** Adds left^T right to the first `rows` rows of out; left (depth, kRows), right: Vectors slivers (depth, kDoubles). */
template <int Vectors>
void multiplyTile(int depth, const double *left, const double *right, int rows, double *out, ptrdiff_t stride) {
  DoubleVec sum[kRows][Vectors] = {};
  const ptrdiff_t sliver = (ptrdiff_t)depth * kDoubles;
  for (int t = 0; t < depth; t++, left += kRows, right += kDoubles) {
    DoubleVec y[Vectors];
    LRLAB_UNROLL
    for (int j = 0; j < Vectors; j++) y[j] = loadDoubles(right + j * sliver);
    LRLAB_UNROLL
    for (int i = 0; i < kRows; i++) {
      const double x = left[i];
      LRLAB_UNROLL
      for (int j = 0; j < Vectors; j++) sum[i][j] += y[j] * x;
    }
  }
  LRLAB_UNROLL
  for (int i = 0; i < kRows; i++)
    if (i < rows)
      LRLAB_UNROLL
      for (int j = 0; j < Vectors; j++) {
        double *at = out + i * stride + j * kDoubles;
        storeDoubles(at, loadDoubles(at) + sum[i][j]);
      }
}

/** The same for at most `vectors` slivers. */
template <int Vectors = kPanel>
void multiplyPanel(int vectors, int depth, const double *left, const double *right, int rows, double *out,
                   ptrdiff_t stride) {
  if (vectors >= Vectors) return multiplyTile<Vectors>(depth, left, right, rows, out, stride);
  if constexpr (Vectors > 1) multiplyPanel<Vectors - 1>(vectors, depth, left, right, rows, out, stride);
}

} // namespace

void transposeTimes(int samples, int n, int m, const double *x, const double *y, double *product) {
  const int deepest = std::min(samples, kDepth), vectors = (m + kDoubles - 1) / kDoubles;
  const ptrdiff_t stride = (ptrdiff_t)vectors * kDoubles;
  Doubles left(paddedTo(kRows, n) * deepest), right(stride * deepest), sum(stride * n);
  for (int from = 0; from < samples; from += kDepth) {
    const int depth = std::min(kDepth, samples - from);
    pack<kRows>(x + (ptrdiff_t)from * n, depth, n, left.data());
    pack<kDoubles>(y + (ptrdiff_t)from * m, depth, m, right.data());
    for (int j = 0; j < vectors; j += kPanel)
      for (int i = 0; i < n; i += kRows)
        multiplyPanel(vectors - j, depth, left.data() + (ptrdiff_t)i * depth,
                      right.data() + (ptrdiff_t)j * kDoubles * depth, n - i, sum.data() + i * stride + j * kDoubles,
                      stride);
  }
  for (int i = 0; i < n; i++) std::copy_n(sum.data() + i * stride, m, product + (ptrdiff_t)i * m);
}

} // namespace lrlab::LRLAB_ISA
