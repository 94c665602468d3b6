/*
 * lrlab.h: the native engines, as plain C. One interface, two implementations: lrlab_cpu_engine() and, in a library
 * of its own that is loaded when there is an NVIDIA driver, lrlab_cuda_engine().
 *
 * Continuous-time recurrent networks (CTRNN) of equal shape, S of them, trained side by side. Each has B trials,
 * T time steps, N units, I inputs, O outputs. W is the effective recurrent matrix, see `dale` and `mask`.
 *
 *   a[t] = a[t-1] + alpha (-a[t-1] + W h[t-1] + Win x[t] + b)    h[t] = phi(a[t]) + noise[t]     leak: preactivation
 *   u[t] = W h[t-1] + Win x[t] + b    h[t] = h[t-1] + alpha (phi(u[t]) - h[t-1]) + noise[t]      leak: rate
 *   y[t] = Wout h[t] + bout
 *   a[0] = a0, h[0] = phi(a0) with the leak on the preactivation; h[0] = a0 with the leak on the rate
 *   loss = main(y, target, mask)  +  r mean of h^2  +  block_penalty * sum of squares of the off-diagonal blocks of Wrec
 *
 * Credit, e = dloss/dy, p h = slope of the activity term, L[t] = Bout^T e[t] + p h[t], s = slope between units:
 *
 *   delta[t] = phi'(a[t]) L[t] + alpha s[t] (Brec^T delta[t+1]) + (1 - alpha) delta[t+1]         leak: preactivation
 *   q[t] = L[t] + Brec^T (alpha s[t+1] q[t+1]) + (1 - alpha) q[t+1],  delta[t] = phi'(u[t]) q[t]   leak: rate
 *
 * with Bout = Wout and Brec = W and s = phi' for backpropagation through time; lrlab_credit says what differs.
 *
 * Arrays are float32 and row-major. Parameters are one flat array, in the order
 *   a0 (N), Win (N,I), Wrec (N,N), b (N), Wout (O,N), bout (O);
 * gradient and moments have the same layout. Rows of weights are targets of the connection.
 *
 * Every call blocks until done and returns a status; text for people is in lrlab_message. Nothing is thrown, nothing
 * exits. One lrlab_networks must not be used by two threads at a time.
 * Numbers repeat bit for bit on one device and instruction set. A network's numbers do not depend on the number of
 * threads, nor on which other networks it shares the call with.
 */
#ifndef LRLAB_H
#define LRLAB_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum lrlab_status {
  LRLAB_OK = 0,
  LRLAB_BAD_ARGUMENT = 1,
  LRLAB_OUT_OF_MEMORY = 2,
  LRLAB_DIVERGED = 3, /* the loss or the gradient is not finite; the parameters are as before the call */
  LRLAB_INTERNAL = 4,
  LRLAB_UNAVAILABLE = 5 /* no such device, driver or instruction set here */
} lrlab_status;

typedef struct lrlab_message {
  char text[256];
} lrlab_message;

typedef enum lrlab_leak { LRLAB_LEAK_PREACTIVATION = 0, LRLAB_LEAK_RATE = 1 } lrlab_leak;

typedef enum lrlab_loss {
  LRLAB_MEAN_SQUARED_ERROR = 0, /* mean over the entries with mask 1; target and mask (B,T,O) */
  LRLAB_CROSS_ENTROPY = 1       /* softmax, mean over the steps with mask not 0; target: class from 0, and mask (B,T) */
} lrlab_loss;

typedef enum lrlab_readout_credit {
  LRLAB_READOUT_WEIGHTS = 0, /* Bout = Wout: BPTT */
  LRLAB_READOUT_RANDOM = 1,  /* Bout = state's readout feedback, which stays: feedback alignment */
  LRLAB_READOUT_ADAPTIVE = 2 /* it changes as Wout does, see readout_decay; CPU only */
} lrlab_readout_credit;

