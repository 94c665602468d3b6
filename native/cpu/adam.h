/*
 * adam.h: clipping and Adam or AdamW over the flat parameter array.
 */
#pragma once
#include "network.h"
#include "pool.h"

namespace lrlab {

/** Norm of the whole gradient. Here and below the jobs are the same, and so are the bits, however they are shared out. */
double norm(const float *gradient, size_t count, const Share &);

/** Scales the gradient by limit / (norm + 1e-6) where that is below 1; returns its norm afterwards. No limit: 0. */
double clip(float *gradient, size_t count, double limit, const Share &);

/** One more update of the parameters that are not frozen, and of their moments; counts it. */
void adam(const Model &, Network &, const float *gradient, const Share &);

} // namespace lrlab
