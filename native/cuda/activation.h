/*
 * activation.h: rate h = phi(a) and slope phi'(a).
 *
 * Slopes at ties are those of automatic differentiation in the published pipeline: retanh 1/2 at 0, ReLU and ELU 1
 * at 0, lineartanh 1 at -1 and 1. Softplus (smoothReLU) overflows above 88.7, as there. NaN stays NaN.
 * float32, relative error of a few 1e-7. Twin: cpu/activation.cpp.
 */
#pragma once
#include "activationName.h"
#include "device.h"
#include "work.h"

namespace lrlab::cuda {

LRLAB_DEVICE float sigmoid(float a) { return 1.0f / (1.0f + expf(-a)); }

LRLAB_DEVICE float activate(int activation, float a, float *slope) {
  switch (activation) {
  case kLinear: {
    *slope = 1.0f;
    return a;
  }
  case kLogistic: {
    const float s = sigmoid(a);
    *slope = s * sigmoid(-a);
    return s;
  }
  case kSmoothRelu: {
    *slope = sigmoid(a);
    return log1pf(expf(a));
  }
  case kRelu: {
    *slope = a < 0.0f ? 0.0f : 1.0f;
    return a < 0.0f ? 0.0f : a;
  }
  case kSwish: {
    const float s = sigmoid(a);
    *slope = s + a * s * sigmoid(-a);
    return a * s;
  }
  case kMish: {
    const float t = tanhf(log1pf(expf(a)));
    *slope = t + a * (1.0f - t * t) * sigmoid(a);
    return a * t;
  }
  case kGelu: { /* the tanh form; sqrt(2/pi) in single precision */
    const float c = 0.7978845238685608f, cubic = 0.044715f;
    const float t = tanhf(c * (a + cubic * a * a * a));
    *slope = 0.5f * (1.0f + t) + 0.5f * a * (1.0f - t * t) * c * (1.0f + 3.0f * cubic * a * a);
    return 0.5f * a * (1.0f + t);
  }
  case kElu: {
    *slope = a > 0.0f ? 1.0f : expf(a);
    return a > 0.0f ? a : expm1f(a);
  }
  case kTanh: {
    const float h = tanhf(a);
    *slope = 1.0f - h * h;
    return h;
  }
  case kTanhLecun: { /* 1.7159 tanh(2a/3), LeCun et al. 1998 */
    const float t = tanhf(a * (2.0f / 3.0f));
    *slope = 1.7159f * 2.0f / 3.0f * (1.0f - t * t);
    return 1.7159f * t;
  }
  case kLinearTanh: {
    const float h = a > 1.0f ? 1.0f : a < -1.0f ? -1.0f : a;
    *slope = h == a ? 1.0f : 0.0f;
    return h;
  }
  default: { /* retanh */
    const float h = a < 0.0f ? 0.0f : tanhf(a);
    *slope = a < 0.0f ? 0.0f : a == 0.0f ? 0.5f : 1.0f - h * h;
    return h;
  }
  }
}

} // namespace lrlab::cuda
