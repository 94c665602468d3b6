/*
 * buffer.h: floats aligned to cache lines, zero at first. Pages of a large one take memory once they are written.
 */
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace lrlab {

class Buffer {
public:
  Buffer() = default;
  explicit Buffer(size_t size) : memory_(std::calloc(size * sizeof(float) + kAlignment, 1)), size_(size) {
    if (!memory_) throw std::bad_alloc();
    const uintptr_t past = (uintptr_t)memory_ + kAlignment - 1;
    data_ = (float *)(past - past % kAlignment);
  }
  Buffer(Buffer &&other) noexcept { swap(other); }
  Buffer &operator=(Buffer &&other) noexcept {
    swap(other);
    return *this;
  }
  ~Buffer() { std::free(memory_); }

  void clear() { std::memset(data_, 0, size_ * sizeof(float)); }
  float *data() { return data_; }
  const float *data() const { return data_; }
  size_t size() const { return size_; }
  float &operator[](size_t i) { return data_[i]; }
  float operator[](size_t i) const { return data_[i]; }

private:
  static constexpr size_t kAlignment = 64;
  void swap(Buffer &other) {
    std::swap(memory_, other.memory_);
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
  }
  void *memory_ = nullptr;
  float *data_ = nullptr;
  size_t size_ = 0;
};

} // namespace lrlab
