/*
 * slices.cpp: see slices.h.
 */
#include "slices.h"

#include <numeric>

namespace lrlab {
namespace {

/** Enough slices to share out over many threads, within 64 MB of sums. */
int mostSlices(const Padding &p) {
  const size_t fitting = (size_t(64) << 20) / ((size_t)p.sumRows * p.columns * sizeof(float));
  return (int)std::clamp<size_t>(fitting, 4, 32);
}

} // namespace

Slices::Slices(const Model &m) : rows_(m.kernels.rows), most_(mostSlices(m.padding)) {}

void Slices::cut(const lrlab_batch &batch) {
  order_.resize(batch.trials);
  std::iota(order_.begin(), order_.end(), 0);
}

Tile Slices::tile(int index) const {
  const int first = index * rows_;
  return {order_.data() + first, std::min(rows_, (int)order_.size() - first)};
}

} // namespace lrlab
