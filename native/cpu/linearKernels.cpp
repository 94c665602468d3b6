/*
 * linearKernels.cpp: chooses the kernels of linearKernels.h, and lrlab_transpose_times over them.
 */
#include "linearKernels.h"

#include <cstdio>
#include <cstring>

#include "lrlab.h"

namespace lrlab {

#define LRLAB_LINEAR_KERNELS(isa)                                                                                      \
  namespace isa {                                                                                                      \
  void bidiagonalize(int, int, double *, double *, double *);                                                          \
  void transposeTimes(int, int, int, const double *, const double *, double *);                                        \
  constexpr LinearKernels linear{bidiagonalize, transposeTimes};                                                       \
  }

#if defined(LRLAB_X86_LEVELS)
LRLAB_LINEAR_KERNELS(x86_64_v2)
LRLAB_LINEAR_KERNELS(x86_64_v3)
LRLAB_LINEAR_KERNELS(x86_64_v4)

const LinearKernels &linearKernels() {
  const char *best = lrlab_instruction_set_name(0);
  if (best && std::strcmp(best, "x86_64_v4") == 0) return x86_64_v4::linear;
  if (best && std::strcmp(best, "x86_64_v3") == 0) return x86_64_v3::linear;
  return x86_64_v2::linear;
}
#else
LRLAB_LINEAR_KERNELS(generic)

const LinearKernels &linearKernels() { return generic::linear; }
#endif

} // namespace lrlab

lrlab_status lrlab_transpose_times(int32_t samples, int32_t n, int32_t m, const double *x, const double *y,
                                   double *product, lrlab_message *message) {
  const auto say = [&](lrlab_status status, const char *text) {
    if (message) std::snprintf(message->text, sizeof message->text, "%s", text);
    return status;
  };
  if (samples < 0 || n < 0 || m < 0) return say(LRLAB_BAD_ARGUMENT, "transpose times: a size is negative");
  const bool factors = samples > 0 && n > 0 && m > 0;
  if ((factors && (!x || !y)) || (n > 0 && m > 0 && !product))
    return say(LRLAB_BAD_ARGUMENT, "transpose times: an array is missing");
  try {
    lrlab::linearKernels().transposeTimes(samples, n, m, x, y, product);
  } catch (const std::bad_alloc &) {
    return say(LRLAB_OUT_OF_MEMORY, "transpose times: not enough memory to pack the factors");
  }
  return LRLAB_OK;
}
