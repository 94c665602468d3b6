/*
 * agreement.cpp: outputs, rates, losses, gradient, and three updates of the engine (float32) against the oracle
 * (float64) on random problems. See generate.h for what they range over.
 */
#include <algorithm>
#include <cmath>

#include "../compare.h"
#include "../oracle/optimizer.h"
#include "../oracle/oracle.h"
#include "../oracle/wiring.h"
#include "checks.h"
#include "generate.h"

namespace program {
namespace {

constexpr double kTolerance = 1e-5, kParameterTolerance = 1e-6;
constexpr int kUpdates = 3;

void checkLoss(const lrlab_report &found, const oracle::Loss &loss, const std::string &name, Report &report) {
  report.measure(relativeToOne(found.main_loss, loss.main), kTolerance, name + ", main loss");
  report.measure(relativeToOne(found.activity_loss, loss.activity), kTolerance, name + ", activity loss");
  report.measure(relativeToOne(found.weight_loss, loss.weights), kTolerance, name + ", weight loss");
}

/**
 * Largest |w - expected| beyond what the gradient's own tolerance explains. Adam divides by the root of v, so that a
 * gradient that is off by d moves w by up to about lr d / (sqrt(v / (1 - b2^k)) + epsilon) in each of the updates,
 * with d = kTolerance times the largest entry of the gradient; at most by twice the largest step.
 */
double parameterExcess(const Problem &p, const State &found, double largestGradient) {
  const lrlab_optimizer &o = p.setup.optimizer;
  const double bias = 1 - std::pow(o.beta2, (double)p.state.update);
  double worst = 0;
  for (size_t i = 0; i < found.parameters.size(); i++) {
    const double spread = std::sqrt(p.state.second[i] / bias) + o.epsilon;
    const double share = std::min(2.0, 4 * kTolerance * largestGradient / spread);
    const double difference = std::fabs(found.parameters[i] - p.state.parameters[i]);
    worst = std::max(worst, difference - kUpdates * o.learning_rate * share);
  }
  return worst;
}

void checkProblem(Problem p, const std::string &name, const Work &work, Report &report) {
  Session session(work, p);

  const oracle::Gradient expected = oracle::gradient(p);
  const Session::Gradient found = session.gradient(0, p.batch);
  report.measure(gradientDifference(p.setup, found.gradient, expected.gradient, 0.3), kTolerance, name + ", gradient");
  checkLoss(found.report, expected.loss, name, report);

  Batch quiet = p.batch;
  quiet.noise.clear();
  const oracle::Activity activity = oracle::forward(p.setup, p.state, quiet);
  const Session::Forward forward = session.forward(0, quiet);
  const double size = std::max({1.0, largestSize(activity.y), largestSize(activity.h)});
  report.measure(largestDifference(forward.readout, activity.y) / size, kTolerance, name + ", readout");
  report.measure(largestDifference(forward.rates, activity.h) / size, kTolerance, name + ", rates");

  double largestGradient = 0;
  for (int update = 0; update < kUpdates; update++) {
    Numbers g = oracle::gradient(p).gradient;
    oracle::clip(g, p.setup.optimizer.clip_norm);
    largestGradient = std::max(largestGradient, largestSize(g));
    const oracle::Update u = oracle::update(p);
    const lrlab_report r = session.update(p.batch);
    checkLoss(r, u.loss, name + format(", update %d", update + 1), report);
    report.measure(std::fabs(r.gradient_norm - u.gradientNorm) / std::max(u.gradientNorm, 1e-6), kTolerance,
                   name + ", gradient norm");
    report.measure(relativeToOne(r.activity_penalty, u.activityPenalty), 1e-12, name + ", r");
    report.expect(r.status == LRLAB_OK && r.update == p.state.update, name + ", update number");
  }
  const State state = session.state(0);
  report.measure(parameterExcess(p, state, largestGradient), kParameterTolerance, name + ", parameters");
  const double first = std::max(largestSize(p.state.first), 1e-30), second = std::max(largestSize(p.state.second), 1e-30);
  report.measure(largestDifference(state.first, p.state.first) / first, kTolerance, name + ", first moments");
  report.measure(largestDifference(state.second, p.state.second) / second, kTolerance, name + ", second moments");
  report.measure(largestDifference(state.readoutFeedback, p.state.readoutFeedback),
                 kUpdates * p.setup.optimizer.learning_rate * 1e-2 + kParameterTolerance, name + ", feedback from the readout");
  report.measure(largestDifference(state.recurrentFeedback, p.state.recurrentFeedback),
                 kUpdates * p.setup.optimizer.learning_rate * 1e-2 + kParameterTolerance, name + ", means over cell types");
}

} // namespace

void checkAgreement(int problems, const Work &work, Report &report) {
  report.section("the engine agrees with the oracle");
  for (int seed = 0; seed < problems; seed++) {
    try {
      const Problem p = randomProblem(seed);
      checkProblem(p, describe(seed, p), work, report);
    } catch (const Refusal &refusal) {
      report.expect(false, describe(seed, randomProblem(seed)), refusal.what());
    }
  }
}

void checkCpuForms(const Work &work, Report &report) {
  if (std::string(work.engine->name) != "cpu") return;
  report.section("the ways of credit that only the CPU engine knows agree with the oracle");
  uint64_t seed = 1;
  for (const char *activation : {"tanh", "retanh", "ReLU", "swish"})
    for (const lrlab_leak leak : {LRLAB_LEAK_PREACTIVATION, LRLAB_LEAK_RATE})
      for (const lrlab_recurrent_credit recurrent : {LRLAB_CREDIT_NONE, LRLAB_CREDIT_DIAGONAL, LRLAB_CREDIT_RANDOM})
        for (const lrlab_keeps keeps : {LRLAB_KEEPS_STATE, LRLAB_KEEPS_RATE, LRLAB_KEEPS_NOTHING}) {
          Form form{19, 3, 2, 7, 18, activation, leak};
          const int window = recurrent == LRLAB_CREDIT_NONE ? 0 : 7;
          form.credit = {LRLAB_READOUT_ADAPTIVE, recurrent, std::nan(""), window, keeps};
          Problem p = plainProblem(form, seed);
          if (seed % 2) p.setup.alpha[3] = (float)0.7;
          p.setup.readoutDecay = 0.01;
          if (recurrent == LRLAB_CREDIT_RANDOM)
            p.state.recurrentFeedback = oracle::effectiveWeights(p.setup, plainProblem(form, seed + 1000).state);
          checkProblem(p, format("%s, leak %d, between units %d, keeps %d", activation, leak, recurrent, keeps), work, report);
          seed++;
        }
}

} // namespace program
