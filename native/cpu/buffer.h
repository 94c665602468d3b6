/*
 * buffer.h: floats aligned to cache lines, zero at first.
 */
#pragma once
#include <cstddef>
#include <cstring>
#include <new>
#include <utility>

namespace lrlab {

/** Fetches floats that will soon be wanted from a farther cache. */
inline void prefetch(const float *data, size_t size) {
#if defined(__GNUC__)
  constexpr size_t kLine = 16;
  for (size_t i = 0; i < size; i += kLine) __builtin_prefetch(data + i);
#else
  (void)data, (void)size;
#endif
}

class Buffer {
public:
  Buffer() = default;
  explicit Buffer(size_t size)
      : data_(static_cast<float *>(::operator new(size * sizeof(float), kAlignment))), size_(size) {
    clear();
  }
  Buffer(Buffer &&other) noexcept { swap(other); }
  Buffer &operator=(Buffer &&other) noexcept {
    swap(other);
    return *this;
  }
  ~Buffer() { ::operator delete(data_, kAlignment); }

  void clear() { std::memset(data_, 0, size_ * sizeof(float)); }
  float *data() { return data_; }
  const float *data() const { return data_; }
  size_t size() const { return size_; }
  float &operator[](size_t i) { return data_[i]; }
  float operator[](size_t i) const { return data_[i]; }

private:
  static constexpr std::align_val_t kAlignment{64};
  void swap(Buffer &other) {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
  }
  float *data_ = nullptr;
  size_t size_ = 0;
};

} // namespace lrlab
