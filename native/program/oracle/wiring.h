/* wiring.h: the weights in effect. */
#pragma once
#include "../problem.h"

namespace program::oracle {

/** W (N,N) = |Wrec| * mask with Dale's law, else Wrec * mask. */
Numbers effectiveWeights(const Setup &, const State &);

/** (N,N) gradient of raw Wrec from the gradient of W: the slope of |w| is its sign, 0 at 0. */
Numbers rawGradient(const Setup &, const State &, const Numbers &ofEffective);

/** (N,N): each block of two cell types holds the mean of W over it; 0 outside of all blocks. */
Numbers cellTypeMeans(const Setup &, const Numbers &W);

} // namespace program::oracle
