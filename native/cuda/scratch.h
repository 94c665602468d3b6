/* scratch.h: arrays of a pass, cut from one piece of memory. */
#pragma once
#include "kernels.h"

namespace lrlab::cuda {

/** Points the arrays of w into memory from base on, for so many slots; returns how many bytes they take. */
size_t placeArrays(Work &w, int slots, bool withNoise, bool forwardOnly, char *base);

} // namespace lrlab::cuda
