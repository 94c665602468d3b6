/* device.cpp: the GPU in use: the first one that CUDA shows to this process. */
#include "device.h"

#include <cstdio>

namespace lrlab::cuda {

namespace {

[[noreturn]] void unavailable(const char *reason) { throw Failure(LRLAB_UNAVAILABLE, reason); }

cudaDeviceProp properties() {
  int count = 0;
  const cudaError_t result = cudaGetDeviceCount(&count);
  if (result != cudaSuccess) {
    cudaGetLastError(); /* the next call starts afresh */
    int driver = 0;
    cudaDriverGetVersion(&driver);
    unavailable(driver == 0 ? "no NVIDIA driver was found" : cudaGetErrorString(result));
  }
  if (count == 0) unavailable("no NVIDIA GPU was found");
  cudaDeviceProp found;
  check(cudaGetDeviceProperties(&found, 0));
  if (found.major * 10 + found.minor < 75) unavailable("the GPU is too old: compute capability 7.5 is needed");
  return found;
}

} // namespace

Device findDevice() {
  const cudaDeviceProp p = properties();
  return {p.multiProcessorCount, p.sharedMemPerBlockOptin, p.sharedMemPerMultiprocessor, p.major * 10 + p.minor};
}

void describeDevice(lrlab_device &device) {
  const cudaDeviceProp p = properties();
  int driver = 0;
  check(cudaDriverGetVersion(&driver));
  std::snprintf(device.name, sizeof device.name, "%.*s", (int)sizeof device.name - 1, p.name);
  std::snprintf(device.description, sizeof device.description,
                "compute capability %d.%d, %d multiprocessors, %zu MiB, driver for CUDA %d.%d", p.major, p.minor,
                p.multiProcessorCount, p.totalGlobalMem >> 20, driver / 1000, driver % 1000 / 10);
}

} // namespace lrlab::cuda
