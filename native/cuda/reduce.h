/* reduce.h: a sum over the threads of a block, in an order that depends on their number alone. */
#pragma once
#include "device.h"
#include "work.h"

namespace lrlab::cuda {

/** All threads get the sum. sums: shared memory for one number per thread, a power of two of them. */
LRLAB_DEVICE double sumOverBlock(double value, double *sums) {
  sums[threadIdx.x] = value;
  __syncthreads();
  for (int half = blockDim.x / 2; half > 0; half /= 2) {
    if ((int)threadIdx.x < half) sums[threadIdx.x] += sums[threadIdx.x + half];
    __syncthreads();
  }
  const double sum = sums[0];
  __syncthreads();
  return sum;
}

} // namespace lrlab::cuda
