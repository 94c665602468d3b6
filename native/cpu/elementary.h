/*
 * elementary.h: exp, log and tanh of vectors, after the single-precision Cephes library (S. Moshier).
 *
 * Relative error below 2e-7. NaN stays NaN, so that a diverged network shows.
 */
#pragma once
#include "vector.h"

namespace lrlab::LRLAB_ISA {

/** exp(x) = 2^n (1 + tail), n whole. */
static LRLAB_INLINE Vec expTailOfPower(Vec x, Vec *n) {
  *n = roundToWhole(x * 1.44269504088896341f);
  const Vec r = (x - *n * 0.693359375f) - *n * -2.12194440e-4f;
  Vec p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  return p * (r * r) + r;
}

/** exp(x) = scale (1 + tail), scale = *high * *low a power of two kept in two factors so that it cannot overflow. */
static LRLAB_INLINE Vec expTail(Vec x, Vec *high, Vec *low) {
  Vec n;
  const Vec tail = expTailOfPower(select(x > 89.0f, all(89.0f), select(x < -104.0f, all(-104.0f), x)), &n);
  const Vec half = roundToWhole(n * 0.5f);
  *high = powerOfTwo(half);
  *low = powerOfTwo(n - half);
  return tail;
}

/** Infinity above 88.7, as in single precision everywhere. */
static LRLAB_INLINE Vec exponential(Vec x) {
  Vec high, low;
  const Vec tail = expTail(x, &high, &low);
  return (tail + 1.0f) * high * low;
}

/** exp(x) - 1 for x <= 0, accurate near 0. */
static LRLAB_INLINE Vec exponentialMinusOne(Vec x) {
  Vec high, low;
  const Vec tail = expTail(x, &high, &low);
  return tail * high * low + (high * low - 1.0f);
}

/** log(x) for x >= 1; Infinity stays. */
static LRLAB_INLINE Vec logarithm(Vec x) {
  Vec e;
  const Vec mantissa = splitExponent(x, &e);
  const Vec small = select(mantissa < 0.707106781186547524f, all(1.0f), all(0.0f));
  e = e - small;
  const Vec m = mantissa + small * mantissa - 1.0f;
  const Vec z = m * m;
  Vec p = m * 7.0376836292e-2f - 1.1514610310e-1f;
  p = p * m + 1.1676998740e-1f;
  p = p * m - 1.2420140846e-1f;
  p = p * m + 1.4249322787e-1f;
  p = p * m - 1.6668057665e-1f;
  p = p * m + 2.0000714765e-1f;
  p = p * m - 2.4999993993e-1f;
  p = p * m + 3.3333331174e-1f;
  const Vec y = m * z * p + e * -2.12194440e-4f - z * 0.5f;
  return select(x < INFINITY, m + y + e * 0.693359375f, x);
}

static LRLAB_INLINE Vec sigmoid(Vec x) { return 1.0f / (exponential(-x) + 1.0f); }

/** tanh(x) = q / (q + 2) with q = exp(2x) - 1, for x >= 0; nothing cancels. */
static LRLAB_INLINE Vec hyperbolicTangentFromZero(Vec x) {
  Vec n;
  const Vec doubled = select(x > 9.2f, all(18.4f), x + x);
  const Vec tail = expTailOfPower(doubled, &n), scale = powerOfTwo(n);
  const Vec q = tail * scale + (scale - 1.0f);
  return q / (q + 2.0f);
}

static LRLAB_INLINE Vec hyperbolicTangent(Vec x) {
  const IntVec negative = x < 0.0f;
  const Vec y = hyperbolicTangentFromZero(select(negative, -x, x));
  return select(negative, -y, y);
}

} // namespace lrlab::LRLAB_ISA
