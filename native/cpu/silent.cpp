/*
 * silent.cpp: see silent.h; the way back is in stretch.cpp.
 */
#include "silent.h"

#include <algorithm>
#include <cmath>

namespace lrlab {
namespace {

/** Rows of a tile of trials. */
class OneTrialEach : public Paths {
public:
  explicit OneTrialEach(Tile tile) : tile_(tile) {}
  float followers(int row, int) const override { return row < tile_.count ? 1.0f : 0.0f; }
  double readError(int t, const Pass &pass, History &history, float *error, ptrdiff_t stride) const override {
    return history.readError(t, pass, tile_, error, stride);
  }

private:
  const Tile tile_;
};

} // namespace

bool SilentRunner::fits(const Model &m, const lrlab_batch &batch) {
  return m.rectifier && !batch.noise && !m.errorsOfRates() && m.credit.keeps == LRLAB_KEEPS_STATE && m.alphaIsShared() &&
         (std::isnan(m.credit.slope) || !m.errorPassesBetweenUnits());
}

SilentRunner::SilentRunner(const Model &m, History &history)
    : model_(m), history_(history), stride_(m.padding.zStride), trials_(m.kernels.rows), penalty_(m.kernels.rows) {}

void SilentRunner::reserve() {
  const Padding &p = model_.padding;
  const size_t tile = (size_t)model_.kernels.rows * stride_;
  const size_t words = (size_t)history_.steps() * p.columns;
  if (responsive_.size() < words) responsive_.resize(words);
  if (z_.size() > 0) return;
  firing_.reserve(model_.layout.units);
  places_.reserve(p.depth + model_.layout.outputs);
  chosen_.resize(p.columns), block_.resize(p.columns);
  weights_ = Buffer((size_t)(model_.layout.units + model_.layout.outputs) * stride_);
  z_ = Buffer((kBlock + 1) * tile), slope_ = Buffer((kBlock + 1) * tile), d_ = Buffer((kBlock + 1) * tile);
  own_ = Buffer(tile), before_ = Buffer(tile), recurrent_ = Buffer(tile), trace_ = Buffer(tile);
  sum_ = Buffer((size_t)p.sumRows * stride_);
  scratch_ = Buffer(stride_);
  delta_ = Buffer(tile), silent_ = Buffer(tile), whole_ = Buffer(tile);
}

void SilentRunner::list(const uint32_t *responsive, std::vector<int> &units) const {
  const int N = model_.layout.units;
  units.resize(N);
  int count = 0;
  for (int i = 0; i < N; i++) {
    units[count] = i;
    count += responsive[i] != 0;
  }
  units.resize(count);
}

void SilentRunner::rectify(int t) {
  model_.rectifier->rates(history_.preactivations(), {history_.z(t), model_.padding.zStride}, model_.padding.columns,
                          responsive(t));
  list(responsive(t), firing_);
}

void SilentRunner::start(const Pass &pass, Tile tile) {
  history_.start(pass);
  rectify(0);
  history_.setInput(0, pass, tile);
}

void SilentRunner::step(int t, const Pass &pass, Tile tile) {
  history_.advance(t, pass, firing());
  rectify(t);
  history_.setInput(t, pass, tile);
}

/** Takes up the state of a path. */
void SilentRunner::join(const Pass &pass, Tile tile, const Branch &branch) {
  const int N = model_.layout.units, t = branch.step;
  const MutableRows a = history_.preactivations();
  uint32_t *any = responsive(t);
  std::fill_n(any, model_.padding.columns, 0u);
  for (int m = 0; m < model_.kernels.rows; m++) {
    const float *rates = branch.rates.data + branch.rows[m] * branch.rates.stride;
    std::copy_n(rates, N, history_.z(t) + (size_t)m * model_.padding.zStride);
    std::copy_n(branch.preactivations.data + branch.rows[m] * branch.preactivations.stride, model_.padding.columns,
                a.data + m * a.stride);
    for (int i = 0; i < N; i++) any[i] |= rates[i] != 0.0f || std::signbit(rates[i]);
  }
  list(any, firing_);
  history_.setInput(t, pass, tile);
}

void SilentRunner::sumRates(const Paths &paths, int first, int last, Sums &sums) {
  for (int t = first; t <= last; t++) {
    for (int m = 0; m < model_.kernels.rows; m++) trials_[m] = paths.followers(m, t);
    sums.squaredRate += model_.kernels.sumOfSquares(history_.rates(t), trials_.data(), model_.layout.units);
  }
}

void SilentRunner::train(const Pass &pass, Tile tile, const Branch &branch, Sums &sums) {
  const OneTrialEach paths(tile);
  const int T = pass.batch.steps, N = model_.layout.units, O = model_.layout.outputs;
  if (branch.step == 0) start(pass, tile);
  else join(pass, tile, branch);
  for (int t = branch.step + 1; t <= T; t++) {
    step(t, pass, tile);
    sumRates(paths, t, t, sums);
  }
  finish(pass);
  forget();
  descend(pass, paths, T + 1, branch.step + 1, sums);
  if (branch.step == 0) return addStart(pass, tile.count, sums);
  for (int m = 0; m < model_.kernels.rows; m++)
    std::copy_n(delta_.data() + (size_t)m * stride_, N + O, branch.handover.data + m * branch.handover.stride);
}

} // namespace lrlab
