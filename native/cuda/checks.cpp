/* checks.cpp: see checks.h. Comparisons are written so that NaN is refused. */
#include "checks.h"

#include <cmath>
#include <cstddef>
#include <limits>

#include "layout.h"

namespace lrlab::cuda {

namespace {

bool allFinite(const float *values, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!std::isfinite(values[i])) return false;
  return true;
}

const char *faultOfOptimizer(const lrlab_optimizer &o) {
  if (!(o.learning_rate >= 0) || !std::isfinite(o.learning_rate)) return "the learning rate must not be negative";
  if (!(o.beta1 >= 0 && o.beta1 < 1) || !(o.beta2 >= 0 && o.beta2 < 1)) return "beta1 and beta2 must lie in [0, 1)";
  if (!(o.epsilon >= 0)) return "epsilon must not be negative";
  if (!(o.weight_decay >= 0) || !std::isfinite(o.weight_decay)) return "the weight decay must not be negative";
  if (!(o.clip_norm >= 0)) return "the clip norm must not be negative";
  if (o.decay_every < 0) return "decay_every must not be negative";
  if (o.decay_every > 0 && !std::isfinite(o.decay_factor)) return "the decay factor must be finite";
  return nullptr;
}

const char *faultOfCredit(const lrlab_setup &s) {
  const lrlab_recurrent_credit recurrent = s.credit.recurrent;
  if (recurrent == LRLAB_CREDIT_DIAGONAL || recurrent == LRLAB_CREDIT_RANDOM)
    return "errors between units through a diagonal or random matrix are not known here: the CPU engine has them";
  if (recurrent != LRLAB_CREDIT_NONE && recurrent != LRLAB_CREDIT_TRANSPOSE && recurrent != LRLAB_CREDIT_CELL_TYPES)
    return "unknown form of recurrent credit";
  if (s.credit.readout != LRLAB_READOUT_WEIGHTS && s.credit.readout != LRLAB_READOUT_RANDOM)
    return "feedback from the readout that adapts is not known here: the CPU engine has it";
  if (s.credit.keeps != LRLAB_KEEPS_STATE)
    return "errors kept otherwise than by the state are not known here: the CPU engine has them";
  if (s.credit.window < 0) return "the window must not be negative";
  if (std::isinf(s.credit.slope)) return "the slope between units must be finite, or NaN for the true one";
  if (s.cell_types < 0 || (s.cell_types > 0 && !s.cell_type_ranges)) return "cell types need ranges of units";
  if (recurrent == LRLAB_CREDIT_CELL_TYPES && s.cell_types == 0) return "credit by cell types needs cell types";
  for (int i = 0; i < s.cell_types; i++) {
    const int32_t *const range = s.cell_type_ranges + 2 * i;
    if (range[0] < 0 || range[1] < range[0] || range[1] > s.units)
      return "a cell type must be a range of units";
  }
  return nullptr;
}

const char *faultOfState(const lrlab_setup &s, const lrlab_state &state) {
  if (!state.parameters || !state.first_moment || !state.second_moment)
    return "a state needs parameters and both moments";
  if (state.update < 0) return "a state's number of updates must not be negative";
  if (!std::isfinite(state.activity_penalty)) return "the activity penalty must be finite";
  if (s.credit.readout != LRLAB_READOUT_WEIGHTS && !state.readout_feedback)
    return "random readout feedback needs its matrix";
  if (s.credit.recurrent == LRLAB_CREDIT_CELL_TYPES && !state.recurrent_feedback)
    return "credit by cell types needs the recurrent feedback matrix";
  const size_t count = Layout(s.units, s.inputs, s.outputs).count, entries = (size_t)s.units * s.units;
  if (!allFinite(state.parameters, count)) return "the parameters must be finite";
  if (!allFinite(state.first_moment, count) || !allFinite(state.second_moment, count))
    return "the moments must be finite";
  for (size_t i = 0; i < count; i++)
    if (state.second_moment[i] < 0) return "second moments must not be negative";
  if (s.credit.readout != LRLAB_READOUT_WEIGHTS && !allFinite(state.readout_feedback, (size_t)s.outputs * s.units))
    return "the random readout feedback must be finite";
  if (s.credit.recurrent == LRLAB_CREDIT_CELL_TYPES && !allFinite(state.recurrent_feedback, entries))
    return "the recurrent feedback must be finite";
  for (size_t i = 0; state.mask && i < entries; i++)
    if (!(state.mask[i] == 0 || std::fabs(state.mask[i]) == 1)) return "factors of the recurrent mask are -1, 0 and 1";
  return nullptr;
}

} // namespace

