/*
 * network.cpp: a batch is cut into tiles, runs of tiles make slices, and threads take slices.
 *
 * The cut depends on the batch and the network alone. Each slice has its own sums, added up in the order of slices, so
 * the result is the same bit for bit whatever the number of threads.
 */
#include "network.h"

#include <algorithm>
#include <cmath>

#include "loss.h"

namespace lrlab {

namespace {

/** Enough slices to share out over many threads, within 256 MB of sums. */
int mostSlices(const Padding &p) {
  const size_t fitting = (size_t(256) << 20) / ((size_t)p.sumRows * p.columns * sizeof(float));
  return (int)std::clamp<size_t>(fitting, 4, 32);
}

} // namespace

Network::Network(const lrlab_setup &setup, const lrlab_state &state, const Kernels &kernels, Activate activate)
    : kernels_(kernels), layout_(setup.units, setup.inputs, setup.outputs), padding_(layout_, kernels),
      adam_{setup.learning_rate, setup.beta1, setup.beta2, setup.epsilon, setup.weight_decay},
      clipNorm_(setup.clip_norm), alpha_((float)setup.alpha), update_(state.update),
      activityPenalty_(state.activity_penalty), parameters_(state.parameters, state.parameters + layout_.count),
      first_(state.first_moment, state.first_moment + layout_.count),
      second_(state.second_moment, state.second_moment + layout_.count), gradient_(layout_.count),
      weights_(layout_, padding_, kernels, alpha_),
      model_{layout_, padding_, kernels_, activate, alpha_, setup.recurrent_credit != 0, weights_, parameters_.data()},
      pool_(setup.threads) {
  for (int i = 0; i < pool_.workers(); i++) runners_.push_back(std::make_unique<TileRunner>(model_));
}

void Network::pack() {
  if (!packed_) weights_.pack(parameters_.data(), pool_);
  packed_ = true;
}

lrlab_report Network::accumulate(const lrlab_batch &batch, float *gradient) {
  const double masked = (double)countMasked(batch, layout_.outputs);
  const double rates = (double)batch.trials * batch.steps * layout_.units;
  const LossScale scale{masked, (float)(2.0 * activityPenalty_ / rates)};
  const int tiles = (batch.trials + kernels_.rows - 1) / kernels_.rows;
  const int slices = std::min(tiles, mostSlices(padding_));
  while ((int)sums_.size() < slices) sums_.emplace_back(padding_);
  for (auto &runner : runners_) runner->reserve(batch.steps + 1);
  pack();

  pool_.run(slices, [&](int slice, int worker) {
    Sums &sums = sums_[slice];
    sums.clear();
    for (int i = (int)((int64_t)tiles * slice / slices); i < (int)((int64_t)tiles * (slice + 1) / slices); i++) {
      const int first = i * kernels_.rows;
      runners_[worker]->train(batch, {first, std::min(kernels_.rows, batch.trials - first)}, scale, sums);
    }
  });
  collectGradient(layout_, padding_, alpha_, sums_, slices, gradient, pool_);

  double squaredError = 0, squaredRate = 0;
  for (int s = 0; s < slices; s++) {
    squaredError += sums_[s].squaredError;
    squaredRate += sums_[s].squaredRate;
  }
  lrlab_report report{};
  report.main_loss = squaredError / masked;
  report.activity_loss = activityPenalty_ * squaredRate / rates;
  report.activity_penalty = nextActivityPenalty(activityPenalty_, report.main_loss, report.activity_loss);
  report.update = update_ + 1;
  return report;
}

lrlab_report Network::gradient(const lrlab_batch &batch, float *gradient) {
  lrlab_report report = accumulate(batch, gradient);
  report.gradient_norm = norm(gradient, layout_.count);
  return report;
}

lrlab_report Network::update(const lrlab_batch &batch) {
  lrlab_report report = accumulate(batch, gradient_.data());
  report.gradient_norm = clipNorm_ > 0 ? clip(gradient_.data(), layout_.count, clipNorm_)
                                       : norm(gradient_.data(), layout_.count);
  if (!std::isfinite(report.main_loss + report.activity_loss)) throw Diverged("the loss is not finite");
  if (!std::isfinite(report.gradient_norm)) throw Diverged("the gradient is not finite");
  adam(adam_, report.update, layout_.count, gradient_.data(), parameters_.data(), first_.data(), second_.data());
  update_ = report.update;
  activityPenalty_ = report.activity_penalty;
  packed_ = false;
  return report;
}

void Network::forward(int trials, int steps, const float *input, float *rates, float *readout) {
  for (auto &runner : runners_) runner->reserve(2);
  pack();
  pool_.run((trials + kernels_.rows - 1) / kernels_.rows, [&](int tile, int worker) {
    const int first = tile * kernels_.rows;
    runners_[worker]->forward(steps, input, {first, std::min(kernels_.rows, trials - first)}, rates, readout);
  });
}

void Network::copyState(lrlab_state &state) const {
  state.update = update_;
  state.activity_penalty = activityPenalty_;
  std::copy(parameters_.begin(), parameters_.end(), state.parameters);
  std::copy(first_.begin(), first_.end(), state.first_moment);
  std::copy(second_.begin(), second_.end(), state.second_moment);
}

} // namespace lrlab
