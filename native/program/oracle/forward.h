/* forward.h: runs a network. */
#pragma once
#include "../problem.h"

namespace program::oracle {

struct Activity {
  Numbers h0;    // N: rates before the first step
  Numbers drive; // B,T,N: what phi is taken of: a with the leak on the preactivation, u with the leak on the rate
  Numbers h;     // B,T,N
  Numbers y;     // B,T,O
};

Activity forward(const Setup &, const State &, const Batch &);

/** Smallest distance of any drive from a kink of the activation function; infinite where it has none. */
double distanceFromKinks(const Setup &, const Activity &);

} // namespace program::oracle
