/*
 * slices.cpp: see slices.h.
 */
#include "slices.h"

namespace lrlab {
namespace {

/** Enough slices to share out over many threads, within 64 MB of sums. */
int mostSlices(const Padding &p) {
  const size_t fitting = (size_t(64) << 20) / ((size_t)p.sumRows * p.columns * sizeof(float));
  return (int)std::clamp<size_t>(fitting, 4, 32);
}

} // namespace

Slices::Slices(const Model &m)
    : inputs_(m.layout.inputs), rows_(m.kernels.rows), most_(mostSlices(m.padding)) {}

void Slices::reserve(const lrlab_batch &batch) {
  order_.reserve(batch.trials);
  grouping_.reserve(batch.trials, batch.steps, inputs_);
}

void Slices::cut(const lrlab_batch &batch) { grouping_.order(batch, inputs_, rows_, order_); }

Tile Slices::tile(int index) const {
  const int first = index * rows_;
  return {order_.data() + first, std::min(rows_, (int)order_.size() - first)};
}

} // namespace lrlab
