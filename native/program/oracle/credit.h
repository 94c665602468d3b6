/* credit.h: the gradient as the rule sees it. */
#pragma once
#include "../problem.h"
#include "forward.h"

namespace program::oracle {

/** Of what the gradient of weights and biases is the sum over trials and steps: of products, or of their sizes. */
enum class Sum { products, sizes };

/** In the order of Parts, before clipping; 0 for frozen parameters. */
Numbers gradientOf(const Setup &, const State &, const Batch &, const Activity &, Sum = Sum::products);

} // namespace program::oracle
