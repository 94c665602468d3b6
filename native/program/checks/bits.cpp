/*
 * bits.cpp: numbers repeat bit for bit; they depend neither on the number of threads, nor on the company, nor on who
 * pauses, nor on being stopped and resumed.
 */
#include "bits.h"

#include <algorithm>

#include "checks.h"
#include "generate.h"
#include "../random.h"

namespace program {
namespace {

constexpr size_t kNetworks = 5;

/** Networks with wirings and weights of their own; trials and steps change from update to update. */
Ensemble ensembleOf(uint64_t seed, const Form &form) {
  Ensemble e{plainProblem(form, seed).setup, {}, {}};
  const Parts parts(e.setup);
  const bool types = e.setup.credit.recurrent == LRLAB_CREDIT_CELL_TYPES;
  Random random(seed);
  if (types) e.setup.cellTypes = {{0, form.units / 2}, {form.units / 2, form.units}};
  e.setup.optimizer.clip_norm = 0.5;
  for (size_t n = 0; n < kNetworks; n++) {
    State state = plainProblem(form, seed * 100 + n).state;
    state.update = (int64_t)n * 3;
    if (n % 2) { // density: some with a mask, some without
      state.mask.resize(parts.Wrec.count);
      for (double &m : state.mask) m = random.chance(0.5);
    }
    if (types) state.recurrentFeedback = random.normals(parts.Wrec.count, 0.1);
    e.states.push_back(state);
  }
  for (const int change : {0, 3, -1, 0}) {
    e.updates.emplace_back();
    for (size_t n = 0; n < kNetworks; n++) {
      Batch b = randomBatch(e.setup, std::max(1, form.trials + change), form.steps + 2 * std::abs(change), random.bits());
      if (n % 3 == 1) b.noise = random.normals((size_t)b.trials * b.steps * form.units, 0.1);
      e.updates.back().push_back(b);
    }
  }
  return e;
}

void checkAloneAndInCompany(const std::string &name, const Work &work, const Ensemble &e, Report &report) {
  const std::vector<State> together = train(work, e);
  Ensemble paused = e;
  paused.updates[1][2] = noTrials();
  paused.updates[2][2] = noTrials();
  const std::vector<State> withPause = train(work, paused);
  for (size_t n = 0; n < e.states.size(); n++) {
    const std::string network = name + format(", network %d of %d", (int)n + 1, (int)e.states.size());
    report.expect(!same(together[n], e.states[n]), network + " learns");
    report.expect(same(train(work, only(e, n))[0], together[n]), network + ", alone and in company");
    if (n != 2) report.expect(same(withPause[n], together[n]), network + " while another one pauses");
  }
  report.expect(same(train(work, only(paused, 2))[0], withPause[2]), name + ", the one that paused");
}

void checkThreads(const std::string &name, const Work &work, const Ensemble &e, Report &report) {
  const Ensemble alone = only(e, 0);
  const State once = train(work, alone)[0];
  const std::vector<State> together = train(work, e);
  for (const int threads : {1, 2, 3}) {
    Work other = work;
    other.threads = threads;
    const std::string count = name + format(", %d threads", threads);
    report.expect(same(train(other, alone)[0], once), count);
    const std::vector<State> again = train(other, e);
    for (size_t n = 0; n < again.size(); n++)
      report.expect(same(again[n], together[n]), count + format(", network %d", (int)n + 1));
  }
}

void checkResuming(const std::string &name, const Work &work, const Ensemble &e, Report &report) {
  Ensemble first = e, second = e;
  first.updates.resize(2);
  second.updates.erase(second.updates.begin(), second.updates.begin() + 2);
  second.states = train(work, first);
  const std::vector<State> unbroken = train(work, e), resumed = train(work, second);
  for (size_t n = 0; n < resumed.size(); n++)
    report.expect(same(resumed[n], unbroken[n]), name + format(", network %d, stopped and resumed", (int)n + 1));
}

void checkLooking(const std::string &name, const Work &work, const Ensemble &e, Report &report) {
  Session session(work, e.setup, e.states);
  const Batch &batch = e.updates[1][0];
  session.gradient(3, batch);
  session.forward(3, batch);
  const Numbers gradient = session.gradient(3, batch).gradient;
  report.expect(session.gradient(3, batch).gradient == gradient, name + ", the gradient again");
  for (size_t n = 0; n < e.states.size(); n++)
    report.expect(same(session.state((int)n), e.states[n]), name + ", gradient and forward pass change nothing");
}

} // namespace

Batch noTrials() {
  Batch none;
  none.trials = none.steps = 0;
  return none;
}

std::vector<State> train(const Work &work, const Ensemble &e) {
  Session session(work, e.setup, e.states);
  for (const std::vector<Batch> &batches : e.updates)
    session.update(std::vector<BatchArrays>(batches.begin(), batches.end()));
  std::vector<State> states;
  for (size_t n = 0; n < e.states.size(); n++) states.push_back(session.state((int)n));
  return states;
}

Ensemble only(const Ensemble &e, size_t network) {
  Ensemble alone{e.setup, {e.states[network]}, {}};
  for (const std::vector<Batch> &batches : e.updates)
    if (batches[network].trials > 0) alone.updates.push_back({batches[network]});
  return alone;
}

bool same(const State &a, const State &b) {
  return a.update == b.update && a.activityPenalty == b.activityPenalty && a.parameters == b.parameters &&
         a.first == b.first && a.second == b.second && a.readoutFeedback == b.readoutFeedback && a.recurrentFeedback == b.recurrentFeedback;
}

void checkBits(const Work &work, Report &report) {
  report.section(std::string(work.precision == LRLAB_BF16 ? "bf16: " : "") +
                 "the same bits again, with any number of threads, in any company, resumed");
  const lrlab_credit byTypes{LRLAB_READOUT_RANDOM, LRLAB_CREDIT_CELL_TYPES, 0.2, 4, LRLAB_KEEPS_STATE};
  const std::vector<Form> forms{
      {50, 3, 2, 45, 40, "retanh"},
      {33, 9, 3, 13, 17, "ReLU", LRLAB_LEAK_RATE, LRLAB_CROSS_ENTROPY},
      {17, 2, 1, 6, 33, "tanh", LRLAB_LEAK_PREACTIVATION, LRLAB_MEAN_SQUARED_ERROR, localCredit()},
      {40, 3, 2, 7, 16, "retanh", LRLAB_LEAK_PREACTIVATION, LRLAB_MEAN_SQUARED_ERROR, byTypes},
      {2, 1, 2, 1, 1, "GELU", LRLAB_LEAK_RATE, LRLAB_CROSS_ENTROPY, localCredit()},
  };
  for (size_t k = 0; k < forms.size(); k++) {
    const Ensemble e = ensembleOf(k + 1, forms[k]);
    const std::string name = format("form %d (%s, N=%d)", (int)k + 1, forms[k].activation.c_str(), forms[k].units);
    checkThreads(name, work, e, report);
    checkAloneAndInCompany(name, work, e, report);
    checkResuming(name, work, e, report);
    checkLooking(name, work, e, report);
  }
}

} // namespace program
