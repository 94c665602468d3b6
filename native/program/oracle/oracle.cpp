/* oracle.cpp: see oracle.h. */
#include "oracle.h"

#include "credit.h"
#include "optimizer.h"
#include "wiring.h"

namespace program::oracle {

Gradient gradient(const Problem &problem) {
  const auto &[setup, state, batch] = problem;
  const Activity activity = forward(setup, state, batch);
  return {lossOf(setup, state, batch, activity), gradientOf(setup, state, batch, activity)};
}

Update update(Problem &problem) {
  State &state = problem.state;
  Gradient found = gradient(problem);
  clip(found.gradient, problem.setup.optimizer.clip_norm);
  step(problem.setup, state, found.gradient);
  state.update++;
  state.activityPenalty = nextActivityPenalty(state.activityPenalty, found.loss);
  if (problem.setup.credit.recurrent == LRLAB_CREDIT_CELL_TYPES)
    state.recurrentFeedback = cellTypeMeans(problem.setup, effectiveWeights(problem.setup, state));
  return {found.loss, normOf(found.gradient), state.activityPenalty};
}

} // namespace program::oracle
