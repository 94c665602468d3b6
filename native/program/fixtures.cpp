/*
 * fixtures.cpp: tolerances are those of the reference README: 1e-10 for the oracle; for the engine 1e-5 of outputs,
 * activity, errors, and of gradients relative to each parameter's largest entry, 1e-6 of parameters after the updates.
 */
#include "fixtures.h"

#include "compare.h"
#include "fixture.h"
#include "oracle/oracle.h"

namespace program {
namespace {

struct Tolerance {
  double value, parameters;
};
constexpr Tolerance kFloat64{1e-10, 1e-10}, kFloat32{1e-5, 1e-6};

/** Losses, gradient norm and r of one update against what was published. */
void checkUpdate(const oracle::Update &found, const Json &published, double limit, const std::string &name,
                 Report &report) {
  const auto check = [&](double value, const char *member) {
    report.measure(relativeToOne(value, published[member].number), limit, name + ", " + member);
  };
  check(found.loss.main, "errormain");
  check(found.loss.activity, "error_activityL2");
  check(found.loss.weights, "error_L2Wrec");
  check(found.gradientNorm, "gradient_norm_as_recorded");
  check(found.activityPenalty, "regularization_after");
}

/** Parameters and block means after an update, where they were published. */
void checkState(const State &found, const Json &published, Tolerance limit, const std::string &name, Report &report) {
  const std::string after = "after_" + std::to_string(found.update);
  if (!published.has("params_" + after)) return;
  report.measure(largestDifference(found.parameters, parametersIn(published["params_" + after])), limit.parameters,
                 name + ", parameters");
  if (!found.recurrentFeedback.empty())
    report.measure(largestDifference(found.recurrentFeedback, numbersOf(published["Wab_" + after])), limit.parameters,
                   name + ", means over cell types");
}

template <class MakeUpdate, class GetState>
void checkTraining(const Fixture &fixture, const std::string &optimizer, Tolerance limit, Report &report,
                   MakeUpdate update, GetState state) {
  const Json &published = fixture.json["expected"]["optimizers"][optimizer];
  for (const Json &each : published["updates"].items) {
    const std::string name = fixture.name + ", " + optimizer + ", update " + format("%g", each["update"].number + 1);
    checkUpdate(update(), each, limit.value, name, report);
    checkState(state(), published, limit, name, report);
  }
}

void checkOracle(const Fixture &fixture, Report &report) {
  const auto &[setup, state, batch] = fixture.problem;
  const Json &expected = fixture.json["expected"];
  const oracle::Activity activity = oracle::forward(setup, state, batch);
  report.measure(largestDifference(activity.y, numbersOf(expected["output"])), 1e-10, fixture.name + ", output");
  report.measure(largestDifference(activity.h, numbersOf(expected["activity"])), 1e-10, fixture.name + ", activity");
  report.measure(gradientDifference(setup, oracle::gradient(fixture.problem).gradient,
                                    parametersIn(expected["gradients"])),
                 1e-10, fixture.name + ", gradient");
  for (const char *optimizer : {"Adam", "AdamW"}) {
    Problem p = fixture.with(optimizer);
    checkTraining(
        fixture, optimizer, kFloat64, report, [&] { return oracle::update(p); }, [&] { return p.state; });
  }
}

void checkEngine(const Fixture &fixture, const Work &work, Report &report) {
  const auto &[setup, state, batch] = fixture.problem;
  const Json &expected = fixture.json["expected"];
  Session session(work, fixture.problem);
  report.measure(gradientDifference(setup, session.gradient(0, batch).gradient, parametersIn(expected["gradients"])),
                 1e-5, fixture.name + ", gradient");
  Batch quiet = batch;
  quiet.noise.clear();
  const oracle::Activity activity = oracle::forward(setup, state, quiet); // published only with the noise
  const Session::Forward forward = session.forward(0, quiet);
  report.measure(largestDifference(forward.readout, activity.y), 1e-5, fixture.name + ", output");
  report.measure(largestDifference(forward.rates, activity.h), 1e-5, fixture.name + ", activity");
  for (const char *optimizer : {"Adam", "AdamW"}) {
    Session training(work, fixture.with(optimizer));
    const auto update = [&] {
      const lrlab_report r = training.update(fixture.problem.batch);
      return oracle::Update{{r.main_loss, r.activity_loss, r.weight_loss}, r.gradient_norm, r.activity_penalty};
    };
    checkTraining(fixture, optimizer, kFloat32, report, update, [&] { return training.state(0); });
  }
}

} // namespace

void checkFixtures(const std::string &folder, const Work &work, Report &report) {
  std::vector<Fixture> fixtures;
  for (const std::string &file : fixtureFiles(folder)) fixtures.emplace_back(folder + "/" + file);
  report.section("the oracle agrees with the published training steps");
  for (const Fixture &fixture : fixtures) checkOracle(fixture, report);
  report.section("the engine agrees with the published training steps");
  for (const Fixture &fixture : fixtures) {
    try {
      checkEngine(fixture, work, report);
    } catch (const Refusal &refusal) {
      report.expect(false, fixture.name, refusal.what());
    }
  }
}

} // namespace program
