/*
 * device.h: the device, its memory and its failures.
 */
#pragma once
#include <cuda_runtime.h>

#include <cstddef>
#include <utility>

#include "../shared/guarded.h"
#include "lrlab.h"

namespace lrlab::cuda {

inline void check(cudaError_t result) {
  if (result == cudaSuccess) return;
  cudaGetLastError(); /* the next call starts afresh */
  if (result == cudaErrorMemoryAllocation) throw Failure(LRLAB_OUT_OF_MEMORY, "not enough memory on the GPU");
  throw Failure(LRLAB_INTERNAL, cudaGetErrorString(result));
}

/** An array that is freed with its owner; it grows, and then holds nothing. Allocate: cudaMalloc or cudaMallocHost. */
template <class T, cudaError_t Allocate(void **, size_t), cudaError_t Free(void *)> class Array {
public:
  Array() = default;
  explicit Array(size_t size) { reserve(size); }
  Array(Array &&other) noexcept { swap(other); }
  Array &operator=(Array &&other) noexcept {
    swap(other);
    return *this;
  }
  ~Array() { Free(data_); }

  void reserve(size_t size) {
    if (size <= size_) return;
    Free(data_);
    data_ = nullptr;
    size_ = 0;
    void *memory = nullptr;
    check(Allocate(&memory, size * sizeof(T)));
    data_ = static_cast<T *>(memory);
    size_ = size;
  }
  T *data() const { return data_; }
  size_t size() const { return size_; }

private:
  void swap(Array &other) {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
  }
  T *data_ = nullptr;
  size_t size_ = 0;
};

inline cudaError_t allocateOnDevice(void **p, size_t size) { return cudaMalloc(p, size); }
inline cudaError_t freeOnDevice(void *p) { return cudaFree(p); }
inline cudaError_t allocatePinned(void **p, size_t size) { return cudaMallocHost(p, size); }
inline cudaError_t freePinned(void *p) { return cudaFreeHost(p); }

template <class T> using DeviceArray = Array<T, allocateOnDevice, freeOnDevice>;
template <class T> using PinnedArray = Array<T, allocatePinned, freePinned>;

struct Device {
  int multiprocessors;
  size_t sharedPerBlock, sharedPerMultiprocessor;
  int capability; /* 10 major + minor */
};

/** The GPU in use. Throws Failure where there is none that can be used. */
Device findDevice();
void describeDevice(lrlab_device &);

class Stream {
public:
  Stream() { check(cudaStreamCreateWithFlags(&stream_, cudaStreamNonBlocking)); }
  Stream(const Stream &) = delete;
  ~Stream() { cudaStreamDestroy(stream_); }
  operator cudaStream_t() const { return stream_; }
  void wait() const { check(cudaStreamSynchronize(stream_)); }

private:
  cudaStream_t stream_;
};

} // namespace lrlab::cuda
