/*
 * oracle.h: one network as lrlab.h and the reference README describe it, in float64 and plain loops, to compare
 * engines with. One file per part: activation, wiring, forward, loss, credit, optimizer.
 */
#pragma once
#include "../problem.h"
#include "forward.h"
#include "loss.h"

namespace program::oracle {

struct Gradient {
  Loss loss;
  Numbers gradient; // in the order of Parts, before clipping
};

struct Update {
  Loss loss;
  double gradientNorm = 0;    // after clipping
  double activityPenalty = 0; // r of the next update
};

Gradient gradient(const Problem &);

/**
 * The gradient's sums with the size of each product in place of the product, but for a0: what errors in the factors can
 * do. For plain problems: no Dale's law, mask, penalty on blocks or frozen parameters.
 */
Numbers productSizes(const Problem &);

/** One weight change; problem.state becomes the state after it. */
Update update(Problem &);

} // namespace program::oracle
