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
 * Columns are padded to whole vectors; weights are packed into panels of at most kPanel vectors, depth first.
 */
#pragma once
#include <cstddef>
#include <cstdint>

namespace lrlab {

/** Panels of so many vectors, at most `widest` each. */
static inline int panelCount(int vectors, int widest) { return (vectors + widest - 1) / widest; }

/** First vector of a panel. They are shared out evenly: sums of a single vector are too few to fill the processor. */
static inline int panelStart(int vectors, int widest, int panel) {
  return vectors * panel / panelCount(vectors, widest);
}

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

/** The units of a tile and step with a rate other than 0 in some trial; list null: all may have. */
struct Firing {
  const int *list = nullptr;
  int count = 0;
};

/** h = phi(a) and its slope, for n elements rounded up to whole vectors. */
using Activate = void (*)(const float *a, float *h, float *slope, int n);
/** The same slope, bit for bit, by h. */
using SlopeByRate = void (*)(const float *h, float *slope, int n);

/** sum[k][i] += sum over steps and rows of Z[k] D[i] */
using Gradient = void (*)(int steps, int depth, int vectors, Rows z, Rows d, MutableRows sum);

/** One step of credit assignment, see backward.cpp. */
struct CreditStep {
  Panels weights; /* (N+O, N): alpha Brec over Bout */
  int units;
  bool between;         /* whether error passes between units */
  Rows sent;            /* (rows, N): delta[t+1], or s q of t+1 with the leak on the rate */
  Rows error;           /* (rows, O): e[t] */
  Rows h, slope;        /* (rows, N): of step t */
  Rows slopeBetween;    /* (rows, N): s of step t */
  const float *alpha;   /* N: the share of its error that a unit loses */
  const float *penalty; /* rows: 2 r / (B T N), 0 for rows without a trial */
  Rows carried;         /* (rows, N): delta[t+1] or q[t+1] */
  MutableRows delta;    /* (rows, N), written */
  MutableRows q;        /* with the leak on the rate: (rows, N), written; may be `carried` */
  MutableRows sending;  /* with the leak on the rate: s q of t, written; not `sent` */
};

/** An activation that is 0 below 0, see rectified.cpp. */
struct Rectifier {
  /** h = phi(a), with -0 for a = 0; responsive[i] != 0 where unit i has a rate or a slope other than 0 in some row. */
  void (*rates)(Rows a, MutableRows h, int n, uint32_t *responsive);
  /** Slope by such a rate. */
  void (*slopes)(const float *h, float *slope, int n);
};

/** One step of credit assignment among the C units of a stretch of time that are not silent, see compact.cpp. */
struct CompactStep {
  Panels weights; /* (C+O, C): alpha Brec over Bout; (O, C) where no error passes between units */
  int units, outputs;   /* C, O */
  bool between;         /* whether error passes from step t + 1 to t */
  float alpha;
  float forget;         /* alpha, or 0 where `recurrent` is that of t already */
  Rows from;            /* (rows, C+O): own[t+1] | e[t] */
  Rows h, slope;        /* (rows, C) */
  const float *penalty; /* rows */
  Rows deltaNext;       /* (rows, C) */
  MutableRows recurrent; /* (rows, C): Brec^T (alpha delta[t+2]), becomes that of t + 1 */
  MutableRows own, delta; /* (rows, C), written; not `from` */
};

/** Sums over a stretch of time, and where they belong in those of the whole tile, see compact.cpp. */
struct Fold {
  const int *places;  /* C units in order, then N, N+1 ...: rows and columns of the compact sum in the whole one */
  int depth, columns; /* C+I+1, C+O */
  Rows compact;       /* (C+I+1, C+O) */
  bool decaying;      /* whether there is a delta from before the stretch */
  Rows trace;         /* (rows, C+I+1) */
  Rows silentDelta;   /* (rows, N+O): 0 in the C units and the outputs */
  int vectors;        /* of a row of the whole sum */
  float *scratch;     /* N+O, zeros before and after */
  MutableRows sum;    /* (K, N+O) */
};

/** What one update of Adam has in common for all parameters, see adam.cpp. */
struct AdamStep {
  float keep;         /* 1 - lr w */
  float beta1, new1;  /* new1 = 1 - beta1 */
  float beta2, new2;
  float rate, root;   /* lr / (1 - beta1^k), sqrt(1 - beta2^k) */
  float epsilon;
};

struct Kernels {
  const char *name;
  int lanes;  /* floats in a vector */
  int rows;   /* trials in a tile */
  int panel;  /* vectors in a panel at most */

  /** forward.cpp */
  void (*advance)(const Panels &weights, int units, int firstPanel, Rows z, const Firing &, MutableRows a,
                  const float *alpha);
  void (*leakRate)(const float *alpha, Rows before, MutableRows h, int n);
  /** backward.cpp */
  void (*backwardPreactivation)(const CreditStep &);
  void (*backwardRate)(const CreditStep &);
  /** gradient.cpp */
  Gradient gradient;
  /** gradientBf16.cpp; whether processor, system and compiler have what it takes, which changes nothing */
  bool (*hasBf16)();
  /** asks the system for it; null where that is refused */
  Gradient (*gradientBf16)();
  /** activity.cpp */
  float (*sumOfSquares)(Rows h, const float *trials, int n);
  /** activation.cpp; by the index of its name */
  Activate (*activation)(int index);
  /** null where the rate does not tell the slope to the last bit */
  SlopeByRate (*slopeByRate)(int index);
  /** rectified.cpp; null where the activation is not rectified */
  const Rectifier *(*rectifier)(int index);
  /** compact.cpp */
  void (*gather)(const int *list, int count, int rows, Rows from, MutableRows to);
  void (*product)(const float *matrix, ptrdiff_t stride, int depth, int vectors, Rows from, MutableRows to);
  void (*backwardCompact)(const CompactStep &);
  void (*addScaled)(float factor, Rows from, MutableRows to, int n);
  void (*fold)(const Fold &);
  /** moments.cpp */
  void (*adam)(const AdamStep &, size_t count, const float *gradient, float *p, float *first, float *second);
};

/** Names of activations by index; null past the end. */
const char *activationName(int index);

/** The tables that this machine can run, the best first; null past the end. */
const Kernels *kernelsAt(int index);

} // namespace lrlab
