/*
 * doubles.h: one vector of float64, as wide as the instruction set that this file is compiled for;
 * built as the floats of vector.h are.
 */
#pragma once
#include "vector.h"

namespace lrlab::LRLAB_ISA {

#if defined(__AVX512F__)
constexpr int kDoubles = 8;
#elif defined(__AVX2__)
constexpr int kDoubles = 4;
#else
constexpr int kDoubles = 2;
#endif

/** With 32 vector registers, not 16. */
#if defined(__AVX512F__) || defined(__aarch64__)
constexpr bool kManyRegisters = true;
#else
constexpr bool kManyRegisters = false;
#endif

#if defined(__GNUC__) && !defined(LRLAB_PLAIN_LOOPS)

typedef double DoubleVec __attribute__((vector_size(kDoubles * 8)));

/** p: aligned to a whole vector. */
static LRLAB_INLINE DoubleVec loadDoubles(const double *p) { return *(const DoubleVec *)p; }
static LRLAB_INLINE void storeDoubles(double *p, DoubleVec v) { *(DoubleVec *)p = v; }

#else

struct DoubleVec {
  double lane[kDoubles];
  double operator[](int i) const { return lane[i]; }
};

static inline DoubleVec loadDoubles(const double *p) {
  DoubleVec v;
  for (int i = 0; i < kDoubles; i++) v.lane[i] = p[i];
  return v;
}
static inline void storeDoubles(double *p, DoubleVec v) {
  for (int i = 0; i < kDoubles; i++) p[i] = v.lane[i];
}
static inline DoubleVec operator*(DoubleVec v, double x) {
  for (int i = 0; i < kDoubles; i++) v.lane[i] *= x;
  return v;
}
static inline DoubleVec operator*(DoubleVec v, DoubleVec w) {
  for (int i = 0; i < kDoubles; i++) v.lane[i] *= w.lane[i];
  return v;
}
static inline DoubleVec operator+(DoubleVec v, DoubleVec w) {
  for (int i = 0; i < kDoubles; i++) v.lane[i] += w.lane[i];
  return v;
}
static inline DoubleVec &operator+=(DoubleVec &v, DoubleVec w) { return v = v + w; }
static inline DoubleVec &operator-=(DoubleVec &v, DoubleVec w) {
  for (int i = 0; i < kDoubles; i++) v.lane[i] -= w.lane[i];
  return v;
}

#endif

/** Halves are added to each other until one number is left. */
static LRLAB_INLINE double sumOfLanes(DoubleVec v) {
  double half[kDoubles];
  for (int i = 0; i < kDoubles; i++) half[i] = v[i];
  for (int size = kDoubles / 2; size > 0; size /= 2)
    for (int i = 0; i < size; i++) half[i] += half[i + size];
  return half[0];
}

} // namespace lrlab::LRLAB_ISA
