/*
 * lrlab.h: the native engine, as plain C.
 *
 * Continuous-time recurrent network (CTRNN), B trials, T time steps, N units, I inputs, O outputs:
 *
 *   a[t] = a[t-1] + alpha (-a[t-1] + Wrec h[t-1] + Win x[t] + b)    a[0] = a0
 *   h[t] = phi(a[t]) + noise[t]                                     h[0] = phi(a0)
 *   y[t] = Wout h[t] + bout
 *   loss = mean of (y - target)^2 where mask is 1  +  r mean of h^2
 *
 * Arrays are float32 and row-major. Parameters are one flat array, in the order
 *   a0 (N), Win (N,I), Wrec (N,N), b (N), Wout (O,N), bout (O);
 * gradient and moments have the same layout. Rows of weights are targets of the connection.
 *
 * Every call blocks until done and returns a status; text for people is in lrlab_message. Nothing is thrown, nothing
 * exits. A network must not be used by two threads at a time.
 * Numbers repeat bit for bit on one instruction set, whatever the number of threads.
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
  LRLAB_INTERNAL = 4
} lrlab_status;

typedef struct lrlab_message {
  char text[256];
} lrlab_message;

typedef struct lrlab_network lrlab_network;

typedef struct lrlab_setup {
  int32_t units, inputs, outputs;
  const char *activation; /* one of lrlab_activation_name */
  double alpha;           /* dt / tau, used as float32 */
  int32_t recurrent_credit; /* 1: error passes between units through Wrec transposed; 0: it does not */
  double learning_rate, beta1, beta2, epsilon;
  double weight_decay; /* decoupled (AdamW); 0 for Adam */
  double clip_norm;    /* largest norm of the whole gradient; 0: no limit */
  int32_t threads;
  const char *instruction_set; /* one of lrlab_instruction_set_name; NULL: the best of this machine */
} lrlab_setup;

/* All that changes while training. Each pointer: lrlab_parameter_count floats. */
typedef struct lrlab_state {
  int64_t update;
  double activity_penalty; /* r */
  float *parameters, *first_moment, *second_moment;
} lrlab_state;

typedef struct lrlab_batch {
  int32_t trials, steps;
  const float *input;  /* B,T,I */
  const float *target; /* B,T,O */
  const float *mask;   /* B,T,O: 0 or 1 */
  const float *noise;  /* B,T,N or NULL */
} lrlab_batch;

typedef struct lrlab_report {
  int64_t update;
  double main_loss, activity_loss;
  double gradient_norm;    /* after clipping */
  double activity_penalty; /* r of the next update */
} lrlab_report;

/* Names by index, the best instruction set first; NULL past the end. */
const char *lrlab_instruction_set_name(int32_t index);
const char *lrlab_activation_name(int32_t index);

size_t lrlab_parameter_count(int32_t units, int32_t inputs, int32_t outputs);

lrlab_status lrlab_open(const lrlab_setup *, const lrlab_state *, lrlab_network **, lrlab_message *);
void lrlab_close(lrlab_network *);

/* One weight change by Adam or AdamW. */
lrlab_status lrlab_update(lrlab_network *, const lrlab_batch *, lrlab_report *, lrlab_message *);

/* Loss and gradient at the present parameters, before clipping; changes nothing. */
lrlab_status lrlab_gradient(lrlab_network *, const lrlab_batch *, float *gradient, lrlab_report *, lrlab_message *);

/* Noise-free pass. rates (B,T,N) may be NULL; readout (B,T,O). */
lrlab_status lrlab_forward(lrlab_network *, int32_t trials, int32_t steps, const float *input, float *rates,
                           float *readout, lrlab_message *);

/* Copies into the arrays that the caller put into the state. */
lrlab_status lrlab_copy_state(const lrlab_network *, lrlab_state *, lrlab_message *);

const char *lrlab_network_instruction_set(const lrlab_network *);

#ifdef __cplusplus
}
#endif
#endif
