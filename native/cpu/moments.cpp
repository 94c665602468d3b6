/*
 * moments.cpp: the loop of adam.cpp over parameters, element by element.
 *
 * float32. The square root sets no errno (binding.gyp), so the compiler takes whole vectors at a time.
 */
#include <cmath>

#include "kernels.h"
#include "tile.h"

namespace lrlab::LRLAB_ISA {

void adam(const AdamStep &step, size_t count, const float *__restrict gradient, float *__restrict p,
          float *__restrict first, float *__restrict second) {
  const AdamStep s = step;
  for (size_t i = 0; i < count; i++) {
    const float g = gradient[i];
    first[i] = first[i] * s.beta1 + g * s.new1;
    second[i] = second[i] * s.beta2 + g * g * s.new2;
    p[i] = p[i] * s.keep - s.rate * (first[i] / (std::sqrt(second[i]) / s.root + s.epsilon));
  }
}

} // namespace lrlab::LRLAB_ISA
