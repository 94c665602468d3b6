/*
 * singularValues.cpp: singular values alone, in three steps.
 *
 * 1. The matrix is scaled by a power of 2 (exact) that brings its largest entry near 1.
 * 2. Householder reflections make it upper bidiagonal (bidiagonalize.cpp): diagonal d, superdiagonal e.
 * 3. Implicit QR sweeps with a shift let e vanish; |d| are then the singular values.
 *
 * Never squared, so the error is a few roundings of the largest value. Twin: src/core/math/linear/singularValues.ts.
 * Source: Golub & Kahan 1965, SIAM J. Numer. Anal. B 2:205; Demmel & Kahan 1990, SIAM J. Sci. Stat. Comput. 11:873.
 */
#include <algorithm>
#include <cfloat>
#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <functional>
#include <vector>

#include "linearKernels.h"
#include "lrlab.h"

namespace lrlab {

namespace {

/** A sum of squares below this has lost digits to underflow; what it measures is rounding beside entries near 1. */
constexpr double kNothing = 1e-280;

/** How many sweeps per value are too many; about two are needed. */
constexpr int kMaxSweepsPerValue = 30;

/** c f + s g = r, c g - s f = 0. */
struct Rotation {
  double c, s, r;
};

Rotation rotation(double f, double g) {
  const double squares = f * f + g * g;
  if (squares < kNothing) return {1.0, 0.0, f};
  const double r = std::sqrt(squares);
  return {f / r, g / r, r};
}

/** Smaller singular value of the upper triangle (f g; 0 h). */
double smallerOfTwo(double f, double g, double h) {
  f = std::fabs(f);
  h = std::fabs(h);
  if (f == 0 || h == 0) return 0;
  return 2 * f * h / (std::sqrt((f + h) * (f + h) + g * g) + std::sqrt((f - h) * (f - h) + g * g));
}

/** One QR sweep over d[first..last], e[first..last-1]; without a shift an entry of zero on d splits the block. */
void sweep(double *d, double *e, int first, int last, double shift) {
  double f = shift == 0 ? d[first] : (d[first] - shift) * (d[first] + shift) / d[first];
  double g = e[first];
  for (int i = first; i < last; i++) {
    const Rotation right = rotation(f, g);
    if (i > first) e[i - 1] = right.r;
    f = right.c * d[i] + right.s * e[i];
    e[i] = right.c * e[i] - right.s * d[i];
    g = right.s * d[i + 1];
    d[i + 1] *= right.c;

    const Rotation left = rotation(f, g);
    d[i] = left.r;
    f = left.c * e[i] + left.s * d[i + 1];
    d[i + 1] = left.c * d[i + 1] - left.s * e[i];
    if (i + 1 < last) {
      g = left.s * e[i + 1];
      e[i + 1] *= left.c;
    }
  }
  e[last - 1] = f;
}

/** Overwrites d (n) with the singular values up to sign and order, e (n - 1) with rounding. False: did not settle. */
bool diagonalize(int n, double *d, double *e) {
  double largest = 0;
  for (int i = 0; i < n; i++) largest = std::max({largest, std::fabs(d[i]), i + 1 < n ? std::fabs(e[i]) : 0.0});
  const double negligible = DBL_EPSILON * largest;
  int sweeps = 0;
  for (int last = n - 1; last > 0;) {
    int first = last;
    double least = std::fabs(d[last]);
    while (first > 0 && std::fabs(e[first - 1]) > negligible) least = std::min(least, std::fabs(d[--first]));
    if (first == last) {
      last--;
      continue;
    }
    if (++sweeps > kMaxSweepsPerValue * n) return false;
    sweep(d, e, first, last, least > negligible ? smallerOfTwo(d[last - 1], e[last - 1], d[last]) : 0.0);
  }
  return true;
}

lrlab_status say(lrlab_message *message, lrlab_status status, const char *format, ...) {
  if (message) {
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(message->text, sizeof message->text, format, arguments);
    va_end(arguments);
  }
  return status;
}

/** x = mantissa * 2^exponent with the mantissa near 1; within what a double holds on both sides. */
int exponentOf(double x) {
  int exponent = 0;
  std::frexp(x, &exponent);
  return std::clamp(exponent, -1000, 1000);
}

lrlab_status singularValues(int rows, int columns, const double *a, double *values, lrlab_message *message) {
  const size_t size = (size_t)rows * columns;
  double largest = 0;
  for (size_t i = 0; i < size; i++) {
    if (!std::isfinite(a[i]))
      return say(message, LRLAB_BAD_ARGUMENT, "singular values: the entry in row %d, column %d is not finite",
                 (int)(i / columns), (int)(i % columns));
    largest = std::max(largest, std::fabs(a[i]));
  }
  const int exponent = exponentOf(largest), n = std::min(rows, columns), height = std::max(rows, columns);
  const double scale = std::ldexp(1.0, -exponent);
  const size_t stride = paddedTo(kColumnPadding, n);
  Doubles tall(paddedTo(kRowPadding, height) * stride);
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < columns; j++)
      tall[rows >= columns ? i * stride + j : j * stride + i] = scale * a[(size_t)i * columns + j];

  std::vector<double> superdiagonal(n);
  linearKernels().bidiagonalize(height, n, tall.data(), values, superdiagonal.data());
  if (!diagonalize(n, values, superdiagonal.data()))
    return say(message, LRLAB_INTERNAL, "singular values: a %d x %d matrix did not settle in %d sweeps", rows, columns,
               kMaxSweepsPerValue * n);
  for (int i = 0; i < n; i++) values[i] = std::ldexp(std::fabs(values[i]), exponent);
  std::sort(values, values + n, std::greater<double>());
  return LRLAB_OK;
}

} // namespace

} // namespace lrlab

lrlab_status lrlab_singular_values(int32_t rows, int32_t columns, const double *a, double *values,
                                   lrlab_message *message) {
  using namespace lrlab;
  if (rows < 0 || columns < 0) return say(message, LRLAB_BAD_ARGUMENT, "singular values: a size is negative");
  if (rows == 0 || columns == 0) return LRLAB_OK;
  if (!a || !values) return say(message, LRLAB_BAD_ARGUMENT, "singular values: an array is missing");
  try {
    return singularValues(rows, columns, a, values, message);
  } catch (const std::bad_alloc &) {
    return say(message, LRLAB_OUT_OF_MEMORY, "singular values: not enough memory to copy a %d x %d matrix", rows,
               columns);
  }
}
