/*
 * worker.cpp: see worker.h.
 */
#include "worker.h"

namespace lrlab {

Worker::Worker(const Model &m) : slices(m), trunk(m), model_(m), history_(m), dense_(m, history_), silent_(m, history_) {}

void Worker::reserve(const lrlab_batch &batch, int kept) {
  history_.reserve(kept);
  if (SilentRunner::fits(model_, batch)) silent_.reserve();
  else dense_.reserve();
}

void Worker::equip(const lrlab_batch &batch, bool alone) {
  slices.reserve(batch);
  if (SilentRunner::fits(model_, batch)) trunk.reserve(batch);
  if (!weights) weights = std::make_unique<PackedWeights>(model_);
  if (gradient.size() == 0) gradient = Buffer(model_.layout.count);
  if (!alone || total) return;
  total = std::make_unique<Sums>(model_.padding);
  slice = std::make_unique<Sums>(model_.padding);
}

void Worker::cut(const lrlab_batch &batch) {
  slices.cut(batch);
  if (SilentRunner::fits(model_, batch)) trunk.plan(batch, slices);
  else trunk.clear();
}

void Worker::train(const Pass &pass, Tile tile, const Branch &branch, Sums &sums) {
  if (SilentRunner::fits(model_, pass.batch)) silent_.train(pass, tile, branch, sums);
  else dense_.train(pass, tile, sums);
}

template <class Runner> void Worker::run(Runner &runner, const Pass &pass, Tile tile, float *rates, float *readout) {
  const int steps = pass.batch.steps;
  runner.start(pass, tile);
  for (int t = 1; t <= steps; t++) {
    runner.step(t, pass, tile);
    if (t > 1) history_.copyReadout(t - 1, pass, tile, readout);
    if (rates) history_.copyRates(t, pass, tile, rates);
  }
  runner.finish(pass);
  history_.copyReadout(steps, pass, tile, readout);
}

void Worker::forward(const Pass &pass, Tile tile, float *rates, float *readout) {
  if (SilentRunner::fits(model_, pass.batch)) run(silent_, pass, tile, rates, readout);
  else run(dense_, pass, tile, rates, readout);
}

} // namespace lrlab
