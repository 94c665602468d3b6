/*
 * checks.cpp: see checks.h. Comparisons are written so that NaN is refused.
 */
#include "checks.h"

#include <algorithm>
#include <cmath>
#include <cstdarg>
#include <cstdio>

#include "guarded.h"

namespace lrlab {
namespace {

bool within(double value, double least, double most) { return value >= least && value <= most; }

void requireFinite(const float *values, size_t count, const char *name, bool negative = true) {
  require(values, "%s: expected an array of %zu numbers, found none", name, count);
  for (size_t i = 0; i < count; i++)
    require(std::isfinite(values[i]) && (negative || values[i] >= 0), "%s: expected finite numbers%s, found %g at %zu",
            name, negative ? "" : " from 0", values[i], i);
}

void checkOptimizer(const lrlab_optimizer &o) {
  require(within(o.learning_rate, 0, HUGE_VAL) && std::isfinite(o.learning_rate),
          "learning rate: expected a number from 0, found %g", o.learning_rate);
  require(o.beta1 >= 0 && o.beta1 < 1, "beta1: expected a number in [0, 1), found %g", o.beta1);
  require(o.beta2 >= 0 && o.beta2 < 1, "beta2: expected a number in [0, 1), found %g", o.beta2);
  require(o.epsilon >= 0 && std::isfinite(o.epsilon), "epsilon: expected a number from 0, found %g", o.epsilon);
  require(o.weight_decay >= 0 && std::isfinite(o.weight_decay), "weight decay: expected a number from 0, found %g",
          o.weight_decay);
  require(o.clip_norm >= 0 && std::isfinite(o.clip_norm), "clip norm: expected a number from 0, found %g", o.clip_norm);
  require(o.decay_every >= 0, "learning rate decay: expected a number of updates from 0, found %d", o.decay_every);
  require(o.decay_every == 0 || (o.decay_factor >= 0 && std::isfinite(o.decay_factor)),
          "learning rate decay: expected a factor from 0, found %g", o.decay_factor);
  require(o.frozen < 64, "frozen parameters: expected bits of a0, Win, Wrec, b, Wout, bout, found %u", o.frozen);
}

void checkCellTypes(const lrlab_setup &s) {
  require(s.cell_types >= 0, "cell types: expected a number from 0, found %d", s.cell_types);
  require(s.cell_types == 0 || s.cell_type_ranges, "cell types: expected %d ranges, found none", s.cell_types);
  for (int k = 0; k < s.cell_types; k++) {
    const int first = s.cell_type_ranges[2 * k], end = s.cell_type_ranges[2 * k + 1];
    require(first >= 0 && first <= end && end <= s.units, "cell type %d: expected a range within 0 to %d, found %d to %d",
            k, s.units, first, end);
  }
}

void checkCredit(const lrlab_setup &s) {
  const lrlab_credit &c = s.credit;
  require(within(c.recurrent, LRLAB_CREDIT_NONE, LRLAB_CREDIT_RANDOM),
          "credit between units: expected 0 to 4, found %d", (int)c.recurrent);
  require(c.recurrent != LRLAB_CREDIT_CELL_TYPES || s.cell_types > 0,
          "credit by cell types: expected cell types, found none");
  require(!std::isinf(c.slope), "slope between units: expected a number, or NaN for the true one, found %g", c.slope);
  require(within(c.readout, LRLAB_READOUT_WEIGHTS, LRLAB_READOUT_ADAPTIVE),
          "credit from the readout: expected 0, 1 or 2, found %d", (int)c.readout);
  require(within(s.readout_decay, 0, 1), "decay of the readout: expected a number in [0, 1], found %g", s.readout_decay);
  require(within(c.keeps, LRLAB_KEEPS_STATE, LRLAB_KEEPS_NOTHING), "what units keep of errors: expected 0, 1 or 2, found %d",
          (int)c.keeps);
  require(c.keeps == LRLAB_KEEPS_STATE || std::isnan(c.slope),
          "errors kept otherwise than by the state: expected the true slope between units, found %g", c.slope);
  require(c.window >= 0, "window: expected a number of steps from 0, found %d", c.window);
}

} // namespace

void require(bool condition, const char *format, ...) {
  if (condition) return;
  char text[sizeof(lrlab_message)];
  va_list values;
  va_start(values, format);
  std::vsnprintf(text, sizeof text, format, values);
  va_end(values);
  throw Failure(LRLAB_BAD_ARGUMENT, text);
}

void checkSetup(const lrlab_setup &s) {
  require(s.networks >= 1, "networks: expected 1 or more, found %d", s.networks);
  require(s.units >= 1, "units: expected 1 or more, found %d", s.units);
  require(s.inputs >= 1, "inputs: expected 1 or more, found %d", s.inputs);
  require(s.outputs >= 1, "outputs: expected 1 or more, found %d", s.outputs);
  const double parameters = (double)s.units * ((double)s.units + s.inputs + s.outputs);
  require(parameters * s.networks < kMostFloats && parameters < 1 << 30,
          "%d networks of %d units, %d inputs, %d outputs: too large for memory", s.networks, s.units, s.inputs,
          s.outputs);
  require(s.alpha, "alpha: expected %d numbers, found none", s.units);
  for (int i = 0; i < s.units; i++)
    require(s.alpha[i] > 0 && s.alpha[i] <= 1, "alpha = dt / tau of unit %d: expected a number in (0, 1], found %g", i,
            s.alpha[i]);
  require(within(s.leak, LRLAB_LEAK_PREACTIVATION, LRLAB_LEAK_RATE), "leak: expected 0 or 1, found %d", (int)s.leak);
  require(within(s.loss, LRLAB_MEAN_SQUARED_ERROR, LRLAB_CROSS_ENTROPY), "loss: expected 0 or 1, found %d",
          (int)s.loss);
  require(s.block_penalty >= 0 && std::isfinite(s.block_penalty), "block penalty: expected a number from 0, found %g",
          s.block_penalty);
  checkCellTypes(s);
  checkCredit(s);
  checkOptimizer(s.optimizer);
}

void checkState(const lrlab_setup &s, const lrlab_state &state) {
  const size_t N = s.units, I = s.inputs, O = s.outputs;
  const size_t count = N + N * I + N * N + N + O * N + O;
  require(state.update >= 0, "updates made: expected 0 or more, found %lld", (long long)state.update);
  require(state.activity_penalty >= 0 && std::isfinite(state.activity_penalty),
          "activity penalty: expected a number from 0, found %g", state.activity_penalty);
  requireFinite(state.parameters, count, "parameters");
  requireFinite(state.first_moment, count, "first moments");
  requireFinite(state.second_moment, count, "second moments", false);
  for (size_t k = 0; state.mask && k < N * N; k++)
    require(state.mask[k] == 0 || state.mask[k] == 1 || state.mask[k] == -1,
            "mask of connections: expected -1, 0 and 1, found %g at %zu", state.mask[k], k);
  if (s.credit.readout != LRLAB_READOUT_WEIGHTS)
    requireFinite(state.readout_feedback, O * N, "feedback from the readout");
  if (s.credit.recurrent == LRLAB_CREDIT_CELL_TYPES || s.credit.recurrent == LRLAB_CREDIT_RANDOM)
    requireFinite(state.recurrent_feedback, N * N, "feedback between units");
}

void checkSize(const Shape &shape, int trials, int steps) {
  require(trials >= 1, "trials: expected 1 or more, found %d", trials);
  require(steps >= 1, "steps: expected 1 or more, found %d", steps);
  const double floats = (double)trials * steps * ((double)shape.units + shape.inputs + shape.outputs);
  require(floats < kMostFloats, "%d trials of %d steps: too large for memory", trials, steps);
}

void checkBatch(const Shape &shape, const lrlab_batch &b) {
  checkSize(shape, b.trials, b.steps);
  require(b.input, "batch: expected input, found none");
  require(b.target, "batch: expected a target, found none");
  require(b.mask, "batch: expected a mask, found none");
  const bool classes = shape.loss == LRLAB_CROSS_ENTROPY;
  const size_t rows = (size_t)b.trials * b.steps, entries = classes ? rows : rows * shape.outputs;
  require(std::any_of(b.mask, b.mask + entries, [](float m) { return m != 0; }),
          "mask of the batch: expected an entry that is not 0, found none");
  for (size_t i = 0; classes && i < rows; i++)
    require(b.mask[i] == 0 || (within(b.target[i], 0, shape.outputs - 1) && b.target[i] == std::floor(b.target[i])),
            "target: expected a class from 0 to %d, found %g in trial %zu, step %zu", shape.outputs - 1, b.target[i],
            i / b.steps, i % b.steps);
}

const lrlab_batch &checkBatches(const Shape &shape, const lrlab_batch *batches, int networks) {
  const lrlab_batch *first = nullptr;
  for (int n = 0; n < networks; n++) {
    const lrlab_batch &b = batches[n];
    if (b.trials == 0) continue;
    checkBatch(shape, b);
    if (!first) first = &b;
    require(b.trials == first->trials && b.steps == first->steps,
            "batch of network %d: expected %d trials of %d steps as in the others, found %d of %d", n, first->trials,
            first->steps, b.trials, b.steps);
  }
  require(first, "an update: expected trials for at least one network, found none");
  return *first;
}

} // namespace lrlab
