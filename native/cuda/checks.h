/* checks.h: what is wrong with arguments, in words; null where nothing is. */
#pragma once
#include "lrlab.h"

namespace lrlab::cuda {

const char *faultOf(const lrlab_setup *, const lrlab_state *states);

const char *faultOfSize(int trials, int steps);

/** Of one network's batch, which has trials. */
const char *faultOf(const lrlab_batch &, lrlab_loss, int outputs);

/** Of all batches of an update. */
const char *faultOf(const lrlab_batch *, int networks, lrlab_loss, int outputs);

} // namespace lrlab::cuda
