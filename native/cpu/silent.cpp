/*
 * silent.cpp: see silent.h; the way back is in stretch.cpp.
 */
#include "silent.h"

#include <algorithm>
#include <cmath>

namespace lrlab {
bool SilentRunner::fits(const Model &m, const lrlab_batch &batch) {
  return m.rectifier && !batch.noise && !m.errorsOfRates() && m.credit.keeps == LRLAB_KEEPS_STATE && m.alphaIsShared() &&
         (std::isnan(m.credit.slope) || !m.errorPassesBetweenUnits());
}

void SilentRunner::reserve(const lrlab_batch &) {
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

void SilentRunner::join(const Pass &pass, Tile tile, const Branch &branch) {
  Runner::join(pass, tile, branch);
  uint32_t *any = responsive(branch.step);
  std::fill_n(any, model_.padding.columns, 0u);
  for (int m = 0; m < model_.kernels.rows; m++) {
    const float *rates = history_.z(branch.step) + (size_t)m * model_.padding.zStride;
    for (int i = 0; i < model_.layout.units; i++) any[i] |= rates[i] != 0.0f || std::signbit(rates[i]);
  }
  list(any, firing_);
}

} // namespace lrlab
