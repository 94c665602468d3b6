/*
 * trunk.cpp: see trunk.h.
 */
#include "trunk.h"

#include <algorithm>
#include <cstring>

#include "loss.h"

namespace lrlab {
namespace {

/** Steps of a path at most, which bounds its memory. */
constexpr int kLongest = 48;

bool sameInput(const lrlab_batch &batch, int inputs, int a, int b, int t) {
  const size_t T = batch.steps, size = inputs;
  return std::memcmp(batch.input + (a * T + t) * size, batch.input + (b * T + t) * size, size * sizeof(float)) == 0;
}

} // namespace

Trunk::Trunk(const Model &m) : model_(m), runners_(m) {}

/** Where errors are those of rates, what a tile hands over would depend on slopes of its own. */
bool Trunk::fits(const Model &m, const lrlab_batch &batch) { return !batch.noise && !m.errorsOfRates(); }

void Trunk::reserve(const lrlab_batch &batch) {
  const int rows = model_.kernels.rows, steps = std::min(batch.steps, kLongest) + 1;
  const int tiles = (batch.trials + rows - 1) / rows;
  runners_.reserve(batch, steps);
  paths_.reserve(rows);
  for (auto *list : {&group_, &classes_, &row_, &shared_}) list->resize(batch.trials);
  branches_.resize(tiles), handoverRows_.resize((size_t)tiles * rows), followers_.resize((size_t)steps * rows);
  const size_t state = (size_t)steps * rows * model_.padding.columns, handover = (size_t)tiles * rows * model_.padding.zStride;
  if (preactivations_.size() < state) preactivations_ = Buffer(state);
  if (handovers_.size() < handover) handovers_ = Buffer(handover);
}

/** Each group goes on with the largest part of it that has the same x[t+1]; another part as large as a tile is new. */
void Trunk::divide(const lrlab_batch &batch, int t) {
  const int B = batch.trials, I = model_.layout.inputs, groups = (int)paths_.size();
  for (int b = 0; b < B; b++) {
    int first = group_[b] < 0 ? b : 0;
    while (first < b && !(group_[first] == group_[b] && classes_[first] == first && sameInput(batch, I, first, b, t)))
      first++;
    classes_[b] = first;
  }
  const auto sizeOf = [&](int leader) { return std::count(classes_.begin(), classes_.begin() + B, leader); };
  for (int g = 0; g < groups; g++) {
    int largest = -1;
    for (int b = 0; b < B; b++)
      if (group_[b] == g && classes_[b] == b && (largest < 0 || sizeOf(b) > sizeOf(largest))) largest = b;
    if (largest < 0) continue;
    paths_[g] = largest;
    for (int b = 0; b < B; b++) {
      if (group_[b] != g || classes_[b] == largest) continue;
      const int leader = classes_[b];
      const bool grows = sizeOf(leader) >= model_.kernels.rows && (int)paths_.size() < model_.kernels.rows;
      const int into = grows ? (int)paths_.size() : -1;
      if (grows) paths_.push_back(leader);
      for (int c = b; c < B; c++)
        if (classes_[c] == leader) group_[c] = into;
    }
  }
}

void Trunk::choosePaths(const lrlab_batch &batch) {
  paths_.assign(1, 0);
  std::fill_n(group_.begin(), batch.trials, 0);
  const int longest = std::min(batch.steps, kLongest);
  for (int t = 0; t < longest; t++) divide(batch, t);
}

/** Each trial's path and the steps it shares with it. */
void Trunk::follow(const lrlab_batch &batch) {
  const int longest = std::min(batch.steps - 1, kLongest);
  for (int b = 0; b < batch.trials; b++) {
    shared_[b] = -1;
    for (int row = 0; row < (int)paths_.size(); row++) {
      int t = 0;
      while (t < longest && sameInput(batch, model_.layout.inputs, paths_[row], b, t)) t++;
      if (t > shared_[b]) shared_[b] = t, row_[b] = row;
    }
  }
}

void Trunk::plan(const lrlab_batch &batch, const Slices &slices) {
  steps_ = 0;
  std::fill(branches_.begin(), branches_.end(), 0);
  if (slices.tiles() < 2) return;
  choosePaths(batch);
  follow(batch);
  int saved = 0;
  for (int i = 0; i < slices.tiles(); i++) {
    const Tile tile = slices.tile(i);
    int common = shared_[tile.trials[0]];
    for (int m = 1; m < tile.count; m++) common = std::min(common, shared_[tile.trials[m]]);
    branches_[i] = common;
    saved += common;
    steps_ = std::max(steps_, common);
    for (int m = 0; m < tile.count; m++) shared_[tile.trials[m]] = common;
  }
  if (saved <= 2 * steps_) {
    steps_ = 0;
    std::fill(branches_.begin(), branches_.end(), 0);
  }
  std::fill(followers_.begin(), followers_.end(), 0);
  for (int b = 0; b < batch.trials && steps_ > 0; b++)
    for (int t = 0; t <= shared_[b]; t++) followers_[(size_t)t * model_.kernels.rows + row_[b]]++;
}

void Trunk::forward(const Pass &pass) {
  const size_t size = (size_t)model_.kernels.rows * model_.padding.columns;
  const Tile tile{paths_.data(), (int)paths_.size()};
  Runner &runner = runners_.of(pass.batch);
  runner.start(pass, tile);
  for (int t = 1; t <= steps_; t++) {
    runner.step(t, pass, tile);
    std::copy_n(runners_.history.preactivations().data, size, preactivations_.data() + t * size);
  }
}

Branch Trunk::branch(int index, Tile tile) {
  const int rows = model_.kernels.rows, p = spared(index);
  if (p == 0) return {};
  int *row = handoverRows_.data() + (size_t)index * rows;
  for (int m = 0; m < rows; m++) row[m] = row_[tile.trials[std::min(m, tile.count - 1)]];
  return {p, row, runners_.history.rates(p),
          {preactivations_.data() + (size_t)p * rows * model_.padding.columns, model_.padding.columns},
          {handovers_.data() + (size_t)index * rows * model_.padding.zStride, model_.padding.zStride}};
}

double Trunk::readError(int t, const Pass &pass, History &history, float *error, ptrdiff_t stride) const {
  const int O = model_.layout.outputs, targets = targetsPerStep(model_);
  for (int m = 0; m < model_.kernels.rows; m++) std::fill_n(error + m * stride, O, 0.0f);
  double loss = 0;
  for (int b = 0; t >= 1 && b < pass.batch.trials; b++) {
    if (shared_[b] <= t) continue;
    const size_t at = ((size_t)b * pass.batch.steps + (t - 1)) * targets;
    loss += addReadoutError(model_, history.readout(t) + (size_t)row_[b] * O, pass.batch.target + at,
                            pass.batch.mask + at, pass.masked, error + row_[b] * stride);
  }
  return loss;
}

/** delta[p+1] and e[p] of the tiles that branch off at p, in the order of tiles. */
void Trunk::addHandovers(int step, MutableRows delta) const {
  const int rows = model_.kernels.rows, stride = model_.padding.zStride;
  const int width = model_.layout.units + model_.layout.outputs;
  for (size_t i = 0; i < branches_.size(); i++) {
    if (branches_[i] != step) continue;
    for (int m = 0; m < rows; m++) {
      const float *from = handovers_.data() + (i * rows + m) * stride;
      float *to = delta.data + handoverRows_[i * rows + m] * delta.stride;
      for (int k = 0; k < width; k++) to[k] += from[k];
    }
  }
}

int Trunk::nextBranchBelow(int step) const {
  int next = 0;
  for (const int p : branches_)
    if (p < step) next = std::max(next, p);
  return next;
}

void Trunk::backward(const Pass &pass, Sums &sums) {
  const Tile tile{paths_.data(), (int)paths_.size()};
  Runner &runner = runners_.of(pass.batch);
  runner.sumRates(*this, 1, steps_, sums);
  runner.forget();
  for (int last = steps_; last >= 1;) {
    const int next = nextBranchBelow(last);
    addHandovers(last, runner.delta());
    runner.descend(pass, *this, last, next + 1, sums);
    last = next;
  }
  runner.addStart(pass, tile.count, sums);
}

} // namespace lrlab
