/*
 * rectified.cpp: rates and slopes of the activations that are 0 below 0: ReLU, and retanh = tanh above 0.
 *
 * A unit exactly at the kink, a = 0, has the rate 0 but a slope other than 0 (see activation.cpp). Its rate is kept as
 * -0, so that the rate alone tells the slope: +0 is silent, with neither rate nor slope.
 */
#include <cstring>

#include "elementary.h"
#include "kernels.h"
#include "tile.h"

namespace lrlab::LRLAB_ISA {
namespace {

struct Relu {
  static LRLAB_INLINE Vec rate(Vec a) { return a; }
  static LRLAB_INLINE Vec slope(Vec) { return all(1.0f); }
  static constexpr float slopeAtKink = 1.0f;
};

struct Retanh {
  static LRLAB_INLINE Vec rate(Vec a) { return hyperbolicTangentFromZero(a); }
  static LRLAB_INLINE Vec slope(Vec h) { return 1.0f - h * h; }
  static constexpr float slopeAtKink = 0.5f;
};

/** NaN stays NaN, so that a diverged network shows. */
template <class Phi> void rates(Rows a, MutableRows h, int n, uint32_t *responsive) {
  for (int i = 0; i < n; i += kLanes) {
    LRLAB_UNROLL
    for (int m = 0; m < kRows; m++) {
      const Vec drive = load(a.data + m * a.stride + i);
      const Vec rate = Phi::rate(select(drive < 0.0f, all(0.0f), drive));
      store(h.data + m * h.stride + i, select(drive == 0.0f, all(-0.0f), rate));
    }
  }
  for (int i = 0; i < n; i++) {
    uint32_t any = 0;
    for (int m = 0; m < kRows; m++) {
      uint32_t bits;
      std::memcpy(&bits, h.data + m * h.stride + i, sizeof bits);
      any |= bits;
    }
    responsive[i] = any;
  }
}

template <class Phi> void slopes(const float *h, float *slope, int n) {
  for (int i = 0; i < n; i += kLanes) {
    const Vec rate = load(h + i);
    const Vec atRest = select(signBit(rate), all(Phi::slopeAtKink), all(0.0f));
    store(slope + i, select(rate > 0.0f, Phi::slope(rate), atRest));
  }
}

template <class Phi> constexpr Rectifier rectify{rates<Phi>, slopes<Phi>};

} // namespace

/** By the index of activationName (dispatch.cpp). */
const Rectifier *rectifier(int index) {
  const char *name = activationName(index);
  if (name && std::strcmp(name, "ReLU") == 0) return &rectify<Relu>;
  if (name && std::strcmp(name, "retanh") == 0) return &rectify<Retanh>;
  return nullptr;
}

} // namespace lrlab::LRLAB_ISA
