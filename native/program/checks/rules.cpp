/*
 * rules.cpp: what follows from the equations without computing them.
 *
 * Equal to BPTT: e-prop without recurrent weights, and after one step (all but a0); feedback alignment through Wout;
 * block means over types of one unit each; a window longer than the trial. Equal to e-prop: a window of one step.
 * With alpha = 1 and a0 = 0 both leaks are the same network. In an active network and over several steps, all rules
 * give the recurrent weights different gradients, and the readout the same one.
 */
#include <algorithm>
#include <cmath>

#include "../compare.h"
#include "../oracle/wiring.h"
#include "checks.h"
#include "generate.h"

namespace program {
namespace {

constexpr double kEqual = 1e-5;

struct Comparison {
  const Work &work;
  Report &report;

  Numbers gradient(const Problem &p) const { return Session(work, p).gradient(0, p.batch).gradient; }

  void same(const Problem &p, const Problem &q, const std::string &name, bool a0 = true) const {
    Numbers g = gradient(p), h = gradient(q);
    if (!a0) std::fill_n(g.begin(), p.setup.units, 0.0), std::fill_n(h.begin(), p.setup.units, 0.0);
    report.measure(gradientDifference(p.setup, g, h, 1e-2), kEqual, name);
  }

  void differInWrec(const Problem &p, const Problem &q, const std::string &name) const {
    const Parts parts(p.setup);
    const Numbers g = gradient(p), h = gradient(q);
    double product = 0, gg = 0, hh = 0;
    for (size_t i = parts.Wrec.offset; i < parts.Wrec.offset + parts.Wrec.count; i++)
      product += g[i] * h[i], gg += g[i] * g[i], hh += h[i] * h[i];
    const double cosine = product / std::sqrt(gg * hh);
    report.expect(cosine < 0.999, name + ": gradients of Wrec differ", format("cosine %.6f", cosine));
    const auto readout = [&](const Numbers &all) { return Numbers(all.begin() + parts.Wout.offset, all.end()); };
    report.measure(largestDifference(readout(g), readout(h)) / largestSize(readout(h)), kEqual,
                   name + ": gradients of the readout are the same");
  }
};

Problem with(Problem p, const lrlab_credit &credit) {
  p.setup.credit = credit;
  return p;
}

Problem withoutRecurrentWeights(Problem p) {
  const Part Wrec = Parts(p.setup).Wrec;
  std::fill_n(p.state.parameters.begin() + Wrec.offset, Wrec.count, 0.0);
  return p;
}

Problem windowed(Problem p, int window) {
  p.setup.credit.window = window;
  return p;
}

/** Errors enter through these weights (O,N). */
Problem fedBack(Problem p, Numbers Bout) {
  p.setup.credit.readout = LRLAB_READOUT_RANDOM;
  p.state.readoutFeedback = std::move(Bout);
  return p;
}

/** ModProp's way between units, with cell types of so many units. */
Problem byCellTypes(Problem p, int unitsPerType) {
  for (int start = 0; start < p.setup.units; start += unitsPerType)
    p.setup.cellTypes.push_back({start, std::min(start + unitsPerType, p.setup.units)});
  p.setup.credit.recurrent = LRLAB_CREDIT_CELL_TYPES;
  p.state.recurrentFeedback = oracle::cellTypeMeans(p.setup, oracle::effectiveWeights(p.setup, p.state));
  return p;
}

void checkForm(const Form &form, uint64_t seed, const Comparison &compare) {
  const std::string name = format("%s, leak %d, loss %d", form.activation.c_str(), form.leak, form.loss);
  const Problem bptt = plainProblem(form, seed), eprop = with(bptt, localCredit());
  const Part Wout = Parts(bptt.setup).Wout;
  const double *w = &bptt.state.parameters[Wout.offset];
  const Numbers itself(w, w + Wout.count), other(itself.rbegin(), itself.rend());

  Form oneStep = form;
  oneStep.steps = 1;
  const Problem single = plainProblem(oneStep, seed);
  compare.same(single, with(single, localCredit()), name + ": e-prop is BPTT for one step, but for a0", false);
  const Problem feedforward = withoutRecurrentWeights(bptt);
  compare.same(feedforward, with(feedforward, localCredit()), name + ": e-prop is BPTT without recurrent weights");
  compare.same(windowed(bptt, 1), eprop, name + ": a window of one step is e-prop");
  compare.same(windowed(bptt, form.steps + 1), bptt, name + ": a window longer than the trial is BPTT");
  compare.same(fedBack(bptt, itself), bptt, name + ": feedback alignment through Wout is BPTT");
  compare.same(byCellTypes(bptt, 1), bptt, name + ": means over single units are BPTT");

  compare.differInWrec(bptt, eprop, name + ", BPTT and e-prop");
  compare.differInWrec(bptt, windowed(bptt, 2), name + ", BPTT and truncated BPTT");
  compare.differInWrec(bptt, fedBack(bptt, other), name + ", BPTT and feedback alignment");
  compare.differInWrec(bptt, byCellTypes(bptt, 5), name + ", BPTT and ModProp");
}

void checkLeaks(uint64_t seed, const lrlab_credit &credit, const Comparison &compare) {
  Form form{17, 3, 2, 7, 9};
  form.credit = credit;
  Problem p = plainProblem(form, seed);
  std::fill(p.setup.alpha.begin(), p.setup.alpha.end(), 1);
  std::fill_n(p.state.parameters.begin(), form.units, 0.0);
  Problem q = p;
  q.setup.leak = LRLAB_LEAK_RATE;
  compare.same(p, q, "both leaks are the same network without a leak");
}

} // namespace

void checkRules(const Work &work, Report &report) {
  report.section("rules agree and differ as theory says");
  const Comparison compare{work, report};
  uint64_t seed = 1;
  for (const char *activation : {"tanh", "retanh", "ReLU", "swish"})
    for (const lrlab_leak leak : {LRLAB_LEAK_PREACTIVATION, LRLAB_LEAK_RATE})
      for (const lrlab_loss loss : {LRLAB_MEAN_SQUARED_ERROR, LRLAB_CROSS_ENTROPY})
        checkForm({20, 3, 3, 8, 20, activation, leak, loss}, seed++, compare);
  checkLeaks(seed, exactCredit(), compare);
  checkLeaks(seed, localCredit(), compare);
}

} // namespace program
