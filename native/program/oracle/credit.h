/* credit.h: the gradient as the rule sees it. */
#pragma once
#include "../problem.h"
#include "forward.h"

namespace program::oracle {

/** In the order of Parts, before clipping; 0 for frozen parameters. */
Numbers gradientOf(const Setup &, const State &, const Batch &, const Activity &);

} // namespace program::oracle
