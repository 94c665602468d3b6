/*
 * kernels.h: the operations of a pass, in their order. Each starts its kernels on the stream and returns.
 */
#pragma once
#include "device.h"
#include "slicing.h"
#include "work.h"

namespace lrlab::cuda {

/** Weights as the kernels want them: forwardWeights, backwardWeights, feedback, start, h0, slope0. */
void packWeights(const Work &, int slots, cudaStream_t);

/** All of Z and D that is known beforehand: x, 1, noise, h[0], and zeros at the ends; counts the mask. */
void prepare(const Work &, int slots, cudaStream_t);

/** h and phi' of all steps. */
void forward(const Work &, const Device &, int slots, cudaStream_t);

/** y = Wout h + bout into `readout`. */
void readout(const Work &, int slots, cudaStream_t);

/** The same, and e into D, and sums of the loss. */
void loss(const Work &, int slots, cudaStream_t);

/** delta into D. */
void backward(const Work &, const Device &, int slots, cudaStream_t);

/** The gradient of all parameters. */
void gradient(const Work &, int slots, cudaStream_t);

/** Loss, norm and clip factor: the outcomes. */
void judge(const Work &, int slots, cudaStream_t);

/** Changes the weights and moments of the networks that are accepted, and Brec where it is made of means. */
void changeWeights(const Work &, int slots, cudaStream_t);

/** Sizes of scratch: pairs of doubles, and pieces of the gradient. */
int lossBlocks(const Work &);
int gradientPieces(const Work &);


} // namespace lrlab::cuda
