/* generate.h: random problems, the same for the same seed. */
#pragma once
#include "../problem.h"

namespace program {

/** What BPTT takes: true weights, true slopes, no cut. */
lrlab_credit exactCredit();

/** e-prop: no error between units. */
lrlab_credit localCredit();

/**
 * Seeds that follow one another go through all activation functions, rules, losses and leaks (336 of them); all else
 * is drawn. No preactivation of the first three updates lies so near a kink of the activation function that float32
 * could put it on the other side, and no term decides about r by so little.
 */
Problem randomProblem(uint64_t seed);

/** One line for messages: the seed and what it drew. */
std::string describe(uint64_t seed, const Problem &);

/** How a problem of chosen form is drawn. */
struct Form {
  int units = 1, inputs = 1, outputs = 1, trials = 1, steps = 1;
  std::string activation = "tanh";
  lrlab_leak leak = LRLAB_LEAK_PREACTIVATION;
  lrlab_loss loss = LRLAB_MEAN_SQUARED_ERROR;
  lrlab_credit credit = exactCredit();
};

/** A plain problem of this form: no mask, noise, clipping, penalty on blocks or frozen parameters; Adam. */
Problem plainProblem(const Form &, uint64_t seed);

/** Another batch of the problem's form. */
Batch randomBatch(const Setup &, int trials, int steps, uint64_t seed);

} // namespace program
