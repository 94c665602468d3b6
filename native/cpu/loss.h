/*
 * loss.h: the main loss of a batch, its error at the readout, and the activity penalty.
 */
#pragma once
#include <cstddef>

#include "model.h"

namespace lrlab {

/** Values of target and mask in one trial and step: one per output, or one class. */
inline int targetsPerStep(const Model &m) { return m.loss == LRLAB_CROSS_ENTROPY ? 1 : m.layout.outputs; }

/** Entries that the mask counts. */
size_t countMasked(const Model &, const lrlab_batch &);

/**
 * For one trial and step: error[o] += dloss/dy, 0 where the mask is. count: see countMasked.
 * Returns the step's share of the loss times count.
 */
double addReadoutError(const Model &, const float *y, const float *target, const float *mask, double count, float *error);

/** r of the next update: 2/3 of r once the activity term has reached half of the main one, else r. */
double nextActivityPenalty(double penalty, double mainLoss, double activityLoss);

} // namespace lrlab
