/* compare.h: how far numbers are from what is expected. NaN in one place only counts as infinitely far. */
#pragma once
#include "problem.h"

namespace program {

/** Largest |found - expected|. */
double largestDifference(const Numbers &found, const Numbers &expected);

double largestSize(const Numbers &values);

/** |found - expected| / max(1, |expected|) */
double relativeToOne(double found, double expected);

/**
 * Largest, over the parameters, of the largest difference of a gradient divided by the largest entry of that parameter;
 * an entry below `floor` times the largest of the whole gradient, a sum that cancels, counts as so large.
 */
double gradientDifference(const Setup &, const Numbers &found, const Numbers &expected, double floor = 0);

} // namespace program
