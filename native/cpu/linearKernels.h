/*
 * linearKernels.h: linear algebra in float64, for analysis. Its inner loops are compiled once per instruction set, as those
 * of kernels.h.
 */
#pragma once
#include <cstddef>
#include <new>

namespace lrlab {

/** Doubles aligned to cache lines, zero at first. */
class Doubles {
public:
  explicit Doubles(size_t size) : data_(new (std::align_val_t{64}) double[size]()) {}
  Doubles(const Doubles &) = delete;
  Doubles &operator=(const Doubles &) = delete;
  ~Doubles() { ::operator delete[](data_, std::align_val_t{64}); }

  double *data() { return data_; }
  double &operator[](size_t i) { return data_[i]; }

private:
  double *data_;
};

/** The smallest multiple that holds `size`. */
inline size_t paddedTo(size_t multiple, size_t size) { return (size + multiple - 1) / multiple * multiple; }

constexpr size_t kColumnPadding = 8;
constexpr size_t kRowPadding = 4;

struct LinearKernels {
  /**
   * bidiagonalize.cpp. a: rows >= columns, padded with zeros to multiples of kRowPadding and kColumnPadding;
   * overwritten. Writes diagonal (columns) and superdiagonal (columns - 1).
   */
  void (*bidiagonalize)(int rows, int columns, double *a, double *diagonal, double *superdiagonal);
  /** transposeTimes.cpp, see lrlab_transpose_times. */
  void (*transposeTimes)(int samples, int n, int m, const double *x, const double *y, double *product);
};

/** Those of the best instruction set of this machine. */
const LinearKernels &linearKernels();

} // namespace lrlab
