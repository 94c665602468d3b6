/* loss.h: what training makes small. */
#pragma once
#include "../problem.h"
#include "forward.h"

namespace program::oracle {

struct Loss {
  double main = 0, activity = 0, weights = 0;
  double total() const { return main + activity + weights; }
};

Loss lossOf(const Setup &, const State &, const Batch &, const Activity &);

/** e (B,T,O) = d main / d y */
Numbers readoutError(const Setup &, const Batch &, const Activity &);

/** p of d activity / d h = p h */
double activitySlope(const State &, const Activity &);

/** Adds d weights / d Wrec to the gradient (N,N) of raw Wrec. */
void addBlockGradient(const Setup &, const State &, Numbers &ofRaw);

/** r of the next update: r 2/3 where the activity term has reached half of the main one. */
double nextActivityPenalty(double r, const Loss &);

} // namespace program::oracle
