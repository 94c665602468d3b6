/*
 * worker.cpp: see worker.h.
 */
#include "worker.h"

#include <algorithm>
#include <numeric>

namespace lrlab {

Worker::Worker(const Model &m) : slices(m), trunk(m), model_(m), runners_(m) {}

void Worker::equip(const lrlab_batch &batch, bool alone) {
  slices.reserve(batch);
  longestFirst.reserve(slices.count(batch.trials));
  steps_.reserve(longestFirst.capacity());
  if (Trunk::fits(model_, batch)) trunk.reserve(batch);
  if (!weights) weights = std::make_unique<PackedWeights>(model_);
  if (gradient.size() == 0) gradient = Buffer(model_.layout.count);
  if (!alone || total) return;
  total = std::make_unique<Sums>(model_.padding);
  slice = std::make_unique<Sums>(model_.padding);
}

void Worker::cut(const lrlab_batch &batch) {
  slices.cut(batch);
  if (Trunk::fits(model_, batch)) trunk.plan(batch, slices);
  else trunk.clear();
  steps_.assign(slices.count(), 0);
  for (int slice = 0; slice < slices.count(); slice++)
    slices.forEachTile(slice, [&](int tile) { steps_[slice] += batch.steps - trunk.spared(tile); });
  longestFirst.resize(slices.count());
  std::iota(longestFirst.begin(), longestFirst.end(), 0);
  std::sort(longestFirst.begin(), longestFirst.end(),
            [this](int a, int b) { return steps_[a] > steps_[b] || (steps_[a] == steps_[b] && a < b); });
}

void Worker::train(const Pass &pass, Tile tile, const Branch &branch, Sums &sums) {
  runners_.of(pass.batch).train(pass, tile, branch, sums);
}

void Worker::forward(const Pass &pass, Tile tile, float *rates, float *readout) {
  const int steps = pass.batch.steps;
  Runner &runner = runners_.of(pass.batch);
  History &history = runners_.history;
  runner.start(pass, tile);
  for (int t = 1; t <= steps; t++) {
    runner.step(t, pass, tile);
    if (t > 1) history.copyReadout(t - 1, pass, tile, readout);
    if (rates) history.copyRates(t, pass, tile, rates);
  }
  runner.finish(pass);
  history.copyReadout(steps, pass, tile, readout);
}

} // namespace lrlab
