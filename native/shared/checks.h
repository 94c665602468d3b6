/*
 * checks.h: the border of every engine: whatever a caller hands in is checked here, once. What an engine does not have
 * or cannot hold is in its limits.h.
 */
#pragma once
#include "lrlab.h"

namespace lrlab {

/** Arrays of more floats than this do not exist; beyond it, products of sizes could overflow. */
constexpr double kMostFloats = 1e11;

/** Of what a batch must fit. */
struct Shape {
  int units, inputs, outputs;
  lrlab_loss loss;
};

void checkSetup(const lrlab_setup &);
/** The setup must have passed. */
void checkState(const lrlab_setup &, const lrlab_state &);
void checkSize(const Shape &, int trials, int steps);
void checkBatch(const Shape &, const lrlab_batch &);
/** Of an update. Those that have trials must be of one size: gives the first of them. */
const lrlab_batch &checkBatches(const Shape &, const lrlab_batch *, int networks);

/** Throws Failure with the text, printf-like, unless the condition holds. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void require(bool condition, const char *format, ...);

} // namespace lrlab
