/*
 * limits.cpp: see limits.h.
 */
#include "limits.h"

#include "../shared/checks.h"

namespace lrlab {

void checkLimits(const lrlab_setup &s, const Kernels &k) {
  require(s.precision == LRLAB_FLOAT32 || s.precision == LRLAB_BF16,
          "precision: expected float32 or bf16, the CPU has no other, found %d", (int)s.precision);
  require(s.precision != LRLAB_BF16 || k.gradientBf16(),
          "precision: expected float32; bf16 needs x86_64_v4 with matrix tiles (Intel AMX) under Linux, and a compiler "
          "that knows them");
  require(s.threads >= 1 && s.threads <= 1024, "threads: expected 1 to 1024, found %d", s.threads);
}

void checkLimits(const Model &m, int trials, int steps) {
  const double floats = (double)trials * steps * m.padding.zStride;
  const double history = (double)steps * m.kernels.rows * m.padding.zStride;
  require(floats < kMostFloats && history < kMostFloats, "%d trials of %d steps: too large for memory", trials, steps);
}

} // namespace lrlab
