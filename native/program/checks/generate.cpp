/* generate.cpp: see generate.h. All numbers are exact in float32, so that oracle and engine start from the same. */
#include "generate.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "../compare.h"
#include "../oracle/activation.h"
#include "../oracle/oracle.h"
#include "../random.h"
#include "../report.h"

namespace program {
namespace {

/** The published rules, e-prop with feedback alignment, and credit of any form. */
lrlab_credit creditOf(int rule, Random &random) {
  lrlab_credit credit = exactCredit();
  switch (rule) {
  case 0: break;
  case 1: credit = localCredit(); break;
  case 2: credit.window = random.oneOf<int>({1, 2, 3, 10}); break;
  case 3: credit.readout = LRLAB_READOUT_RANDOM; break;
  case 4: credit.recurrent = LRLAB_CREDIT_CELL_TYPES, credit.slope = 0.2; break;
  case 5: credit = localCredit(), credit.readout = LRLAB_READOUT_RANDOM; break;
  default:
    credit.readout = random.oneOf<lrlab_readout_credit>({LRLAB_READOUT_WEIGHTS, LRLAB_READOUT_RANDOM});
    credit.recurrent = random.oneOf<lrlab_recurrent_credit>({LRLAB_CREDIT_TRANSPOSE, LRLAB_CREDIT_CELL_TYPES});
    if (random.chance(0.5)) credit.slope = random.uniform(-0.5, 1);
    credit.window = random.whole(0, 5);
  }
  return credit;
}

bool saturates(const std::string &activation) {
  static const std::set<std::string> names{"logistic", "tanh", "tanhlecun", "lineartanh", "retanh"};
  return names.count(activation) > 0;
}

/** Cell types: one range after the other, some units in none. */
std::vector<std::array<int32_t, 2>> drawCellTypes(int units, Random &random) {
  std::vector<std::array<int32_t, 2>> ranges;
  for (int at = 0; at < units;) {
    const int end = std::min(units, at + random.whole(1, std::max(1, units / 3)));
    if (ranges.empty() || random.chance(0.9)) ranges.push_back({at, end});
    at = end;
  }
  return ranges;
}

/** 0, 1, and -1: with Dale's law by column, else by entry. */
Numbers drawMask(int units, bool dale, Random &random) {
  const double density = random.oneOf<double>({0.3, 0.8, 1});
  Numbers mask((size_t)units * units);
  for (size_t k = 0; k < mask.size(); k++) {
    const bool negative = dale ? (int)(k % units) >= units * 4 / 5 : random.chance(0.1);
    mask[k] = random.chance(density) ? (negative ? -1 : 1) : 0;
  }
  return mask;
}

/** Some trials follow the first one for a while, or throughout. */
void sharePrefixes(const Setup &setup, Batch &batch, Random &random) {
  const size_t I = setup.inputs, T = batch.steps;
  for (int trial = 1; trial < batch.trials; trial++)
    std::copy_n(batch.input.begin(), random.whole(0, batch.steps) * I, batch.input.begin() + trial * T * I);
}

void drawWeights(const Setup &s, State &state, double gain, Random &random) {
  const Parts parts(s);
  state.parameters.clear();
  const auto append = [&](const Part &part, double deviation) {
    const Numbers drawn = random.normals(part.count, deviation);
    state.parameters.insert(state.parameters.end(), drawn.begin(), drawn.end());
  };
  append(parts.a0, 0.3);
  append(parts.Win, 1 / std::sqrt(s.inputs));
  append(parts.Wrec, gain / std::sqrt(s.units));
  append(parts.b, 0.2);
  append(parts.Wout, 1 / std::sqrt(s.units));
  append(parts.bout, 0.2);
  state.first.assign(parts.count(), 0);
  state.second.assign(parts.count(), 0);
}

/** Moments and a count as in the middle of training. */
void drawMoments(State &state, Random &random) {
  state.update = random.whole(1, 2000);
  state.first = random.normals(state.first.size(), 0.05);
  for (size_t i = 0; i < state.second.size(); i++) {
    const double spread = random.uniform(0.02, 0.1);
    state.second[i] = (float)(state.first[i] * state.first[i] + spread * spread);
  }
}

/** updates: those made already; the learning rate has been lowered three times at most since the first. */
void drawOptimizer(lrlab_optimizer &o, int64_t updates, Random &random) {
  o.learning_rate = random.oneOf<double>({3e-4, 1e-3, 1e-2});
  o.epsilon = random.oneOf<double>({1e-8, 1e-4, 1e-2});
  if (random.chance(0.3)) o.beta1 = 0.7, o.beta2 = 0.95;
  if (random.chance(0.5)) o.weight_decay = random.oneOf<double>({0.01, 1});
  if (random.chance(0.4)) o.clip_norm = std::pow(10, random.uniform(-3, 0));
  if (random.chance(0.4)) o.decay_every = (int)(updates / 3) + random.whole(1, 3), o.decay_factor = 0.5;
  if (random.chance(0.3)) o.frozen = (uint32_t)random.whole(1, 62);
}

Problem draw(uint64_t seed, Random &random) {
  const auto &activations = oracle::activations();
  Form form;
  form.activation = activations[seed % activations.size()].name;
  form.credit = creditOf(seed % 7, random);
  form.loss = (seed + seed / 84) % 2 ? LRLAB_CROSS_ENTROPY : LRLAB_MEAN_SQUARED_ERROR;
  form.leak = (seed / 2 + seed / 168) % 2 ? LRLAB_LEAK_RATE : LRLAB_LEAK_PREACTIVATION;
  form.units = random.oneOf<int>({1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 33, 47, 48, 63, 64, 65, 70});
  form.inputs = random.oneOf<int>({1, 2, 3, 9, 17});
  form.outputs = random.oneOf<int>({1, 2, 3, 5, 20});
  form.trials = random.oneOf<int>({1, 2, 5, 6, 7, 12, 13, 19});
  form.steps = random.oneOf<int>({1, 2, 3, 8, 15, 16, 17, 33});
  if (form.loss == LRLAB_CROSS_ENTROPY) form.outputs++;

  Problem p = plainProblem(form, random.bits());
  auto &[setup, state, batch] = p;
  if (random.chance(0.5)) setup.alpha.assign(form.units, (float)random.oneOf<double>({0.1, 0.5, 1}));
  else
    for (double &alpha : setup.alpha) alpha = (float)random.uniform(0.05, 1);
  setup.dale = random.chance(0.4);
  const double gain = random.uniform(0.3, saturates(form.activation) ? 1.6 : 0.9);
  drawWeights(setup, state, setup.dale ? gain * 2 / std::max(2.0, std::sqrt(form.units)) : gain, random);
  const Parts parts(setup);
  if (random.chance(0.4)) std::fill_n(state.parameters.begin(), parts.a0.count, 0.0);
  if (setup.dale)
    for (size_t k = 0; k < parts.Wrec.count; k += 5) state.parameters[parts.Wrec.offset + k] = 0;
  if (random.chance(setup.dale ? 0.8 : 0.3)) state.mask = drawMask(form.units, setup.dale, random);
  if (random.chance(0.4)) setup.blockPenalty = random.uniform(0.01, 0.5);
  state.activityPenalty = random.chance(0.3) ? 0 : random.uniform(0.1, 10);
  if (random.chance(0.4)) drawMoments(state, random);
  drawOptimizer(setup.optimizer, state.update, random);
  if (random.chance(0.3)) setup.cellTypes = drawCellTypes(form.units, random);
  if (setup.credit.recurrent == LRLAB_CREDIT_CELL_TYPES) {
    setup.cellTypes = drawCellTypes(form.units, random);
    state.recurrentFeedback = random.normals(parts.Wrec.count, 0.5 / std::sqrt(form.units));
  }
  if (random.chance(0.4)) batch.noise = random.normals((size_t)form.trials * form.steps * form.units, 0.1);
  if (random.chance(0.4)) sharePrefixes(setup, batch, random);
  return p;
}

/** Smallest size of a recurrent weight that is not 0: with Dale's law the sign decides where the gradient points. */
double smallestWeight(const Problem &p) {
  const Part Wrec = Parts(p.setup).Wrec;
  double smallest = 1;
  for (size_t i = Wrec.offset; i < Wrec.offset + Wrec.count; i++)
    if (p.state.parameters[i] != 0) smallest = std::min(smallest, std::fabs(p.state.parameters[i]));
  return smallest;
}

/** Whether float32 can follow the first three updates, see randomProblem. */
bool followable(Problem p) {
  for (int update = 0; update < 3; update++) {
    const oracle::Activity activity = oracle::forward(p.setup, p.state, p.batch);
    const double size = largestSize(activity.drive);
    if (!(size < 30) || oracle::distanceFromKinks(p.setup, activity) < 1e-5 * std::max(1.0, size)) return false;
    if (p.setup.dale && smallestWeight(p) < 1e-6) return false;
    const oracle::Loss loss = oracle::update(p).loss;
    if (std::fabs(loss.activity - loss.main / 2) < 1e-4 * loss.main) return false;
  }
  return true;
}

} // namespace

lrlab_credit exactCredit() {
  return {LRLAB_READOUT_WEIGHTS, LRLAB_CREDIT_TRANSPOSE, std::nan(""), 0, LRLAB_KEEPS_STATE};
}
lrlab_credit localCredit() {
  return {LRLAB_READOUT_WEIGHTS, LRLAB_CREDIT_NONE, std::nan(""), 0, LRLAB_KEEPS_STATE};
}

Batch randomBatch(const Setup &setup, int trials, int steps, uint64_t seed) {
  Random random(seed);
  const size_t rows = (size_t)trials * steps, targets = rows * targetsPerStep(setup);
  Batch batch;
  batch.trials = trials;
  batch.steps = steps;
  batch.input = random.normals(rows * setup.inputs, 1);
  batch.target = random.normals(targets, 0.5);
  if (setup.loss == LRLAB_CROSS_ENTROPY)
    for (double &target : batch.target) target = random.whole(0, setup.outputs - 1);
  batch.mask.assign(targets, 1);
  for (size_t k = 1; k < targets; k++) batch.mask[k] = random.chance(0.8);
  return batch;
}

Problem plainProblem(const Form &form, uint64_t seed) {
  Random random(seed);
  Problem p;
  Setup &s = p.setup;
  s.units = form.units, s.inputs = form.inputs, s.outputs = form.outputs;
  s.activation = form.activation;
  s.alpha.assign(form.units, (float)0.2);
  s.leak = form.leak, s.loss = form.loss, s.credit = form.credit;
  s.optimizer = {1e-3, 0.9, 0.999, 1e-8, 0, 0, 0, 1, 0};
  drawWeights(s, p.state, 1, random);
  p.state.activityPenalty = 1;
  if (s.credit.readout != LRLAB_READOUT_WEIGHTS)
    p.state.readoutFeedback = random.normals((size_t)s.outputs * s.units, 1 / std::sqrt(s.units));
  p.batch = randomBatch(s, form.trials, form.steps, random.bits());
  return p;
}

Problem randomProblem(uint64_t seed) {
  for (uint64_t attempt = 0;; attempt++) {
    Random random(seed * 1000 + attempt);
    Problem p = draw(seed, random);
    if (followable(p)) return p;
  }
}

std::string describe(uint64_t seed, const Problem &p) {
  const auto &[s, state, b] = p;
  const lrlab_optimizer &o = s.optimizer;
  std::string text = format("seed %d: %s, N=%d I=%d O=%d B=%d T=%d, leak %d, loss %d, credit (%d, %d, %g, %d)", (int)seed,
                            s.activation.c_str(), s.units, s.inputs, s.outputs, b.trials, b.steps, s.leak, s.loss,
                            s.credit.readout, s.credit.recurrent, s.credit.slope, s.credit.window);
  if (s.dale) text += ", Dale";
  if (!state.mask.empty()) text += ", mask";
  if (!b.noise.empty()) text += ", noise";
  if (s.blockPenalty > 0) text += ", block penalty";
  if (o.clip_norm > 0) text += ", clipped";
  if (o.weight_decay > 0) text += ", weight decay";
  if (o.decay_every > 0) text += ", decay";
  if (o.frozen) text += format(", frozen %u", (unsigned)o.frozen);
  if (state.update > 0) text += ", resumed";
  return text;
}

} // namespace program
