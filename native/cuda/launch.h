/*
 * launch.h: how kernels start, and their shared memory: the two things that read differently on a GPU and, against
 * host/cuda_runtime.h, on the processor.
 */
#pragma once
#include "device.h"

namespace lrlab::cuda {

/** Starts a kernel of one argument. */
template <class Argument>
void launch(void (*kernel)(Argument), dim3 blocks, int threads, size_t sharedBytes, cudaStream_t stream,
            const Argument &argument) {
#ifdef __CUDACC__
  kernel<<<blocks, threads, sharedBytes, stream>>>(argument);
#else
  (void)stream;
  hostLaunch(blocks, dim3(threads), sharedBytes, [&] { kernel(argument); });
#endif
  check(cudaGetLastError());
}

#ifdef __CUDACC__
/** The block's shared memory, as much as the launch asked for. */
__device__ __forceinline__ float4 *sharedMemory() {
  extern __shared__ float4 memory[];
  return memory;
}
#else
inline float4 *sharedMemory() { return hostSharedMemory(); }
#endif

inline unsigned blocksFor(size_t items, int perBlock) { return (unsigned)((items + perBlock - 1) / perBlock); }

} // namespace lrlab::cuda
