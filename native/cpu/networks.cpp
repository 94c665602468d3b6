/*
 * networks.cpp: see networks.h.
 *
 * As many networks as there are threads, and multiples of that, are trained whole: one thread runs a network's slices,
 * adds their sums up and changes the weights. All threads share the slices of each network that is left over. Both ways
 * add the same sums in the same order. Memory is taken by the calling thread before the others start.
 */
#include "networks.h"

#include <cmath>

#include "loss.h"
#include "wiring.h"

namespace lrlab {

Networks::Networks(const lrlab_setup &setup, const lrlab_state *states, const Kernels &kernels, int activation)
    : model_(setup, kernels, activation), pool_(setup.threads) {
  for (int n = 0; n < setup.networks; n++) networks_.emplace_back(model_, states[n]);
  for (int w = 0; w < pool_.workers(); w++) workers_.push_back(std::make_unique<Worker>(model_));
}

Pass Networks::passOf(const Network &network, const lrlab_batch &batch, const PackedWeights &weights) const {
  const double rates = (double)batch.trials * batch.steps * model_.layout.units;
  return {network, weights, batch, (double)countMasked(model_, batch), (float)(2.0 * network.activityPenalty / rates)};
}

lrlab_report Networks::reportOf(const Pass &pass, double error, double squaredRate) const {
  const double r = pass.network.activityPenalty;
  const double rates = (double)pass.batch.trials * pass.batch.steps * model_.layout.units;
  lrlab_report report{};
  report.main_loss = error / pass.masked;
  report.activity_loss = r * squaredRate / rates;
  report.weight_loss = blockLoss(model_, pass.network);
  report.activity_penalty = nextActivityPenalty(r, report.main_loss, report.activity_loss);
  report.update = pass.network.update + 1;
  return report;
}

/** Runs the tiles of a slice that `plan` has cut. */
void Networks::trainSlice(int slice, const Pass &pass, Worker &plan, Worker &worker, Sums &sums) {
  plan.slices.forEachTile(slice, [&](int index) {
    const Tile tile = plan.slices.tile(index);
    worker.train(pass, tile, plan.trunk.branch(index, tile), sums);
  });
}

lrlab_report Networks::accumulateAlone(const Network &network, const lrlab_batch &batch, Worker &worker,
                                       float *gradient) {
  for (int job = 0; job < worker.weights->jobs(); job++)
    worker.weights->pack(network, SilentRunner::fits(model_, batch), job);
  const Pass pass = passOf(network, batch, *worker.weights);
  worker.cut(batch);
  worker.total->clear();
  const auto add = [&](auto work) {
    worker.slice->clear();
    work();
    *worker.total += *worker.slice;
  };
  if (!worker.trunk.isEmpty()) worker.trunk.forward(pass);
  for (int slice = 0; slice < worker.slices.count(); slice++)
    add([&] { trainSlice(slice, pass, worker, worker, *worker.slice); });
  if (!worker.trunk.isEmpty()) add([&] { worker.trunk.backward(pass, *worker.slice); });
  for (int job = 0; job < gradientJobs(model_); job++)
    collectGradient(model_, network, *worker.total, gradient, job);
  finishGradient(model_, network, worker.total.get(), 1, gradient);
  return reportOf(pass, worker.total->error, worker.total->squaredRate);
}

void Networks::pack(const Network &network, const lrlab_batch &batch) {
  PackedWeights &weights = *workers_[0]->weights;
  const bool inRows = SilentRunner::fits(model_, batch);
  pool_.run(weights.jobs(), [&](int job, int) { weights.pack(network, inRows, job); });
}

lrlab_report Networks::accumulateTogether(const Network &network, const lrlab_batch &batch, float *gradient) {
  Worker &first = *workers_[0];
  PackedWeights &weights = *first.weights;
  const bool inRows = SilentRunner::fits(model_, batch);
  pool_.run(1 + weights.jobs(), [&](int job, int) {
    if (job == 0) first.cut(batch);
    else weights.pack(network, inRows, job - 1);
  });
  const int slices = first.slices.count(), sums = slices + (first.trunk.isEmpty() ? 0 : 1);
  while ((int)shared_.size() < sums) shared_.emplace_back(model_.padding);
  const Pass pass = passOf(network, batch, weights);
  if (!first.trunk.isEmpty()) first.trunk.forward(pass);
  pool_.run(slices, [&](int job, int worker) {
    const int slice = first.longestFirst[job];
    shared_[slice].clear();
    trainSlice(slice, pass, first, *workers_[worker], shared_[slice]);
  });
  // The slices are added up while one thread is on the trunk.
  const int jobs = gradientJobs(model_);
  Sums *const each = shared_.data(), &total = each[0];
  pool_.run(1 + jobs, [&](int job, int) {
    if (job > 0) return addRows(model_, total, each + 1, slices - 1, job - 1);
    if (first.trunk.isEmpty()) return;
    each[slices].clear();
    first.trunk.backward(pass, each[slices]);
  });
  pool_.run(jobs, [&](int job, int) {
    addRows(model_, total, each + slices, sums - slices, job);
    collectGradient(model_, network, total, gradient, job);
  });
  finishGradient(model_, network, shared_.data(), sums, gradient);
  double error = 0, squaredRate = 0;
  for (int s = 0; s < sums; s++) {
    error += shared_[s].error;
    squaredRate += shared_[s].squaredRate;
  }
  return reportOf(pass, error, squaredRate);
}

/** Clips, and changes the weights unless something is not finite. */
void Networks::learn(Network &network, float *gradient, lrlab_report &report, const Share &share) const {
  report.gradient_norm = clip(gradient, model_.layout.count, model_.optimizer.clip_norm, share);
  const bool finite = std::isfinite(report.main_loss + report.activity_loss + report.weight_loss) &&
                      std::isfinite(report.gradient_norm);
  report.status = finite ? LRLAB_OK : LRLAB_DIVERGED;
  if (!finite) {
    report.update = network.update;
    report.activity_penalty = network.activityPenalty;
    return;
  }
  // Before and after: Bout + change of Wout, without a copy of Wout.
  if (model_.adaptsReadoutFeedback()) addReadout(model_, network, -1);
  adam(model_, network, gradient, share);
  if (model_.adaptsReadoutFeedback()) addReadout(model_, network, 1), decayReadout(model_, network);
  network.activityPenalty = report.activity_penalty;
  if (model_.credit.recurrent == LRLAB_CREDIT_CELL_TYPES) averageCellTypes(model_, network);
}

void Networks::update(const lrlab_batch *batches, lrlab_report *reports) {
  std::vector<int> active;
  for (int n = 0; n < count(); n++) {
    reports[n] = {};
    reports[n].update = networks_[n].update;
    reports[n].activity_penalty = networks_[n].activityPenalty;
    if (batches[n].trials > 0) active.push_back(n);
  }
  if (active.empty()) return;
  const int workers = pool_.workers(), whole = (int)active.size() / workers * workers;
  for (auto &worker : workers_) {
    for (const int n : active) worker->reserve(batches[n], batches[n].steps + 1);
    if (whole > 0 || worker == workers_[0]) worker->equip(batches[active[0]], whole > 0);
  }
  pool_.run(whole, [&](int job, int w) {
    const int n = active[job];
    Worker &worker = *workers_[w];
    reports[n] = accumulateAlone(networks_[n], batches[n], worker, worker.gradient.data());
    learn(networks_[n], worker.gradient.data(), reports[n], runAlone);
  });
  for (size_t job = whole; job < active.size(); job++) {
    const int n = active[job];
    float *gradient = workers_[0]->gradient.data();
    reports[n] = accumulateTogether(networks_[n], batches[n], gradient);
    learn(networks_[n], gradient, reports[n], pool_.share());
  }
}

lrlab_report Networks::gradient(int network, const lrlab_batch &batch, float *gradient) {
  for (auto &worker : workers_) worker->reserve(batch, batch.steps + 1);
  workers_[0]->equip(batch, false);
  lrlab_report report = accumulateTogether(networks_[network], batch, gradient);
  report.gradient_norm = norm(gradient, model_.layout.count, pool_.share());
  const bool finite = std::isfinite(report.main_loss + report.activity_loss + report.gradient_norm);
  report.status = finite ? LRLAB_OK : LRLAB_DIVERGED;
  return report;
}

void Networks::forward(int network, int trials, int steps, const float *input, float *rates, float *readout) {
  const lrlab_batch batch{trials, steps, input, nullptr, nullptr, nullptr};
  for (auto &worker : workers_) worker->reserve(batch, 2);
  workers_[0]->equip(batch, false);
  Slices &slices = workers_[0]->slices;
  slices.cut(batch);
  pack(networks_[network], batch);
  const Pass pass{networks_[network], *workers_[0]->weights, batch, 0, 0};
  pool_.run(slices.tiles(), [&](int tile, int worker) {
    workers_[worker]->forward(pass, slices.tile(tile), rates, readout);
  });
}

} // namespace lrlab
