/*
 * activation.cpp: rate h = phi(a) and slope phi'(a), element by element.
 *
 * Slopes at ties are those of automatic differentiation in the published pipeline: retanh 1/2 at 0, ReLU and ELU 1
 * at 0, lineartanh 1 at -1 and 1. Softplus (smoothReLU) overflows above 88.7, as there.
 * float32, relative error of a few 1e-7.
 */
#include "elementary.h"
#include "kernels.h"

namespace lrlab::LRLAB_ISA {
namespace {

struct Linear {
  static LRLAB_INLINE Vec rate(Vec a, Vec *slope) {
    *slope = all(1.0f);
    return a;
  }
};

struct Logistic {
  static LRLAB_INLINE Vec rate(Vec a, Vec *slope) {
    const Vec s = sigmoid(a);
    *slope = s * sigmoid(-a);
    return s;
  }
};

struct SmoothRelu {
  static LRLAB_INLINE Vec rate(Vec a, Vec *slope) {
    *slope = sigmoid(a);
    return logarithm(exponential(a) + 1.0f);
  }
};

struct Relu {
  static LRLAB_INLINE Vec rate(Vec a, Vec *slope) {
    *slope = select(a < 0.0f, all(0.0f), all(1.0f));
    return select(a < 0.0f, all(0.0f), a);
  }
};

struct Swish {
  static LRLAB_INLINE Vec rate(Vec a, Vec *slope) {
    const Vec s = sigmoid(a);
    *slope = s + a * s * sigmoid(-a);
    return a * s;
  }
};

struct Mish {
  static LRLAB_INLINE Vec rate(Vec a, Vec *slope) {
    const Vec tanh = hyperbolicTangent(logarithm(exponential(a) + 1.0f));
    *slope = tanh + a * (1.0f - tanh * tanh) * sigmoid(a);
    return a * tanh;
  }
};

/** The tanh form; sqrt(2/pi) in single precision. */
struct Gelu {
  static LRLAB_INLINE Vec rate(Vec a, Vec *slope) {
    constexpr float c = 0.7978845238685608f, cubic = 0.044715f;
    const Vec tanh = hyperbolicTangent((a + a * a * a * cubic) * c);
    *slope = (tanh + 1.0f) * 0.5f + a * 0.5f * (1.0f - tanh * tanh) * c * (a * a * (3.0f * cubic) + 1.0f);
    return a * 0.5f * (tanh + 1.0f);
  }
};

struct Elu {
  static LRLAB_INLINE Vec rate(Vec a, Vec *slope) {
    const Vec below = exponentialMinusOne(select(a > 0.0f, all(0.0f), a));
    *slope = below + 1.0f;
    return select(a > 0.0f, a, below);
  }
};

struct Tanh {
  static LRLAB_INLINE Vec rate(Vec a, Vec *slope) {
    const Vec h = hyperbolicTangent(a);
    *slope = slopeByRate(h);
    return h;
  }
  static LRLAB_INLINE Vec slopeByRate(Vec h) { return 1.0f - h * h; }
};

/** 1.7159 tanh(2a/3), LeCun et al. 1998. */
struct TanhLecun {
  static LRLAB_INLINE Vec rate(Vec a, Vec *slope) {
    const Vec tanh = hyperbolicTangent(a * (2.0f / 3.0f));
    *slope = (1.0f - tanh * tanh) * (1.7159f * 2.0f / 3.0f);
    return tanh * 1.7159f;
  }
};

struct LinearTanh {
  static LRLAB_INLINE Vec rate(Vec a, Vec *slope) {
    const Vec clipped = select(a > 1.0f, all(1.0f), select(a < -1.0f, all(-1.0f), a));
    *slope = select(clipped == a, all(1.0f), all(0.0f));
    return clipped;
  }
};

struct Retanh {
  static LRLAB_INLINE Vec rate(Vec a, Vec *slope) {
    const Vec h = hyperbolicTangentFromZero(select(a < 0.0f, all(0.0f), a));
    *slope = select(a < 0.0f, all(0.0f), select(a == 0.0f, all(0.5f), 1.0f - h * h));
    return h;
  }
};

template <class Phi> void activate(const float *a, float *h, float *slope, int n) {
  for (int i = 0; i < n; i += kLanes) {
    Vec s;
    store(h + i, Phi::rate(load(a + i), &s));
    store(slope + i, s);
  }
}

void slopesOfTanh(const float *h, float *slope, int n) {
  for (int i = 0; i < n; i += kLanes) store(slope + i, Tanh::slopeByRate(load(h + i)));
}

} // namespace

/** In the order of activationName (dispatch.cpp). */
Activate activation(int index) {
  static constexpr Activate table[] = {
      activate<Linear>, activate<Logistic>, activate<SmoothRelu>, activate<Relu>,
      activate<Swish>,  activate<Mish>,     activate<Gelu>,       activate<Elu>,
      activate<Tanh>,   activate<TanhLecun>, activate<LinearTanh>, activate<Retanh>,
  };
  return index >= 0 && index < (int)(sizeof table / sizeof *table) ? table[index] : nullptr;
}

SlopeByRate slopeByRate(int index) {
  return activation(index) == activate<Tanh> ? slopesOfTanh : nullptr;
}

} // namespace lrlab::LRLAB_ISA
