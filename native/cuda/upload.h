/*
 * upload.h: copies to the device through two pinned buffers: while one travels the other is filled.
 */
#pragma once
#include <algorithm>
#include <cstring>

#include "device.h"

namespace lrlab::cuda {

class Upload {
public:
  explicit Upload(cudaStream_t stream) : stream_(stream) {
    for (cudaEvent_t &event : sent_) check(cudaEventCreateWithFlags(&event, cudaEventDisableTiming));
  }
  Upload(const Upload &) = delete;
  ~Upload() {
    for (cudaEvent_t event : sent_) cudaEventDestroy(event);
  }

  /** `from` may change once this returns. */
  template <class T> void copy(T *to, const T *from, size_t count) {
    size_t left = count * sizeof(T);
    auto *target = reinterpret_cast<char *>(to);
    auto *source = reinterpret_cast<const char *>(from);
    while (left > 0) {
      const size_t size = std::min(left, kBuffer);
      buffers_[next_].reserve(kBuffer);
      check(cudaEventSynchronize(sent_[next_])); /* its last content has left; at once where there was none */
      std::memcpy(buffers_[next_].data(), source, size);
      check(cudaMemcpyAsync(target, buffers_[next_].data(), size, cudaMemcpyHostToDevice, stream_));
      check(cudaEventRecord(sent_[next_], stream_));
      next_ ^= 1;
      target += size, source += size, left -= size;
    }
  }

private:
  static constexpr size_t kBuffer = (size_t)2 << 20;
  const cudaStream_t stream_;
  PinnedArray<char> buffers_[2];
  cudaEvent_t sent_[2];
  int next_ = 0;
};

} // namespace lrlab::cuda
