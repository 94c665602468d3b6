/*
 * model.cpp: see model.h.
 */
#include "model.h"

#include <algorithm>

namespace lrlab {
namespace {

std::vector<CellType> cellTypesOf(const lrlab_setup &s) {
  std::vector<CellType> types;
  for (int k = 0; k < s.cell_types; k++) types.push_back({s.cell_type_ranges[2 * k], s.cell_type_ranges[2 * k + 1]});
  return types;
}

std::vector<float> alphaOf(const lrlab_setup &s, const Padding &p) {
  std::vector<float> alpha(p.columns, 1.0f);
  std::copy_n(s.alpha, s.units, alpha.begin());
  return alpha;
}

} // namespace

Model::Model(const lrlab_setup &s, const Kernels &k, int activation)
    : kernels(k), layout(s.units, s.inputs, s.outputs), padding(layout, k), activate(k.activation(activation)),
      slopeByRate(s.leak == LRLAB_LEAK_RATE ? nullptr : k.slopeByRate(activation)),
      gradient(s.precision == LRLAB_BF16 ? k.gradientBf16() : k.gradient),
      rectifier(k.rectifier(activation)), leak(s.leak), loss(s.loss), dale(s.dale != 0), blockPenalty(s.block_penalty),
      credit(s.credit), readoutDecay(s.readout_decay), optimizer(s.optimizer), cellTypes(cellTypesOf(s)), alpha(alphaOf(s, padding)) {}

} // namespace lrlab
