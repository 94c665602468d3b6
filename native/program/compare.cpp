/* compare.cpp: see compare.h. */
#include "compare.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace program {
namespace {

constexpr double kFar = std::numeric_limits<double>::infinity();

double difference(double found, double expected) {
  if (found == expected || (std::isnan(found) && std::isnan(expected))) return 0;
  const double d = std::fabs(found - expected);
  return std::isnan(d) ? kFar : d;
}

double largestDifference(const double *found, const double *expected, size_t count) {
  double largest = 0;
  for (size_t i = 0; i < count; i++) largest = std::max(largest, difference(found[i], expected[i]));
  return largest;
}

} // namespace

double largestDifference(const Numbers &found, const Numbers &expected) {
  return found.size() == expected.size() ? largestDifference(found.data(), expected.data(), found.size()) : kFar;
}

double largestSize(const Numbers &values) {
  double largest = 0;
  for (const double v : values) largest = std::max(largest, std::fabs(v));
  return largest;
}

double relativeToOne(double found, double expected) {
  return difference(found, expected) / std::max(1.0, std::fabs(expected));
}

double gradientDifference(const Setup &setup, const Numbers &found, const Numbers &expected, double floor) {
  if (found.size() != expected.size()) return kFar;
  const double least = floor * largestSize(expected);
  double worst = 0;
  for (const Part &part : Parts(setup).all()) {
    const double *e = expected.data() + part.offset;
    const double d = largestDifference(found.data() + part.offset, e, part.count);
    if (d > 0) worst = std::max(worst, d / std::max(least, largestSize({e, e + part.count})));
  }
  return worst;
}

} // namespace program
