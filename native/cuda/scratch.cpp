/* scratch.cpp: see scratch.h. */
#include "scratch.h"

namespace lrlab::cuda {

namespace {

class Cursor {
public:
  explicit Cursor(char *base) : base_(base) {}

  template <class T> T *take(size_t count) {
    T *const at = reinterpret_cast<T *>(base_ + used_);
    used_ += (count * sizeof(T) + 255) / 256 * 256;
    return at;
  }
  size_t used() const { return used_; }

private:
  char *const base_;
  size_t used_ = 0;
};

} // namespace

size_t placeArrays(Work &w, int slots, bool withNoise, bool forwardOnly, char *base) {
  const Layout &l = w.layout;
  const size_t S = slots, n = l.columns, N = l.units, O = l.outputs, K = l.zStride;
  const size_t trials = w.trials, trialSteps = trials * w.steps, rows = rowsOf(w);
  Cursor at(base);
  w.orders = at.take<Order>(S);
  w.outcomes = at.take<Outcome>(S);
  w.forwardWeights = at.take<float>(S * K * n);
  w.feedback = at.take<float>(S * O * n);
  w.start = at.take<float>(S * n);
  w.h0 = at.take<float>(S * n);
  w.slope0 = at.take<float>(S * n);
  w.input = at.take<float>(S * trialSteps * l.inputs);
  w.z = at.take<float>(S * rows * K);
  if (forwardOnly) {
    w.readout = at.take<float>(S * trialSteps * O);
    return at.used();
  }
  const size_t targets = trialSteps * (w.loss == LRLAB_CROSS_ENTROPY ? 1 : O);
  w.target = at.take<float>(S * targets);
  w.lossMask = at.take<float>(S * targets);
  if (withNoise) w.noise = at.take<float>(S * trialSteps * N);
  w.counted = at.take<int>(S);
  if (w.credit.recurrent != LRLAB_CREDIT_NONE) w.backwardWeights = at.take<float>(S * n * n);
  w.d = at.take<float>(S * rows * l.dStride);
  w.startError = at.take<float>(S * trials * n);
  w.lossSums = at.take<double>(S * 2 * lossBlocks(w));
  w.pieces = at.take<float>(S * gradientPieces(w) * l.dStride * K);
  w.gradient = at.take<float>(S * l.count);
  return at.used();
}

} // namespace lrlab::cuda
