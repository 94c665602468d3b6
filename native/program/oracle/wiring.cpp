/* wiring.cpp: see wiring.h. */
#include "wiring.h"

#include <cmath>

namespace program::oracle {

Numbers effectiveWeights(const Setup &setup, const State &state) {
  const Part Wrec = Parts(setup).Wrec;
  Numbers W(Wrec.count);
  for (size_t k = 0; k < W.size(); k++) {
    const double raw = state.parameters[Wrec.offset + k];
    W[k] = (setup.dale ? std::fabs(raw) : raw) * (state.mask.empty() ? 1 : state.mask[k]);
  }
  return W;
}

Numbers rawGradient(const Setup &setup, const State &state, const Numbers &ofEffective) {
  const Part Wrec = Parts(setup).Wrec;
  Numbers g(ofEffective);
  for (size_t k = 0; k < g.size(); k++) {
    const double raw = state.parameters[Wrec.offset + k];
    if (!state.mask.empty()) g[k] *= state.mask[k];
    if (setup.dale) g[k] *= (raw > 0) - (raw < 0);
  }
  return g;
}

Numbers cellTypeMeans(const Setup &setup, const Numbers &W) {
  const size_t N = setup.units;
  Numbers means(N * N, 0.0);
  for (const auto &[firstRow, endRow] : setup.cellTypes)
    for (const auto &[firstColumn, endColumn] : setup.cellTypes) {
      double sum = 0;
      for (int i = firstRow; i < endRow; i++)
        for (int j = firstColumn; j < endColumn; j++) sum += W[i * N + j];
      const double mean = sum / ((double)(endRow - firstRow) * (endColumn - firstColumn));
      for (int i = firstRow; i < endRow; i++)
        for (int j = firstColumn; j < endColumn; j++) means[i * N + j] = mean;
    }
  return means;
}

} // namespace program::oracle
