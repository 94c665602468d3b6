/* peaks.cpp: picks the loop of the instruction set at run time, as native/cpu/dispatch.cpp picks kernels. */
#include <cstring>

#include "peak.h"

#ifdef LRLAB_X86_LEVELS
#define LRLAB_PEAKS(apply) apply(x86_64_v2) apply(x86_64_v3) apply(x86_64_v4)
#else
#define LRLAB_PEAKS(apply) apply(generic)
#endif

namespace program {

#define LRLAB_DECLARE(name) \
  namespace name { double measuredPeak(); }
LRLAB_PEAKS(LRLAB_DECLARE)
#undef LRLAB_DECLARE

double peakGflops(const char *instructionSet) {
#define LRLAB_PICK(name) \
  if (std::strcmp(instructionSet, #name) == 0) return name::measuredPeak();
  LRLAB_PEAKS(LRLAB_PICK)
#undef LRLAB_PICK
  return 0;
}

} // namespace program
