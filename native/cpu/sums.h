/*
 * sums.h: what a slice of the batch adds up, and the gradient made of it.
 */
#pragma once
#include "buffer.h"
#include "network.h"

namespace lrlab {

struct Sums {
  Buffer weights; /* (K, N+O): sum of Z^T D, see kernels.h */
  Buffer a0;      /* N: sum of delta[0], or q[0] with the leak on the rate */
  double error = 0, squaredRate = 0;

  explicit Sums(const Padding &);
  void clear();
  Sums &operator+=(const Sums &);
};

/** The rows of Z^T are cut into jobs, which may be done by any thread. */
int gradientJobs(const Model &);
/** Adds further sums of weights in their order to `total`, in the rows of one job. */
void addRows(const Model &, Sums &total, const Sums *sums, int count, int job);
/** gradient (flat, see layout.h) of the weights in the rows of one job. */
void collectGradient(const Model &, const Network &, const Sums &total, float *gradient, int job);

/** What remains once all jobs are done: a0, the block penalty, frozen parameters. */
void finishGradient(const Model &, const Network &, const Sums *sums, int slices, float *gradient);

} // namespace lrlab
