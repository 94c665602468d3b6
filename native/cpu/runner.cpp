/*
 * runner.cpp: see runner.h.
 */
#include "runner.h"

#include <algorithm>

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

void Runner::join(const Pass &pass, Tile tile, const Branch &branch) {
  const MutableRows a = history_.preactivations();
  for (int m = 0; m < model_.kernels.rows; m++) {
    std::copy_n(branch.rates.data + branch.rows[m] * branch.rates.stride, model_.layout.units,
                history_.z(branch.step) + (size_t)m * model_.padding.zStride);
    std::copy_n(branch.preactivations.data + branch.rows[m] * branch.preactivations.stride, model_.padding.columns,
                a.data + m * a.stride);
  }
  history_.setInput(branch.step, pass, tile);
}

void Runner::sumRates(const Paths &paths, int first, int last, Sums &sums) {
  for (int t = first; t <= last; t++) {
    for (int m = 0; m < model_.kernels.rows; m++) followers_[m] = paths.followers(m, t);
    sums.squaredRate += model_.kernels.sumOfSquares(history_.rates(t), followers_.data(), model_.layout.units);
  }
}

void Runner::setPenalty(int t, const Pass &pass, const Paths &paths) {
  for (int m = 0; m < model_.kernels.rows; m++) penalty_[m] = t > 0 ? pass.penalty * paths.followers(m, t) : 0.0f;
}

void Runner::train(const Pass &pass, Tile tile, const Branch &branch, Sums &sums) {
  const OneTrialEach paths(tile);
  const int T = pass.batch.steps;
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
  const MutableRows left = delta();
  for (int m = 0; m < model_.kernels.rows; m++)
    std::copy_n(left.data + m * left.stride, model_.layout.units + model_.layout.outputs,
                branch.handover.data + m * branch.handover.stride);
}

} // namespace lrlab
