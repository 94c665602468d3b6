/*
 * limits.h: what this engine does not have or cannot hold, of what has passed the checks of shared/checks.h.
 */
#pragma once
#include "lrlab.h"

namespace lrlab::cuda {

void checkLimits(const lrlab_setup &);
void checkLimits(int trials, int steps);

} // namespace lrlab::cuda
