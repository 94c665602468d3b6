/*
 * bf16.cpp: gradients from factors of 8-bit mantissas. Each factor is off by at most 2^-8 of its size, so an entry of
 * the gradient, a sum of products, by at most 2 2^-8 + 2^-16 of the sum of the products' sizes; and by what float32 is
 * off anyway. The initial state's gradient is no such sum and stays as it is.
 */
#include <algorithm>
#include <cmath>

#include "../compare.h"
#include "../oracle/oracle.h"
#include "checks.h"
#include "generate.h"

namespace program {
namespace {

constexpr double kShare = 0x1p-7 + 0x1p-16, kTolerance = 1e-5;

/** Silent units, dense steps, both leaks and losses; sizes around those of tiles and of what is packed at a time. */
std::vector<Form> forms() {
  const lrlab_credit byWindow{LRLAB_READOUT_RANDOM, LRLAB_CREDIT_TRANSPOSE, std::nan(""), 4, LRLAB_KEEPS_STATE};
  return {
      {50, 3, 2, 45, 40, "retanh"},
      {64, 3, 2, 13, 33, "ReLU", LRLAB_LEAK_PREACTIVATION, LRLAB_CROSS_ENTROPY, localCredit()},
      {33, 9, 3, 13, 17, "tanh", LRLAB_LEAK_RATE, LRLAB_CROSS_ENTROPY},
      {31, 16, 5, 6, 50, "swish", LRLAB_LEAK_PREACTIVATION, LRLAB_MEAN_SQUARED_ERROR, byWindow},
      {280, 9, 3, 7, 17, "tanh"},
      {247, 8, 9, 7, 18, "retanh"},
      {1, 1, 1, 1, 1, "logistic", LRLAB_LEAK_RATE, LRLAB_MEAN_SQUARED_ERROR, localCredit()},
  };
}

/** Largest share of what rounding can explain. */
double shareOfBound(const Problem &p, const Numbers &found, const Numbers &expected) {
  const Numbers sizes = oracle::productSizes(p);
  const Part a0 = Parts(p.setup).a0;
  const double least = kTolerance * largestSize(expected);
  double worst = 0;
  for (size_t i = 0; i < found.size(); i++) {
    const double explained = least + (i < a0.offset + a0.count ? 0 : kShare * sizes[i]);
    worst = std::max(worst, std::fabs(found[i] - expected[i]) / explained);
  }
  return worst;
}

void checkRefusal(const Work &work, Report &report) {
  const Problem p = plainProblem({4, 1, 1, 2, 3}, 1);
  std::string words;
  try {
    Session(work, p);
  } catch (const Refusal &refusal) {
    if (refusal.status == LRLAB_BAD_ARGUMENT) words = refusal.what();
  }
  report.expect(words.find("bf16") != std::string::npos, "bf16 is refused in words where it cannot be had", words);
}

} // namespace

void checkBf16(const Work &work, Report &report) {
  if (std::string(work.engine->name) != "cpu") return;
  report.section("gradients of bf16");
  Work rounded = work, exact = work;
  rounded.precision = LRLAB_BF16, exact.precision = LRLAB_FLOAT32;
  if (!lrlab_has_precision(LRLAB_BF16, work.instructionSet)) return checkRefusal(rounded, report);
  uint64_t seed = 1;
  for (const Form &form : forms()) {
    const Problem p = plainProblem(form, seed++);
    const std::string name = format("%s, N=%d", form.activation.c_str(), form.units);
    const Numbers found = Session(rounded, p).gradient(0, p.batch).gradient;
    report.measure(shareOfBound(p, found, oracle::gradient(p).gradient), 1, name + ", share of what rounding explains");
    const Numbers inFloat32 = Session(exact, p).gradient(0, p.batch).gradient;
    report.expect(gradientDifference(p.setup, found, inFloat32) > kTolerance, name + " is not float32");
    report.expect(Session(rounded, p).forward(0, p.batch).readout == Session(exact, p).forward(0, p.batch).readout,
                  name + ", the forward pass is float32's");
  }
  checkBits(rounded, report);
}

} // namespace program
