/* oracle.cpp: see oracle.h. */
#include "oracle.h"

#include "credit.h"
#include "optimizer.h"
#include "wiring.h"

namespace program::oracle {
namespace {

/** Bout = (1 - x) (Bout + change of Wout), Wout = (1 - x) Wout */
void adaptFeedback(const Setup &setup, const State &before, State &state) {
  if (setup.credit.readout != LRLAB_READOUT_ADAPTIVE || (setup.optimizer.frozen & LRLAB_WOUT)) return;
  const Part Wout = Parts(setup).Wout;
  const double kept = 1 - setup.readoutDecay;
  for (size_t k = 0; k < Wout.count; k++) {
    double &weight = state.parameters[Wout.offset + k], &feedback = state.readoutFeedback[k];
    feedback = kept * (feedback + weight - before.parameters[Wout.offset + k]);
    weight *= kept;
  }
}

} // namespace

Gradient gradient(const Problem &problem) {
  const auto &[setup, state, batch] = problem;
  const Activity activity = forward(setup, state, batch);
  return {lossOf(setup, state, batch, activity), gradientOf(setup, state, batch, activity)};
}

Numbers productSizes(const Problem &problem) {
  const auto &[setup, state, batch] = problem;
  return gradientOf(setup, state, batch, forward(setup, state, batch), Sum::sizes);
}

Update update(Problem &problem) {
  State &state = problem.state;
  Gradient found = gradient(problem);
  clip(found.gradient, problem.setup.optimizer.clip_norm);
  const State before = state;
  step(problem.setup, state, found.gradient);
  adaptFeedback(problem.setup, before, state);
  state.update++;
  state.activityPenalty = nextActivityPenalty(state.activityPenalty, found.loss);
  if (problem.setup.credit.recurrent == LRLAB_CREDIT_CELL_TYPES)
    state.recurrentFeedback = cellTypeMeans(problem.setup, effectiveWeights(problem.setup, state));
  return {found.loss, normOf(found.gradient), state.activityPenalty};
}

} // namespace program::oracle