typedef enum lrlab_recurrent_credit {
  LRLAB_CREDIT_NONE = 0,      /* no error passes between units, each keeps its own leak: e-prop */
  LRLAB_CREDIT_TRANSPOSE = 1, /* Brec = W: BPTT */
  LRLAB_CREDIT_CELL_TYPES = 2, /* Brec = means of W over blocks of cell types, after each update anew: ModProp */
  LRLAB_CREDIT_DIAGONAL = 3,   /* Brec = diagonal of W: SnAp-1; CPU only */
  LRLAB_CREDIT_RANDOM = 4      /* Brec = state's recurrent feedback, which stays: recurrent feedback alignment; CPU only */
} lrlab_recurrent_credit;

typedef enum lrlab_keeps {
  LRLAB_KEEPS_STATE = 0,  /* the last term of delta or q above */
  LRLAB_KEEPS_RATE = 1,   /* the equation of q and its delta whatever leaks, a0 by delta[0]: RFLO; CPU only */
  LRLAB_KEEPS_NOTHING = 2 /* without the last term: three factors; CPU only */
} lrlab_keeps;

typedef struct lrlab_credit {
  lrlab_readout_credit readout;
  lrlab_recurrent_credit recurrent;
  double slope;   /* s, whatever the preactivation; NaN: the true phi' */
  int32_t window; /* no error passes between units from step t (from 0) to t - 1 where (T - t) is divisible by it; 0: never cut */
  lrlab_keeps keeps; /* by another than the state: only with the true slope */
} lrlab_credit;

typedef enum lrlab_parameter { /* bits of `frozen` */
  LRLAB_A0 = 1,
  LRLAB_WIN = 2,
  LRLAB_WREC = 4,
  LRLAB_B = 8,
  LRLAB_WOUT = 16,
  LRLAB_BOUT = 32
} lrlab_parameter;

typedef struct lrlab_optimizer {
  double learning_rate, beta1, beta2, epsilon;
  double weight_decay; /* decoupled (AdamW); 0 for Adam */
  double clip_norm;    /* largest norm of the whole gradient; 0: no limit */
  int32_t decay_every; /* the learning rate is multiplied by decay_factor after every so many updates; 0: constant */
  double decay_factor;
  uint32_t frozen; /* parameters that keep their values: no gradient, no weight decay */
} lrlab_optimizer;

typedef enum lrlab_precision {
  LRLAB_FLOAT32 = 0,
  LRLAB_TF32 = 1, /* products of 10-bit mantissas summed in float32; CUDA only */
  LRLAB_BF16 = 2  /* products of the weights' gradient of 8-bit mantissas summed in float32; CPU only, see lrlab_has_precision */
} lrlab_precision;

/* What the S networks of one call have in common. */
typedef struct lrlab_setup {
  int32_t networks; /* S */
  int32_t units, inputs, outputs;
  const char *activation; /* one of lrlab_activation_name */
  const float *alpha;     /* N: dt / tau of each unit, in (0, 1] */
  lrlab_leak leak;
  lrlab_loss loss;
  int32_t dale;         /* 1: W = |Wrec| * mask; 0: W = Wrec * mask */
  double block_penalty; /* of the two off-diagonal blocks of raw Wrec, each floor(N/2) square */
  int32_t cell_types;   /* number of ranges, 0 without cell types */
  const int32_t *cell_type_ranges; /* cell_types pairs: first unit, one past the last */
  lrlab_credit credit;
  lrlab_optimizer optimizer;
  lrlab_precision precision;
  int32_t threads;             /* CPU only */
  const char *instruction_set; /* CPU only: one of lrlab_instruction_set_name; NULL: the best of this machine */
  double readout_decay; /* x, where the readout's credit is adaptive: after an update Bout = (1 - x) (Bout + change of Wout),
                           Wout = (1 - x) Wout */
} lrlab_setup;

