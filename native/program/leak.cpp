/*
 * leak.cpp: VmRSS of /proc/self/status after a warm-up and at the end. 256 KiB of growth are let pass: one byte kept per
 * parameter and update would be 5 MB here.
 */
#include "leak.h"

#include <fstream>

#include "checks/generate.h"

namespace program {
namespace {

constexpr double kAllowedKiB = 256;
constexpr int kPairs = 1000;

/** VmRSS in KiB, 0 where the system does not tell. */
double residentKiB() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (word == "VmRSS:") {
      double kib = 0;
      status >> kib;
      return kib;
    }
  return 0;
}

/** Growth of resident memory over `count` calls, after a tenth as many to warm up. */
template <class Body> double growthKiB(int count, Body body) {
  for (int i = 0; i < count / 10; i++) body();
  const double before = residentKiB();
  for (int i = 0; i < count; i++) body();
  return residentKiB() - before;
}

} // namespace

void checkMemory(int updates, const Work &work, Report &report) {
  report.section("resident memory does not grow, KiB");
  if (residentKiB() == 0) {
    report.expect(false, "reading VmRSS of /proc/self/status", "this check needs Linux");
    return;
  }
  const Problem p = plainProblem({20, 3, 2, 10, 20, "retanh"}, 1);
  const int count = updates > 0 ? updates : 10000;
  Session session(work, p);
  report.measure(growthKiB(count, [&] { session.update(p.batch); }), kAllowedKiB, format("%d updates", count));
  report.measure(growthKiB(kPairs, [&] { Session(work, p).update(p.batch); }), kAllowedKiB,
                 format("%d networks opened and closed", kPairs));
}

} // namespace program
