/*
 * work.h: what every kernel is told: the form of the networks, the batch, and where arrays lie.
 *
 * S networks are held. One pass takes some of them, each in a slot; blockIdx.y (or z) is the slot. Arrays of the
 * network are found by `network[slot]`, arrays of the pass by the slot.
 */
#pragma once
#include "layout.h"

namespace lrlab::cuda {

/** What one network of a pass is told by the host. */
struct Order {
  int network;
  float penaltySlope;         /* p = 2 r / (B T N) */
  double activityPenalty;     /* r */
  float keep, step, root;     /* Adam: 1 - lr w, lr / (1 - b1^k), sqrt(1 - b2^k) */
};

/** What it tells the host. */
struct Outcome {
  double main, activity, weights, norm;
  float clip;   /* factor of the gradient */
  int accepted; /* 0: the loss or the gradient is not finite */
};

struct Work {
  Layout layout;
  int activation; /* index of its name */
  lrlab_leak leak;
  lrlab_loss loss;
  int dale;
  double blockPenalty;
  int cellTypes;
  lrlab_credit credit;
  lrlab_optimizer optimizer;
  lrlab_precision precision;

  int trials, steps;
  const Order *orders; /* by slot */
  Outcome *outcomes;   /* by slot */

  const float *alpha; /* n, 1 beyond N */
  const int *cellTypeRanges;

  /* Of the networks. */
  float *parameters, *first, *second; /* count */
  const float *mask;                  /* N,N or null */
  const float *readoutFeedback;       /* O,N or null: Wout */
  float *recurrentFeedback;           /* N,N or null */

  /* Of the pass. */
  float *forwardWeights;  /* K,n:  rows W^T, Win^T, b^T, as Z has it */
  float *backwardWeights; /* n,n:  Brec; null where no error passes between units */
  float *feedback;        /* O,n:  Bout */
  float *start;           /* n:    a0 */
  float *h0, *slope0;     /* n:    h[0], and the slope between units there */
  const float *input;     /* B,T,I */
  const float *target, *lossMask;
  const float *noise;     /* B,T,N or null */
  int *counted;           /* entries, or steps, that the mask counts */
  float *z, *d;           /* see layout.h; d null: forward pass alone */
  float *readout;         /* B,T,O: forward pass alone */
  float *startError;      /* B,n: what reaches a0 */
  double *lossSums;       /* lossBlocks pairs: main, squares of h */
  float *pieces;          /* gradientPieces of C,K */
  float *gradient;        /* count */
};

#ifdef __CUDACC__
#define LRLAB_DEVICE __device__ __forceinline__
#else
#define LRLAB_DEVICE inline
#endif

#ifdef __CUDACC__
#define LRLAB_BOTH __host__ __device__ __forceinline__
#else
#define LRLAB_BOTH inline
#endif

LRLAB_BOTH size_t rowsOf(const Work &w) { return (size_t)w.trials * (w.steps + 1); }
LRLAB_DEVICE float *zOf(const Work &w, int slot) { return w.z + slot * rowsOf(w) * w.layout.zStride; }
LRLAB_DEVICE float *dOf(const Work &w, int slot) { return w.d + slot * rowsOf(w) * w.layout.dStride; }
LRLAB_DEVICE size_t parametersOf(const Work &w, int slot) { return w.orders[slot].network * w.layout.count; }

} // namespace lrlab::cuda
