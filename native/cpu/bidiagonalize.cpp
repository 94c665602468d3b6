/*
 * bidiagonalize.cpp: Householder reflections from both sides that make a matrix upper bidiagonal.
 *
 * Step k has a reflector u for column k and a reflector v for row k. Both are applied in one pass over the rows,
 *
 *   w = tau A^T u      z = tau' (A - u w^T) v      A <- A - u w^T - z v^T
 *
 * and that pass already sums A^T x for x, the next column: its reflector is u = x - beta e1, so the next w needs only
 * the first row besides. So each step reads and writes the matrix once; A A^T or A^T A is never formed.
 * float64; sums in a fixed order.
 *
 * Source: Golub & Kahan 1965, SIAM J. Numer. Anal. B 2:205; one pass per step: Howell et al. 2008, ACM Trans. Math.
 * Softw. 34:14.
 */
#include <cmath>

#include "doubles.h"
#include "linearKernels.h"

namespace lrlab::LRLAB_ISA {

namespace {

constexpr int kBlock = kManyRegisters ? 4 : 2;

/** A sum of squares below this has lost digits to underflow; what it measures is rounding beside entries near 1. */
constexpr double kNothing = 1e-280;

/** I - factor v v^T sends x to (beta, 0, ...); v differs from x in its first entry only. All 0 for an x of nothing. */
struct Reflector {
  double beta, first, factor;
};

Reflector reflector(double head, double squares) {
  if (squares < kNothing) return {0.0, 0.0, 0.0};
  const double norm = std::sqrt(squares), beta = head > 0 ? -norm : norm;
  return {beta, head - beta, 1 / (squares + std::fabs(head) * norm)};
}

/** The reflections of one step, and what they sum for the next: arrays as long as a row, 0 before the active part. */
struct Step {
  double *v, *w; /* in */
  double factor, overlap; /* tau' and w^T v */
  double *next;  /* out: sum over rows i of A[i][column] A[i], of the new A */
};

/** Both reflections on kBlock rows; their u lies in column - 1. Vectors from `start` on, which holds the column. */
void reflectRows(double *rows, ptrdiff_t stride, int column, int start, const Step &step) {
  DoubleVec dots[kBlock] = {};
  for (int j = start; j < stride; j += kDoubles) {
    const DoubleVec v = loadDoubles(step.v + j);
    for (int r = 0; r < kBlock; r++) dots[r] += loadDoubles(rows + r * stride + j) * v;
  }
  double u[kBlock], z[kBlock];
  for (int r = 0; r < kBlock; r++) {
    u[r] = rows[r * stride + column - 1];
    z[r] = step.factor * (sumOfLanes(dots[r]) - u[r] * step.overlap);
  }
  const auto reflect = [&](int r, int j, DoubleVec v, DoubleVec w) {
    const DoubleVec row = loadDoubles(rows + r * stride + j) - (w * u[r] + v * z[r]);
    storeDoubles(rows + r * stride + j, row);
    return row;
  };

  /* x is the column as stored, to the last bit: where rounding is all that is left of it, nothing else fits its u */
  double x[kBlock];
  const DoubleVec firstV = loadDoubles(step.v + start), firstW = loadDoubles(step.w + start);
  DoubleVec next = loadDoubles(step.next + start), first[kBlock];
  for (int r = 0; r < kBlock; r++) first[r] = reflect(r, start, firstV, firstW);
  for (int r = 0; r < kBlock; r++) {
    x[r] = rows[r * stride + column];
    next += first[r] * x[r];
  }
  storeDoubles(step.next + start, next);

  for (int j = start + kDoubles; j < stride; j += kDoubles) {
    const DoubleVec v = loadDoubles(step.v + j), w = loadDoubles(step.w + j);
    next = loadDoubles(step.next + j);
    for (int r = 0; r < kBlock; r++) next += reflect(r, j, v, w) * x[r];
    storeDoubles(step.next + j, next);
  }
}

} // namespace

void bidiagonalize(int rows, int columns, double *a, double *diagonal, double *superdiagonal) {
  const ptrdiff_t stride = (ptrdiff_t)paddedTo(kColumnPadding, columns);
  const ptrdiff_t height = (ptrdiff_t)paddedTo(kRowPadding, rows);
  Doubles v(stride), w(stride), next(stride);
  Step step{v.data(), w.data(), 0.0, 0.0, next.data()};
  /* no reflections yet: only sums A^T x for the first column */
  for (ptrdiff_t i = 0; i < rows; i++)
    for (ptrdiff_t j = 0; j < columns; j++) next[j] += a[i * stride] * a[i * stride + j];

  for (int k = 0; k < columns; k++) {
    double *row = a + k * stride;
    const Reflector left = reflector(row[k], next[k]);
    diagonal[k] = left.beta;
    double squares = 0.0;
    w[k] = v[k] = 0.0;
    for (int j = k + 1; j < columns; j++) {
      w[j] = left.factor * (next[j] - left.beta * row[j]);
      v[j] = row[j] - left.first * w[j];
      squares += v[j] * v[j];
    }
    if (k + 1 == columns) return;
    const Reflector right = reflector(v[k + 1], squares);
    superdiagonal[k] = right.beta;
    v[k + 1] = right.first;
    step.factor = right.factor;
    step.overlap = 0.0;
    for (int j = k + 1; j < columns; j++) step.overlap += v[j] * w[j];

    for (ptrdiff_t j = 0; j < stride; j++) row[j] = next[j] = 0.0; /* so that whole blocks of rows can follow */
    const int start = (k + 1) / kDoubles * kDoubles;
    for (ptrdiff_t i = (k + 1) / kBlock * kBlock; i < height; i += kBlock)
      reflectRows(a + i * stride, stride, k + 1, start, step);
  }
}

} // namespace lrlab::LRLAB_ISA
