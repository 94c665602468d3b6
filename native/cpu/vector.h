/*
 * vector.h: one vector of floats, as wide as the instruction set that this file is compiled for.
 *
 * GCC and Clang have vectors in the language; other compilers (or LRLAB_PLAIN_LOOPS) get a struct with plain loops.
 * There are no intrinsics.
 * All that includes this file lives in the namespace LRLAB_ISA, so that code built for different instruction sets
 * never shares a function (the linker would keep any one of them).
 */
#pragma once
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__clang__)
#define LRLAB_UNROLL _Pragma("unroll")
#define LRLAB_INLINE inline __attribute__((always_inline))
#elif defined(__GNUC__)
#define LRLAB_UNROLL _Pragma("GCC unroll 16")
#define LRLAB_INLINE inline __attribute__((always_inline))
#else
#define LRLAB_UNROLL
#define LRLAB_INLINE inline
#endif

namespace lrlab::LRLAB_ISA {

#if defined(__AVX512F__)
constexpr int kLanes = 16;
#elif defined(__AVX2__)
constexpr int kLanes = 8;
#else
constexpr int kLanes = 4;
#endif

#if defined(__GNUC__) && !defined(LRLAB_PLAIN_LOOPS)

typedef float Vec __attribute__((vector_size(kLanes * 4)));
typedef int32_t IntVec __attribute__((vector_size(kLanes * 4)));
typedef float UnalignedVec __attribute__((vector_size(kLanes * 4), aligned(4), may_alias));

static LRLAB_INLINE Vec load(const float *p) { return *(const UnalignedVec *)p; }
static LRLAB_INLINE void store(float *p, Vec v) { *(UnalignedVec *)p = v; }
static LRLAB_INLINE Vec all(float x) { return x - Vec{}; } /* keeps -0 */

/** yes where the mask is set, else no; the mask is what a comparison gives. */
static LRLAB_INLINE Vec select(IntVec mask, Vec yes, Vec no) {
  return mask ? yes : no;
}

/** Where the sign bit is set, that of -0 included. */
static LRLAB_INLINE IntVec signBit(Vec x) { return (IntVec)x < 0; }

/** Nearest whole number, for |x| < 2^22. */
static LRLAB_INLINE Vec roundToWhole(Vec x) { return (x + 12582912.0f) - 12582912.0f; }

/** 2^k for whole k in [-126, 127]. */
static LRLAB_INLINE Vec powerOfTwo(Vec k) { return (Vec)((__builtin_convertvector(k, IntVec) + 127) << 23); }

/** x = mantissa * 2^exponent with the mantissa in [1/2, 1), for normal x > 0. */
static LRLAB_INLINE Vec splitExponent(Vec x, Vec *exponent) {
  const IntVec bits = (IntVec)x;
  *exponent = __builtin_convertvector((bits >> 23) - 126, Vec);
  return (Vec)((bits & 0x007fffff) | 0x3f000000);
}

#else

struct Vec {
  float lane[kLanes];
};
struct IntVec {
  bool lane[kLanes];
};

template <class F> static inline Vec perLane(F f) {
  Vec r;
  for (int i = 0; i < kLanes; i++) r.lane[i] = f(i);
  return r;
}
template <class F> static inline IntVec perMask(F f) {
  IntVec r;
  for (int i = 0; i < kLanes; i++) r.lane[i] = f(i);
  return r;
}
static inline Vec load(const float *p) {
  return perLane([=](int i) { return p[i]; });
}
static inline void store(float *p, Vec v) { std::memcpy(p, v.lane, sizeof v.lane); }
static inline Vec all(float x) {
  return perLane([=](int) { return x; });
}
#define LRLAB_OPERATOR(op, Result, make)                                                                               \
  static inline Result operator op(Vec a, Vec b) {                                                                     \
    return make([=](int i) { return a.lane[i] op b.lane[i]; });                                                        \
  }                                                                                                                    \
  static inline Result operator op(Vec a, float b) { return a op all(b); }                                             \
  static inline Result operator op(float a, Vec b) { return all(a) op b; }
LRLAB_OPERATOR(+, Vec, perLane)
LRLAB_OPERATOR(-, Vec, perLane)
LRLAB_OPERATOR(*, Vec, perLane)
LRLAB_OPERATOR(/, Vec, perLane)
LRLAB_OPERATOR(<, IntVec, perMask)
LRLAB_OPERATOR(>, IntVec, perMask)
LRLAB_OPERATOR(==, IntVec, perMask)
#undef LRLAB_OPERATOR
static inline Vec &operator+=(Vec &a, Vec b) { return a = a + b; }
static inline Vec operator-(Vec a) { return 0.0f - a; }

static inline Vec select(IntVec mask, Vec yes, Vec no) {
  return perLane([=](int i) { return mask.lane[i] ? yes.lane[i] : no.lane[i]; });
}
static inline IntVec signBit(Vec x) {
  return perMask([=](int i) { return std::signbit(x.lane[i]); });
}
static inline Vec roundToWhole(Vec x) {
  return perLane([=](int i) { return std::nearbyint(x.lane[i]); });
}
static inline Vec powerOfTwo(Vec k) {
  return perLane([=](int i) { return std::ldexp(1.0f, (int)k.lane[i]); });
}
static inline Vec splitExponent(Vec x, Vec *exponent) {
  Vec mantissa;
  for (int i = 0; i < kLanes; i++) {
    int e = 0;
    mantissa.lane[i] = std::frexp(x.lane[i], &e);
    exponent->lane[i] = (float)e;
  }
  return mantissa;
}

#endif

} // namespace lrlab::LRLAB_ISA
