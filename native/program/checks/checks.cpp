/* checks.cpp: see checks.h. */
#include "checks.h"

namespace program {

namespace {
constexpr int kProblems = 336; // goes once through all combinations, see generate.h
}

void checkAll(int problems, const Work &work, Report &report) {
  const int count = problems > 0 ? problems : kProblems;
  checkOracleGradient((count + 6) / 7, report);
  checkAgreement(count, work, report);
  checkCpuForms(work, report);
  checkBeginnings((count + 3) / 4, work, report);
  checkRules(work, report);
  checkBits(work, report);
  checkBf16(work, report);
  checkDivergence(work, report);
  checkArguments(work, report);
  checkLinearAlgebra(report);
}

} // namespace program
