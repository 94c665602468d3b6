/* checks.cpp: see checks.h. */
#include "checks.h"

namespace program {

void checkAll(int problems, const Work &work, Report &report) {
  checkOracleGradient(report);
  checkAgreement(problems, work, report);
  checkRules(work, report);
  checkBits(work, report);
  checkDivergence(work, report);
  checkArguments(work, report);
  checkLinearAlgebra(report);
}

} // namespace program
