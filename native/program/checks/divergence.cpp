/* divergence.cpp: overflow in the loss, or in the gradient alone, is one network's own affair. */
#include <algorithm>

#include "bits.h"
#include "checks.h"
#include "generate.h"

namespace program {
namespace {

/** Trains three networks, of which the middle one has weights so large that float32 overflows. */
void checkOverflow(const std::string &name, Part Parts::*part, float size, const Work &work, Report &report) {
  const Problem p = plainProblem({12, 2, 2, 5, 10, "linear"}, 7);
  const Part large = Parts(p.setup).*part;
  Ensemble e{p.setup, {p.state, p.state, plainProblem({12, 2, 2, 5, 10, "linear"}, 8).state}, {}};
  std::fill_n(e.states[1].parameters.begin() + large.offset, large.count, size);
  for (uint64_t seed = 0; seed < 3; seed++) e.updates.push_back(std::vector<Batch>(3, randomBatch(p.setup, 5, 10, seed)));

  Session session(work, e.setup, e.states);
  for (const std::vector<Batch> &batches : e.updates) {
    const auto reports = session.update(std::vector<BatchArrays>(batches.begin(), batches.end()));
    report.expect(reports[0].status == LRLAB_OK && reports[2].status == LRLAB_OK, name + ", the others go on");
    report.expect(reports[1].status == LRLAB_DIVERGED, name + ", its report says that it diverged");
  }
  report.expect(same(session.state(1), e.states[1]), name + ", it keeps its state");
  for (const size_t n : {(size_t)0, (size_t)2})
    report.expect(same(session.state((int)n), train(work, only(e, n))[0]), name + ", the others have the same bits");
}

} // namespace

void checkDivergence(const Work &work, Report &report) {
  report.section("a network that diverges keeps its state and leaves the others alone");
  checkOverflow("recurrent weights overflow the loss", &Parts::Wrec, 1e30f, work, report);
  checkOverflow("readout weights overflow the gradient", &Parts::Wout, 1e20f, work, report);
}

} // namespace program
