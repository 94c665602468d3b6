/*
 * stretch.cpp: the way back of silent.h, stretch by stretch. D[t] = delta[t] | e[t-1] pairs with Z[t-1], t from T + 1,
 * where delta is 0, down to 1.
 */
#include <algorithm>
#include <numeric>

#include "silent.h"

namespace lrlab {
namespace {

/** What a stretch costs beyond its steps, in products of C by C. */
constexpr double kStretchCost = 2.5;

int countOf(const std::vector<uint32_t> &responsive, int units) {
  int count = 0;
  for (int i = 0; i < units; i++) count += responsive[i] != 0;
  return count;
}

} // namespace

/**
 * The first step, `lowest` or later, of the stretch that ends at `last`, and the list of its units. Blocks are added as long as carrying
 * their further units along costs less than another stretch would.
 */
int SilentRunner::chooseStretch(int last, int lowest, int steps) {
  const int N = model_.layout.units;
  const auto responsiveWithin = [&](int from, int to, std::vector<uint32_t> &any) {
    std::fill(any.begin(), any.end(), 0u);
    for (int t = from; t <= to; t++) {
      const uint32_t *bits = responsive(t);
      for (int i = 0; i < N; i++) any[i] |= bits[i];
    }
  };
  int first = std::max(lowest, last - kBlock + 1);
  responsiveWithin(first - 1, std::min(last, steps), chosen_);
  double size = countOf(chosen_, N);
  while (first > lowest) {
    const int next = std::max(lowest, first - kBlock);
    responsiveWithin(next - 1, first - 1, block_);
    const double blockSize = countOf(block_, N);
    for (int i = 0; i < N; i++) block_[i] |= chosen_[i];
    const double both = countOf(block_, N);
    if ((both - size) * (last - first + 1) + (both - blockSize) * (first - next) > kStretchCost * both) break;
    std::swap(chosen_, block_);
    size = both;
    first = next;
  }
  list(chosen_.data(), places_);
  units_ = (int)places_.size();
  places_.resize(units_ + std::max(model_.layout.inputs + 1, model_.layout.outputs));
  std::iota(places_.begin() + units_, places_.end(), N);
  return first;
}

/** Packs the weights among the stretch's units, and takes up delta and Brec^T (alpha delta) where the last one ended. */
void SilentRunner::enterStretch(const Pass &pass, int last) {
  const Kernels &k = model_.kernels;
  const int N = model_.layout.units, O = model_.layout.outputs;
  const int sending = model_.errorPassesBetweenUnits() ? units_ : 0;
  const int vectors = roundUp(units_ + O, k.lanes) / k.lanes;
  const float *feedback = pass.weights.feedback();
  const ptrdiff_t stride = model_.padding.columns;
  for (int panel = 0; panel < panelCount(vectors, k.panel); panel++) {
    const int first = panelStart(vectors, k.panel, panel) * k.lanes;
    const int width = panelStart(vectors, k.panel, panel + 1) * k.lanes - first;
    const int used = std::clamp(units_ - first, 0, width);
    float *to = weights_.data() + (size_t)first * (sending + O);
    for (int row = 0; row < sending + O; row++, to += width) {
      const float *from = feedback + (row < sending ? places_[row] : N + row - sending) * stride;
      for (int x = 0; x < used; x++) to[x] = from[places_[first + x]];
      std::fill(to + used, to + width, 0.0f);
    }
  }
  recurrent_.clear();
  if (sending > 0 && last <= pass.batch.steps) {
    k.product(feedback, stride, N, model_.padding.vectors, {delta_.data(), stride_}, {whole_.data(), stride_});
    k.gather(places_.data(), units_, k.rows, {whole_.data(), stride_}, {recurrent_.data(), stride_});
  }
  float *carried = slot(d_, kBlock);
  k.gather(places_.data(), units_, k.rows, {delta_.data(), stride_}, {carried, stride_});
  std::copy_n(delta_.data(), delta_.size(), silent_.data());
  for (int m = 0; m < k.rows; m++) {
    for (int x = 0; x < units_; x++) silent_[(size_t)m * stride_ + places_[x]] = 0.0f;
    std::fill_n(silent_.data() + (size_t)m * stride_ + N, stride_ - N, 0.0f);
    float *own = own_.data() + (size_t)m * stride_;
    std::fill_n(own, stride_, 0.0f);
    std::copy_n(delta_.data() + (size_t)m * stride_ + N, O, own + units_);
  }
  trace_.clear();
  std::fill_n(sum_.data(), (size_t)roundUp(units_ + model_.layout.inputs + 1, k.rows) * stride_, 0.0f);
  decay_ = 1;
}

/** e[t-1] beside delta[t] in D and beside own[t]. */
void SilentRunner::setError(const Pass &pass, const Paths &paths, int t, int index, Sums &sums) {
  const int end = roundUp(units_ + model_.layout.outputs, model_.kernels.lanes);
  float *d = slot(d_, index);
  for (int m = 0; m < model_.kernels.rows; m++) std::fill(d + m * stride_ + units_, d + m * stride_ + end, 0.0f);
  sums.error += paths.readError(t - 1, pass, history_, d + units_, stride_);
  for (int m = 0; m < model_.kernels.rows; m++)
    std::copy_n(d + m * stride_ + units_, end - units_, own_.data() + (size_t)m * stride_ + units_);
}

void SilentRunner::stepBack(const Pass &pass, const Paths &paths, int t, int index, int nextIndex) {
  const int O = model_.layout.outputs;
  setPenalty(t, pass, paths);
  std::swap(own_, before_);
  CompactStep s;
  s.weights = {weights_.data(), O + (model_.errorPassesBetweenUnits() ? units_ : 0),
               roundUp(units_ + O, model_.kernels.lanes) / model_.kernels.lanes};
  s.units = units_;
  s.outputs = O;
  s.between = errorPassesTo(t, pass.batch.steps, model_.credit);
  s.alpha = model_.alpha[0];
  s.forget = decay_ == 1 ? 0.0f : s.alpha; /* the first step: `recurrent_` is that of t already */
  s.from = {before_.data(), stride_};
  s.h = {slot(z_, index + 1), stride_};
  s.slope = {slot(slope_, index + 1), stride_};
  s.penalty = penalty_.data();
  s.deltaNext = {slot(d_, nextIndex), stride_};
  s.recurrent = {recurrent_.data(), stride_};
  s.own = {own_.data(), stride_};
  s.delta = {slot(d_, index), stride_};
  model_.kernels.backwardCompact(s);
}

/** Steps last ... first of a stretch, at most kBlock. */
void SilentRunner::runBlock(const Pass &pass, const Paths &paths, int first, int last, Sums &sums) {
  const Kernels &k = model_.kernels;
  const int steps = last - first + 1, depth = units_ + model_.layout.inputs + 1;
  const int kept = std::min(last, pass.batch.steps) - first + 2;
  k.gather(places_.data(), depth, kept * k.rows, history_.rates(first - 1), {z_.data(), stride_});
  for (int row = 0; row < kept * k.rows; row++)
    model_.rectifier->slopes(z_.data() + row * stride_, slope_.data() + row * stride_, units_);
  for (int t = last; t >= first; t--) {
    const int index = t - first;
    if (t > pass.batch.steps) std::fill_n(slot(d_, index), k.rows * stride_, 0.0f);
    else stepBack(pass, paths, t, index, t == last ? kBlock : index + 1);
    setError(pass, paths, t, index, sums);
    decay_ -= decay_ * model_.alpha[0];
    k.addScaled(decay_, {slot(z_, index), stride_}, {trace_.data(), stride_}, depth);
  }
  model_.gradient(steps, depth, roundUp(units_ + model_.layout.outputs, k.lanes) / k.lanes, {z_.data(), stride_},
                  {d_.data(), stride_}, {sum_.data(), stride_});
  std::copy_n(slot(d_, 0), k.rows * stride_, slot(d_, kBlock));
}

/** Adds the stretch's sums to those of the slice, and takes delta of all units to its first step. */
void SilentRunner::leaveStretch(int last, int steps, Sums &sums) {
  const Kernels &k = model_.kernels;
  const int N = model_.layout.units, O = model_.layout.outputs;
  Fold f;
  f.places = places_.data();
  f.depth = units_ + model_.layout.inputs + 1;
  f.columns = units_ + O;
  f.compact = {sum_.data(), stride_};
  f.decaying = last <= steps;
  f.trace = {trace_.data(), stride_};
  f.silentDelta = {silent_.data(), stride_};
  f.vectors = model_.padding.vectors;
  f.scratch = scratch_.data();
  f.sum = {sums.weights.data(), model_.padding.columns};
  k.fold(f);
  for (int m = 0; m < k.rows; m++) {
    float *delta = delta_.data() + (size_t)m * stride_;
    const float *compact = slot(d_, kBlock) + (size_t)m * stride_;
    for (int i = 0; i < N; i++) delta[i] *= decay_;
    for (int x = 0; x < units_ + O; x++) delta[places_[x]] = compact[x];
  }
}

void SilentRunner::descend(const Pass &pass, const Paths &paths, int last, int lowest, Sums &sums) {
  const int T = pass.batch.steps;
  while (last >= lowest) {
    const int first = chooseStretch(last, lowest, T);
    enterStretch(pass, last);
    for (int end = last; end >= first; end -= kBlock)
      runBlock(pass, paths, std::max(first, end - kBlock + 1), end, sums);
    leaveStretch(last, T, sums);
    last = first - 1;
  }
}

/** delta[0] = phi'(a0) Brec^T (alpha delta[1]) + (1 - alpha) delta[1] */
void SilentRunner::addStart(const Pass &pass, int rows, Sums &sums) {
  const Kernels &k = model_.kernels;
  const int N = model_.layout.units;
  whole_.clear();
  if (errorPassesTo(0, pass.batch.steps, model_.credit))
    k.product(pass.weights.feedback(), model_.padding.columns, N, model_.padding.vectors, {delta_.data(), stride_},
              {whole_.data(), stride_});
  model_.rectifier->slopes(history_.rates(0).data, scratch_.data(), model_.padding.columns);
  for (int m = 0; m < rows; m++)
    for (int i = 0; i < N; i++) {
      const float next = delta_[(size_t)m * stride_ + i];
      sums.a0[i] += scratch_[i] * whole_[(size_t)m * stride_ + i] + (next - next * model_.alpha[i]);
    }
  scratch_.clear();
}

} // namespace lrlab
