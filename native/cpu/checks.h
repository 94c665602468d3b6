/*
 * checks.h: the border: whatever a caller hands in is checked here, once.
 */
#pragma once
#include <stdexcept>

#include "model.h"

namespace lrlab {

/** What was expected and what was found. */
struct BadArgument : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void checkSetup(const lrlab_setup &);
void checkState(const lrlab_setup &, const lrlab_state &);
/** trials and steps fit memory; trials may be 0 where the network may sit out. */
void checkSize(const Model &, int trials, int steps);
void checkBatch(const Model &, const lrlab_batch &);

/** Throws BadArgument with the text, printf-like, unless the condition holds. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void require(bool condition, const char *format, ...);

} // namespace lrlab
