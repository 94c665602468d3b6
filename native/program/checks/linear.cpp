/*
 * linear.cpp: singular values of matrices made of known ones, A = P S Q with P and Q products of Householder
 * reflections; and x^T y by plain loops. float64: what is left is rounding.
 */
#include <algorithm>
#include <cmath>

#include "../compare.h"
#include "../random.h"
#include "checks.h"

namespace program {
namespace {

/** A (rows, columns) <- (1 - 2 v v^T / v^T v) A for a random v. */
void reflectRows(Numbers &A, size_t rows, size_t columns, Random &random) {
  const Numbers v = random.normals(rows, 1);
  double square = 0;
  for (const double x : v) square += x * x;
  for (size_t c = 0; c < columns; c++) {
    double along = 0;
    for (size_t r = 0; r < rows; r++) along += v[r] * A[r * columns + c];
    for (size_t r = 0; r < rows; r++) A[r * columns + c] -= 2 * along / square * v[r];
  }
}

Numbers transposed(const Numbers &A, size_t rows, size_t columns) {
  Numbers out(A.size());
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < columns; c++) out[c * rows + r] = A[r * columns + c];
  return out;
}

/** Descending, with a repeated value and, from five on, a zero; from 1 down to the share `smallest`. */
Numbers drawSingularValues(size_t count, double smallest, Random &random) {
  Numbers s(count);
  for (double &value : s) value = std::pow(smallest, random.uniform());
  if (count > 1) s[1] = s[0];
  if (count > 4) s[4] = 0;
  std::sort(s.rbegin(), s.rend());
  return s;
}

void checkSingularValues(int rows, int columns, double smallest, uint64_t seed, Report &report) {
  Random random(seed);
  const size_t count = std::min(rows, columns);
  const Numbers expected = drawSingularValues(count, smallest, random);
  Numbers A((size_t)rows * columns, 0.0);
  for (size_t k = 0; k < count; k++) A[k * columns + k] = expected[k];
  for (int k = 0; k < 3; k++) reflectRows(A, rows, columns, random);
  A = transposed(A, rows, columns);
  for (int k = 0; k < 3; k++) reflectRows(A, columns, rows, random);
  A = transposed(A, columns, rows);
  Numbers found(count);
  lrlab_message message{};
  const lrlab_status status = lrlab_singular_values(rows, columns, A.data(), found.data(), &message);
  const std::string name = format("%d by %d, down to %g", rows, columns, smallest);
  report.expect(status == LRLAB_OK, name, message.text);
  report.measure(largestDifference(found, expected) / expected[0], 1e-14 * std::max(rows, columns), name);
}

void checkProduct(int samples, int n, int m, uint64_t seed, Report &report) {
  Random random(seed);
  const Numbers x = random.normals((size_t)samples * n, 1), y = random.normals((size_t)samples * m, 1);
  Numbers found((size_t)n * m), expected(found.size(), 0.0);
  for (int s = 0; s < samples; s++)
    for (int i = 0; i < n; i++)
      for (int j = 0; j < m; j++) expected[i * m + j] += x[s * n + i] * y[s * m + j];
  lrlab_message message{};
  const lrlab_status status = lrlab_transpose_times(samples, n, m, x.data(), y.data(), found.data(), &message);
  const std::string name = format("x^T y of %d samples, %d by %d", samples, n, m);
  report.expect(status == LRLAB_OK, name, message.text);
  report.measure(largestDifference(found, expected) / samples, 1e-14, name);
}

void checkRefusals(Report &report) {
  const double a[4] = {1, 2, 3, 4}, nan[4] = {1, std::nan(""), 3, 4};
  double out[4];
  const auto refused = [&](lrlab_status status, const lrlab_message &message, const char *name) {
    report.expect(status != LRLAB_OK && message.text[0], name, "was not refused");
  };
  lrlab_message m[6]{};
  refused(lrlab_singular_values(-2, 2, a, out, &m[0]), m[0], "singular values of negative rows");
  refused(lrlab_singular_values(2, -1, a, out, &m[1]), m[1], "singular values of negative columns");
  refused(lrlab_singular_values(2, 2, nullptr, out, &m[2]), m[2], "singular values of nothing");
  refused(lrlab_singular_values(2, 2, nan, out, &m[3]), m[3], "singular values of NaN");
  refused(lrlab_transpose_times(-1, 2, 2, a, a, out, &m[4]), m[4], "a product of negative samples");
  refused(lrlab_transpose_times(2, 2, 2, a, nullptr, out, &m[5]), m[5], "a product with nothing");
}

} // namespace

void checkLinearAlgebra(Report &report) {
  report.section("singular values and products in float64");
  uint64_t seed = 1;
  for (const auto &[rows, columns] : {std::pair{1, 1}, {1, 7}, {7, 1}, {2, 2}, {5, 5}, {31, 17}, {17, 31}, {70, 141}})
    for (const double smallest : {0.5, 1e-4, 1e-12}) checkSingularValues(rows, columns, smallest, seed++, report);
  for (const auto &[samples, n, m] : {std::array{1, 1, 1}, {7, 3, 5}, {100, 17, 33}, {968, 20, 14}})
    checkProduct(samples, n, m, seed++, report);
  checkRefusals(report);
}

} // namespace program