const char *faultOf(const lrlab_setup *setup, const lrlab_state *states) {
  if (!setup || !states) return "opening networks needs a setup and states";
  const lrlab_setup &s = *setup;
  if (s.networks < 1 || s.networks > 65535) return "the number of networks must lie in 1 ... 65535";
  if (s.units < 1 || s.inputs < 1 || s.outputs < 1)
    return "a network needs at least one unit, one input and one output";
  if (s.units > 32768 || s.inputs > 32768 || s.outputs > 32768) return "networks of so many units do not fit a GPU";
  if (!s.alpha) return "each unit needs its alpha = dt / tau";
  for (int i = 0; i < s.units; i++)
    if (!(s.alpha[i] > 0 && s.alpha[i] <= 1)) return "alpha = dt / tau must lie in (0, 1]";
  if (s.leak != LRLAB_LEAK_PREACTIVATION && s.leak != LRLAB_LEAK_RATE) return "unknown leak";
  if (s.loss != LRLAB_MEAN_SQUARED_ERROR && s.loss != LRLAB_CROSS_ENTROPY) return "unknown loss";
  if (!std::isfinite(s.block_penalty)) return "the block penalty must be finite";
  if (s.precision != LRLAB_FLOAT32 && s.precision != LRLAB_TF32) return "unknown precision";
  if (const char *fault = faultOfCredit(s)) return fault;
  if (const char *fault = faultOfOptimizer(s.optimizer)) return fault;
  for (int i = 0; i < s.networks; i++)
    if (const char *fault = faultOfState(s, states[i])) return fault;
  return nullptr;
}

const char *faultOfSize(int trials, int steps) {
  if (trials < 1 || steps < 1) return "at least one trial and one step are needed";
  const bool fits = ((int64_t)trials + 1) * ((int64_t)steps + 1) <= std::numeric_limits<int32_t>::max();
  return fits ? nullptr : "so many trials and steps do not fit a GPU";
}

const char *faultOf(const lrlab_batch &b, lrlab_loss loss, int outputs) {
  if (const char *fault = faultOfSize(b.trials, b.steps)) return fault;
  if (!b.input || !b.target || !b.mask) return "a batch needs input, target and mask";
  const size_t steps = (size_t)b.trials * b.steps, entries = loss == LRLAB_CROSS_ENTROPY ? steps : steps * outputs;
  size_t counted = 0;
  while (counted < entries && b.mask[counted] == 0) counted++;
  if (counted == entries) return "the mask must count at least one entry";
  if (loss != LRLAB_CROSS_ENTROPY) return nullptr;
  for (size_t i = 0; i < steps; i++)
    if (b.mask[i] != 0 && !(b.target[i] >= 0 && b.target[i] < outputs && b.target[i] == std::floor(b.target[i])))
      return "a target must be a class: a whole number from 0, below the number of outputs";
  return nullptr;
}

const char *faultOf(const lrlab_batch *batches, int networks, lrlab_loss loss, int outputs) {
  const lrlab_batch *first = nullptr;
  for (int i = 0; i < networks; i++) {
    const lrlab_batch &b = batches[i];
    if (b.trials == 0) continue;
    if (const char *fault = faultOf(b, loss, outputs)) return fault;
    if (!first) first = &b;
    if (b.trials != first->trials || b.steps != first->steps)
      return "the batches of one update need equal trials and steps";
  }
  return nullptr;
}

} // namespace lrlab::cuda
