/*
 * beginnings.cpp: networks without noise, whose trials begin alike: an engine may compute common beginnings once, and
 * leave out the silent units of rectified networks, and must come to the same gradient; to the same bits, however it
 * shares the work out.
 */
#include <algorithm>

#include "../compare.h"
#include "../oracle/activation.h"
#include "../oracle/oracle.h"
#include "../random.h"
#include "checks.h"
#include "generate.h"

namespace program {
namespace {

constexpr double kTolerance = 1e-5;

lrlab_credit drawCredit(Random &random) {
  lrlab_credit credit = random.chance(0.5) ? exactCredit() : localCredit();
  if (random.chance(0.3)) credit.readout = LRLAB_READOUT_RANDOM;
  if (credit.recurrent == LRLAB_CREDIT_TRANSPOSE && random.chance(0.3)) credit.window = random.whole(1, 9);
  if (random.chance(0.2)) credit.slope = 0.2;
  return credit;
}

Form drawForm(Random &random) {
  Form form;
  form.activation = random.oneOf<std::string>({"retanh", "ReLU", "tanh", "smoothReLU"});
  form.units = random.oneOf<int>({5, 17, 33, 50, 64, 70});
  form.inputs = random.oneOf<int>({1, 3, 9});
  form.outputs = random.oneOf<int>({2, 3, 18});
  form.trials = random.oneOf<int>({13, 20, 37, 40});
  form.steps = random.oneOf<int>({3, 17, 33, 60, 130});
  form.loss = random.chance(0.5) ? LRLAB_CROSS_ENTROPY : LRLAB_MEAN_SQUARED_ERROR;
  form.credit = drawCredit(random);
  return form;
}

/** Each trial follows one of the first one to three from the start for a third of the steps at least. */
void shareBeginnings(const Setup &setup, Batch &batch, Random &random) {
  const size_t I = setup.inputs, T = batch.steps;
  const int paths = random.whole(1, 3);
  for (int trial = paths; trial < batch.trials; trial++) {
    const auto path = batch.input.begin() + random.whole(0, paths - 1) * T * I;
    std::copy_n(path, random.whole(batch.steps / 3, batch.steps) * I, batch.input.begin() + trial * T * I);
  }
}

Problem drawProblem(Random &random) {
  Problem p = plainProblem(drawForm(random), random.bits());
  const Parts parts(p.setup);
  double *w = p.state.parameters.data();
  if (p.setup.activation == "ReLU")
    for (size_t i = 0; i < parts.Wrec.count; i++) w[parts.Wrec.offset + i] *= 0.7;
  if (random.chance(0.5)) std::fill_n(w + parts.a0.offset, parts.a0.count, 0.0);
  if (random.chance(0.2))
    for (double &alpha : p.setup.alpha) alpha = (float)random.uniform(0.05, 1);
  p.state.activityPenalty = 3;
  shareBeginnings(p.setup, p.batch, random);
  return p;
}

/** Parameters of the last of some equal networks after two updates. */
Numbers trained(Work work, const Problem &p, int threads, int networks) {
  work.threads = threads;
  Session session(work, p.setup, std::vector<State>(networks, p.state));
  std::vector<BatchArrays> batches;
  for (int i = 0; i < networks; i++) batches.emplace_back(p.batch);
  for (int update = 0; update < 2; update++) session.update(batches);
  return session.state(networks - 1).parameters;
}

} // namespace

void checkBeginnings(int problems, const Work &work, Report &report) {
  report.section("silent units and common beginnings change nothing");
  for (uint64_t seed = 0; seed < (uint64_t)problems; seed++) {
    Random random(seed);
    const Problem p = drawProblem(random);
    if (oracle::distanceFromKinks(p.setup, oracle::forward(p.setup, p.state, p.batch)) < 2e-6) continue;
    const std::string name = describe(seed, p);
    const oracle::Gradient expected = oracle::gradient(p);
    const Session::Gradient found = Session(work, p).gradient(0, p.batch);
    report.measure(gradientDifference(p.setup, found.gradient, expected.gradient, 1e-2), kTolerance, name);
    report.measure(relativeToOne(found.report.main_loss, expected.loss.main), kTolerance, name + ", main loss");
    report.measure(relativeToOne(found.report.activity_loss, expected.loss.activity), kTolerance,
                   name + ", activity loss");
    const Numbers once = trained(work, p, 1, 1);
    for (const auto &[threads, networks] : {std::pair(2, 1), std::pair(2, 2), std::pair(2, 3)})
      report.expect(trained(work, p, threads, networks) == once,
                    name + format(", %d threads, %d networks", threads, networks), "other bits");
  }
}

} // namespace program
