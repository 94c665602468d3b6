/*
 * loss.h: masked mean squared error and the activity penalty.
 */
#pragma once
#include <cstddef>

#include "lrlab.h"

namespace lrlab {

/** Entries with mask 1. */
size_t countMasked(const lrlab_batch &, int outputs);

/**
 * For one trial and step: error[o] = dloss/dy = 2 (y - target) / count where mask is 1, else 0.
 * Returns the sum of squared differences there.
 */
double readoutError(const float *y, const float *target, const float *mask, int outputs, double count, float *error);

/** r of the next update: 2/3 of r once the activity term has reached half of the main one, else r. */
double nextActivityPenalty(double penalty, double mainLoss, double activityLoss);

} // namespace lrlab
