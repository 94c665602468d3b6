/*
 * kernels.h: the inner loops, one table of them per instruction set.
 *
 * A tile is kRows trials that run together. Its matrices have these rows and columns:
 *
 *   Z[t] (rows, K)      h[t] | x[t+1] | 1                K = N + I + 1
 *   M    (K, N+O)       W^T  Win^T  b  with Wout^T and bout in further columns
 *   D[t] (rows, N+O)    delta[t] | e[t-1]                delta = dloss/da or dloss/du, e = dloss/dy
 *
 * so that one product gives the next step's drive and this step's readout (Z M), another the errors of the step
 * before, a third the gradients of all weights and biases (Z^T D).
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

/** One matrix of a tile: kRows rows, `stride` floats apart; stride 0: all rows are the same. */
struct Rows {
  const float *data;
  ptrdiff_t stride;
};
struct MutableRows {
  float *data;
  ptrdiff_t stride;
  operator Rows() const { return {data, stride}; }
};

/** h = phi(a) and its slope, for n elements rounded up to whole vectors. */
using Activate = void (*)(const float *a, float *h, float *slope, int n);

/** One step of credit assignment, see backward.cpp. */
struct CreditStep {
  Panels weights; /* (N+O, N): alpha Brec over Bout */
  int units;
  bool between;         /* whether error passes between units */
  Rows sent;            /* (rows, N): delta[t+1], or s q of t+1 with the leak on the rate */
  Rows error;           /* (rows, O): e[t] */
  Rows h, slope;        /* (rows, N): of step t */
  Rows slopeBetween;    /* (rows, N): s of step t */
  const float *alpha;   /* N */
  const float *penalty; /* rows: 2 r / (B T N), 0 for rows without a trial */
  Rows carried;         /* (rows, N): delta[t+1] or q[t+1] */
  MutableRows delta;    /* (rows, N), written */
  MutableRows q;        /* with the leak on the rate: (rows, N), written; may be `carried` */
  MutableRows sending;  /* with the leak on the rate: s q of t, written; not `sent` */
};

struct Kernels {
  const char *name;
  int lanes;  /* floats in a vector */
  int rows;   /* trials in a tile */
  int panel;  /* vectors in a panel */

  /** forward.cpp */
  void (*advance)(const Panels &weights, int units, int firstVector, Rows z, MutableRows a, const float *alpha);
  void (*leakRate)(const float *alpha, Rows before, MutableRows h, int n);
  /** backward.cpp */
  void (*backwardPreactivation)(const CreditStep &);
  void (*backwardRate)(const CreditStep &);
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
