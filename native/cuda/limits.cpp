/*
 * limits.cpp: see limits.h.
 */
#include "limits.h"

#include <cstdint>
#include <limits>

#include "../shared/checks.h"

namespace lrlab::cuda {

void checkLimits(const lrlab_setup &s) {
  require(s.networks <= 65535, "networks: expected 65535 at most on a GPU, found %d", s.networks);
  require(s.units <= 32768 && s.inputs <= 32768 && s.outputs <= 32768,
          "%d units, %d inputs, %d outputs: expected 32768 of each at most on a GPU", s.units, s.inputs, s.outputs);
  const lrlab_recurrent_credit recurrent = s.credit.recurrent;
  require(recurrent != LRLAB_CREDIT_DIAGONAL && recurrent != LRLAB_CREDIT_RANDOM,
          "errors between units through a diagonal or random matrix are not known here: the CPU engine has them");
  require(s.credit.readout != LRLAB_READOUT_ADAPTIVE,
          "feedback from the readout that adapts is not known here: the CPU engine has it");
  require(s.credit.keeps == LRLAB_KEEPS_STATE,
          "errors kept otherwise than by the state are not known here: the CPU engine has them");
  require(s.precision == LRLAB_FLOAT32 || s.precision == LRLAB_TF32,
          "precision: expected float32 or tf32, the GPU has no other, found %d", (int)s.precision);
}

void checkLimits(int trials, int steps) {
  const bool fits = ((int64_t)trials + 1) * ((int64_t)steps + 1) <= std::numeric_limits<int32_t>::max();
  require(fits, "%d trials of %d steps: too many for a GPU", trials, steps);
}

} // namespace lrlab::cuda
