/*
 * dispatch.cpp: which kernels this machine can run. The same sources are compiled once per instruction set
 * (binding.gyp); the choice is made when the program runs.
 */
#include "kernels.h"

namespace lrlab {

#if defined(LRLAB_X86_LEVELS)
namespace x86_64_v2 {
extern const Kernels kernels;
}
namespace x86_64_v3 {
extern const Kernels kernels;
}
namespace x86_64_v4 {
extern const Kernels kernels;
}

const Kernels *kernelsAt(int index) {
  const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
  const bool v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                  __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                  __builtin_cpu_supports("avx512cd");
  const bool v2 = __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt");
  const Kernels *const all[] = {v4 ? &x86_64_v4::kernels : nullptr, v3 ? &x86_64_v3::kernels : nullptr,
                                v2 ? &x86_64_v2::kernels : nullptr};
  for (const Kernels *k : all)
    if (k && index-- == 0) return k;
  return nullptr;
}
#else
namespace generic {
extern const Kernels kernels;
}

const Kernels *kernelsAt(int index) { return index == 0 ? &generic::kernels : nullptr; }
#endif

const char *activationName(int index) {
  static const char *const names[] = {"linear", "logistic", "smoothReLU", "ReLU",      "swish",      "mish",
                                      "GELU",   "ELU",      "tanh",       "tanhlecun", "lineartanh", "retanh"};
  return index >= 0 && index < (int)(sizeof names / sizeof *names) ? names[index] : nullptr;
}

} // namespace lrlab
