/* bits.h: networks trained for the comparison of bits. */
#pragma once
#include "../session.h"

namespace program {

/** Networks of one setup, and per update one batch for each. */
struct Ensemble {
  Setup setup;
  std::vector<State> states;
  std::vector<std::vector<Batch>> updates;
};

/** The batch of a network that sits a call out. */
Batch noTrials();

/** States after all updates. */
std::vector<State> train(const Work &, const Ensemble &);

/** One network of it, alone; calls it sits out are left away. */
Ensemble only(const Ensemble &, size_t network);

/** Whether two states hold the same numbers, bit for bit as far as they are no NaN. */
bool same(const State &, const State &);

} // namespace program
