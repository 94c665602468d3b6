/*
 * dense.cpp: see dense.h. Backwards, D[t] = delta[t] | e[t-1] pairs with Z[t-1]; kBlock steps of D are kept and then
 * summed into the gradient at once. At the start, step 0, nothing is read out and no penalty holds.
 */
#include "dense.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace lrlab {

DenseRunner::DenseRunner(const Model &m, History &history) : Runner(m, history), lost_(m.alpha) {
  if (m.credit.keeps == LRLAB_KEEPS_NOTHING) lost_.assign(m.padding.columns, 1.0f);
  if (!std::isnan(m.credit.slope)) slopeBetween_.assign(m.padding.columns, (float)m.credit.slope);
}

void DenseRunner::reserve(const lrlab_batch &batch) {
  const size_t tile = (size_t)model_.kernels.rows * model_.padding.columns;
  const size_t slopes = slopesOf(batch) * tile;
  if (slope_.size() < slopes) slope_ = Buffer(slopes);
  if (d_.size() > 0) return;
  d_ = Buffer((kBlock + 1) * tile);
  if (model_.errorsOfRates()) q_ = Buffer(tile), sent_ = Buffer(tile), sending_ = Buffer(tile);
}

int DenseRunner::slopesOf(const lrlab_batch &batch) const {
  return model_.slopeByRate && !batch.noise ? 1 : history_.steps();
}

void DenseRunner::start(const Pass &pass, Tile tile) {
  const int columns = model_.padding.columns;
  history_.start(pass);
  const MutableRows a = history_.preactivations();
  for (int m = 0; m < model_.kernels.rows; m++) {
    float *h = history_.z(0) + (size_t)m * model_.padding.zStride;
    model_.activate(a.data + m * a.stride, h, slope(0, pass) + (size_t)m * columns, columns);
    if (model_.leakyRate()) std::memcpy(h, a.data + m * a.stride, columns * sizeof(float));
  }
  history_.setInput(0, pass, tile);
}

void DenseRunner::step(int t, const Pass &pass, Tile tile) {
  const Padding &p = model_.padding;
  history_.advance(t, pass, {});
  const MutableRows a = history_.preactivations();
  for (int m = 0; m < model_.kernels.rows; m++)
    model_.activate(a.data + m * a.stride, history_.z(t) + (size_t)m * p.zStride, slope(t, pass) + (size_t)m * p.columns,
                    p.columns);
  if (model_.leakyRate())
    model_.kernels.leakRate(model_.alpha.data(), history_.rates(t - 1), {history_.z(t), p.zStride}, p.columns);
  if (pass.batch.noise) addNoise(t, pass, tile);
  history_.setInput(t, pass, tile);
}

/** Noise on the rates of step t. */
void DenseRunner::addNoise(int t, const Pass &pass, Tile tile) {
  const int N = model_.layout.units;
  for (int m = 0; m < tile.count; m++) {
    float *h = history_.z(t) + (size_t)m * model_.padding.zStride;
    const float *noise = pass.batch.noise + ((size_t)tile.trials[m] * pass.batch.steps + (t - 1)) * N;
    for (int i = 0; i < N; i++) h[i] += noise[i];
  }
}

/** e[t] into the readout's columns of d, zeros beyond. */
void DenseRunner::setError(int t, const Pass &pass, const Paths &paths, float *d, Sums &sums) {
  const int N = model_.layout.units, columns = model_.padding.columns;
  for (int m = 0; m < model_.kernels.rows; m++) std::fill(d + m * columns + N, d + (m + 1) * columns, 0.0f);
  sums.error += paths.readError(t, pass, history_, d + N, columns);
}

/** Adds D[firstStep ...] of slots 0 ... steps-1 to the gradient. */
void DenseRunner::sumBlock(int firstStep, int steps, Sums &sums) {
  const Padding &p = model_.padding;
  model_.gradient(steps, p.depth, p.vectors, history_.rates(firstStep - 1), {d(0), p.columns},
                  {sums.weights.data(), p.columns});
}

/** delta[t] into `to`, from delta[t+1] | e[t] in `next` (or from q[t+1] where errors are those of rates). */
void DenseRunner::stepBack(int t, const Pass &pass, const float *next, float *to) {
  const ptrdiff_t columns = model_.padding.columns;
  float *const slopeOf = slope(t, pass);
  const Rows slopes{slopeOf, columns};
  for (int m = 0; slopesOf(pass.batch) == 1 && m < model_.kernels.rows; m++)
    model_.slopeByRate(history_.z(t) + (size_t)m * model_.padding.zStride, slopeOf + m * columns, (int)columns);
  CreditStep s;
  s.weights = pass.weights.backward();
  s.units = model_.layout.units;
  s.between = errorPassesTo(t, pass.batch.steps, model_.credit);
  s.sent = model_.errorsOfRates() ? rowsOf(sent_) : Rows{next, columns};
  s.error = {next + model_.layout.units, columns};
  s.h = history_.rates(t);
  s.slope = slopes;
  s.slopeBetween = slopeBetween_.empty() ? slopes : Rows{slopeBetween_.data(), 0};
  s.alpha = lost_.data();
  s.penalty = penalty_.data();
  s.carried = model_.errorsOfRates() ? rowsOf(q_) : Rows{next, columns};
  s.delta = {to, columns};
  s.q = {q_.data(), columns};
  s.sending = {sending_.data(), columns};
  if (!model_.errorsOfRates()) return model_.kernels.backwardPreactivation(s);
  model_.kernels.backwardRate(s);
  std::swap(sent_, sending_);
}

void DenseRunner::forget() {
  std::fill_n(d(kBlock), (size_t)model_.kernels.rows * model_.padding.columns, 0.0f);
  if (model_.errorsOfRates()) q_.clear(), sent_.clear();
}

void DenseRunner::descend(const Pass &pass, const Paths &paths, int last, int lowest, Sums &sums) {
  const int T = pass.batch.steps;
  const size_t rows = model_.kernels.rows, slotSize = rows * model_.padding.columns;
  while (last >= lowest) {
    const int first = std::max(lowest, last - kBlock + 1);
    for (int t = last; t >= first; t--) {
      float *to = d(t - first);
      setPenalty(t, pass, paths);
      if (t > T) std::fill_n(to, slotSize, 0.0f);
      else stepBack(t, pass, t == last ? d(kBlock) : d(t - first + 1), to);
      setError(t - 1, pass, paths, to, sums);
    }
    sumBlock(first, last - first + 1, sums);
    std::copy_n(d(0), slotSize, d(kBlock));
    last = first - 1;
  }
}

void DenseRunner::addStart(const Pass &pass, int rows, Sums &sums) {
  std::fill(penalty_.begin(), penalty_.end(), 0.0f);
  stepBack(0, pass, d(kBlock), d(0));
  const float *start = model_.leakyRate() ? q_.data() : d(0);
  for (int m = 0; m < rows; m++)
    for (int i = 0; i < model_.layout.units; i++) sums.a0[i] += start[(size_t)m * model_.padding.columns + i];
}

} // namespace lrlab