/* All that one network has of its own. Each of the first three pointers: lrlab_parameter_count floats. */
typedef struct lrlab_state {
  int64_t update;
  double activity_penalty; /* r */
  float *parameters, *first_moment, *second_moment;
  const float *mask;                 /* (N,N) factors of Wrec: -1, 0 or 1; NULL: all 1 */
  float *readout_feedback;           /* (O,N) Bout before the next update, where it is not Wout; else NULL */
  float *recurrent_feedback;         /* (N,N) Brec before the next update, where the credit is by cell types or random; else NULL */
} lrlab_state;

typedef struct lrlab_batch {
  int32_t trials, steps; /* trials 0: this network sits the call out */
  const float *input;    /* B,T,I */
  const float *target;   /* see lrlab_loss */
  const float *mask;
  const float *noise; /* B,T,N or NULL */
} lrlab_batch;

typedef struct lrlab_report {
  lrlab_status status; /* LRLAB_OK, or LRLAB_DIVERGED for this network alone */
  int64_t update;
  double main_loss, activity_loss, weight_loss;
  double gradient_norm;    /* after clipping */
  double activity_penalty; /* r of the next update */
} lrlab_report;

typedef struct lrlab_device {
  char name[128];        /* "NVIDIA H200", or the instruction set */
  char description[256]; /* what else is worth recording: driver, memory, compute capability */
} lrlab_device;

typedef struct lrlab_networks lrlab_networks;

/* One engine as a table of calls. */
typedef struct lrlab_engine {
  const char *name; /* "cpu" or "cuda" */

  /* LRLAB_UNAVAILABLE with the reason where the engine cannot work here. */
  lrlab_status (*device)(lrlab_device *, lrlab_message *);

  /* states: S of them, copied. */
  lrlab_status (*open)(const lrlab_setup *, const lrlab_state *states, lrlab_networks **, lrlab_message *);
  void (*close)(lrlab_networks *);

  /*
   * One weight change of each network whose batch has trials; those batches have equal trials and steps.
   * batches, reports: S. A network that diverges keeps its state and says so in its report; the others go on.
   */
  lrlab_status (*update)(lrlab_networks *, const lrlab_batch *batches, lrlab_report *reports, lrlab_message *);

  /* Loss and gradient of one network at its present parameters, before clipping; changes nothing. */
  lrlab_status (*gradient)(lrlab_networks *, int32_t network, const lrlab_batch *, float *gradient, lrlab_report *,
                           lrlab_message *);

  /* Noise-free pass of one network. rates (B,T,N) may be NULL; readout (B,T,O). */
  lrlab_status (*forward)(lrlab_networks *, int32_t network, int32_t trials, int32_t steps, const float *input,
                          float *rates, float *readout, lrlab_message *);

  /* Copies into the arrays that the caller put into the state (the mask is left alone, by CUDA readout_feedback too). */
  lrlab_status (*copy_state)(const lrlab_networks *, int32_t network, lrlab_state *, lrlab_message *);
} lrlab_engine;

const lrlab_engine *lrlab_cpu_engine(void);
const lrlab_engine *lrlab_cuda_engine(void); /* exported by the library lrlab_cuda */

/* Names by index, the best instruction set first; NULL past the end. */
const char *lrlab_instruction_set_name(int32_t index);
const char *lrlab_activation_name(int32_t index);

/* Whether the CPU engine has it here: 1 or 0. By the instruction set; NULL: the best of this machine. */
int32_t lrlab_has_precision(lrlab_precision precision, const char *instruction_set);

size_t lrlab_parameter_count(int32_t units, int32_t inputs, int32_t outputs);

/*
 * Singular values of a (rows,columns), float64, descending, into `values` (min(rows, columns)); values only, to full
 * double precision: Householder bidiagonalisation, then implicit QR on the bidiagonal.
 */
lrlab_status lrlab_singular_values(int32_t rows, int32_t columns, const double *a, double *values, lrlab_message *);

/* product (n,m) = x^T y for x (samples,n), y (samples,m), float64. */
lrlab_status lrlab_transpose_times(int32_t samples, int32_t n, int32_t m, const double *x, const double *y,
                                   double *product, lrlab_message *);

#ifdef __cplusplus
}
#endif
#endif
