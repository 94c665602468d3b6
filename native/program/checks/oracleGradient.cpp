/*
 * oracleGradient.cpp: (loss(w + h) - loss(w - h)) / 2h for every parameter, in float64, against the oracle's gradient
 * with the credit of BPTT: both leaks, both losses, all activation functions, masks, Dale's law, noise, penalties.
 */
#include <algorithm>
#include <cmath>

#include "../compare.h"
#include "../oracle/activation.h"
#include "../oracle/oracle.h"
#include "checks.h"
#include "generate.h"

namespace program {
namespace {

constexpr double kStep = 1e-5;

double lossAt(Problem p, size_t parameter, double change) {
  p.state.parameters[parameter] += change;
  return oracle::lossOf(p.setup, p.state, p.batch, oracle::forward(p.setup, p.state, p.batch)).total();
}

Numbers finiteDifferences(const Problem &p) {
  Numbers g(p.state.parameters.size());
  for (size_t i = 0; i < g.size(); i++) g[i] = (lossAt(p, i, kStep) - lossAt(p, i, -kStep)) / (2 * kStep);
  return g;
}

/** No change of a parameter by kStep reaches a kink, neither of the activation function nor of |w|. */
bool smoothAround(const Problem &p) {
  if (oracle::distanceFromKinks(p.setup, oracle::forward(p.setup, p.state, p.batch)) < 100 * kStep) return false;
  const Part Wrec = Parts(p.setup).Wrec;
  const double *w = &p.state.parameters[Wrec.offset];
  return !p.setup.dale || std::none_of(w, w + Wrec.count, [](double x) { return x != 0 && std::fabs(x) < 2 * kStep; });
}

} // namespace

void checkOracleGradient(int problems, Report &report) {
  report.section("the oracle's gradient is that of its loss by finite differences");
  int tried = 0;
  for (uint64_t seed = 0; tried < problems; seed++) {
    Problem p = randomProblem(seed);
    const size_t size = p.state.parameters.size() * p.batch.trials * p.batch.steps;
    if (size > 40000) continue;
    p.setup.credit = exactCredit();
    p.setup.optimizer.frozen = 0;
    if (!smoothAround(p)) continue;
    tried++;
    report.measure(gradientDifference(p.setup, oracle::gradient(p).gradient, finiteDifferences(p), 1e-3), 1e-6,
                   describe(seed, p));
  }
}

} // namespace program
