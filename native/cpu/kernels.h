/*
 * kernels.h: the inner loops, one table of them per instruction set.
 *
 * A tile is kRows trials that run together. Its matrices have these rows and columns:
 *
 *   Z[t] (rows, K)      h[t] | x[t+1] | 1                K = N + I + 1
 *   M    (K, N+O)       Wrec^T  Win^T  b  with Wout^T and bout in further columns
 *   D[t] (rows, N+O)    dloss/da[t] | dloss/dy[t-1]
 *
 * so that one product gives the next step's drive and this step's readout (Z M), another the errors of the step
 * before (D M^T), a third the gradients of all weights and biases (Z^T D).
 * Columns are padded to whole vectors; weights are packed into panels of kPanel vectors, depth first.
 */
#pragma once
#include <cstddef>

namespace lrlab {

/** A packed right-hand matrix (depth, vectors * lanes). */
struct Panels {
  const float *data;
  int depth, vectors;
};

/** One matrix of a tile: kRows rows, `stride` floats apart. */
struct Rows {
  const float *data;
  ptrdiff_t stride;
};
struct MutableRows {
  float *data;
  ptrdiff_t stride;
};

/** h = phi(a) and its slope, for n elements rounded up to whole vectors. */
using Activate = void (*)(const float *a, float *h, float *slope, int n);

struct Kernels {
  const char *name;
  int lanes;  /* floats in a vector */
  int rows;   /* trials in a tile */
  int panel;  /* vectors in a panel */

  /** forward.cpp */
  void (*advance)(const Panels &weights, int units, int firstVector, Rows z, MutableRows a, const float *alpha);
  /** backward.cpp */
  void (*backward)(const Panels &weights, int firstRow, Rows dNext, Rows h, Rows slope, const float *penalty,
                   float alpha, MutableRows d);
  /** gradient.cpp */
  void (*gradient)(int steps, int depth, int vectors, Rows z, Rows d, MutableRows sum);
  /** activity.cpp */
  float (*sumOfSquares)(const float *h, int n);
  /** activation.cpp; by the index of its name */
  Activate (*activation)(int index);
};

/** Names of activations by index; null past the end. */
const char *activationName(int index);

/** The tables that this machine can run, the best first; null past the end. */
const Kernels *kernelsAt(int index);

} // namespace lrlab
