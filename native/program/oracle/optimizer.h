/* optimizer.h: Adam and AdamW. */
#pragma once
#include "../problem.h"

namespace program::oracle {

/** Euclidean norm of the whole gradient. */
double normOf(const Numbers &gradient);

/** Scales the gradient by limit / (norm + 1e-6), at most 1; limit 0: none. */
void clip(Numbers &gradient, double limit);

/** Weight change number state.update + 1, with the clipped gradient; parameters and moments in place. */
void step(const Setup &, State &, const Numbers &gradient);

} // namespace program::oracle
