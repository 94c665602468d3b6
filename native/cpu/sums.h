/*
 * sums.h: what a slice of the batch adds up, and the gradient made of it.
 */
#pragma once
#include <vector>

#include "buffer.h"
#include "layout.h"
#include "pool.h"

namespace lrlab {

struct Sums {
  Buffer weights; /* (K, N+O): sum of Z^T D, see kernels.h */
  Buffer a0;      /* N: sum of delta[0] */
  double squaredError = 0, squaredRate = 0;

  explicit Sums(const Padding &);
  void clear();
};

/** gradient (flat, see layout.h) from the sums of slices, added in their order. */
void collectGradient(const Layout &, const Padding &, float alpha, const std::vector<Sums> &, int slices,
                     float *gradient, Pool &);

} // namespace lrlab
