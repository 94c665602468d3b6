/* activationName.h: activation functions by index and by name. */
#pragma once

namespace lrlab::cuda {

enum ActivationIndex {
  kLinear, kLogistic, kSmoothRelu, kRelu, kSwish, kMish, kGelu, kElu, kTanh, kTanhLecun, kLinearTanh, kRetanh,
  kActivations
};

inline const char *activationName(int index) {
  static const char *const names[kActivations] = {"linear", "logistic", "smoothReLU", "ReLU",      "swish",      "mish",
                                                  "GELU",   "ELU",      "tanh",       "tanhlecun", "lineartanh", "retanh"};
  return names[index];
}

} // namespace lrlab::cuda
