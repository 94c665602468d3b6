/*
 * limits.h: what this engine does not have or cannot hold, of what has passed the checks of shared/checks.h.
 */
#pragma once
#include "model.h"

namespace lrlab {

void checkLimits(const lrlab_setup &, const Kernels &);
void checkLimits(const Model &, int trials, int steps);

} // namespace lrlab
