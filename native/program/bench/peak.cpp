/*
 * peak.cpp: the loop of peak.h. Twelve chains of multiply-adds on the widest vectors, enough to hide their latency and
 * few enough for the registers of every instruction set. By processor time, so that other work on the machine counts
 * little. Compiled once per instruction set.
 */
#include <ctime>

namespace program::LRLAB_ISA {
namespace {

#if defined(__AVX512F__)
constexpr int kLanes = 16;
#elif defined(__AVX__)
constexpr int kLanes = 8;
#else
constexpr int kLanes = 4;
#endif
constexpr int kChains = 12;

typedef float Vec __attribute__((vector_size(kLanes * sizeof(float))));

double timeOnce(long rounds, float *keep) {
  Vec chain[kChains];
  for (int c = 0; c < kChains; c++) chain[c] = Vec{} + (float)c;
  Vec factor = Vec{} + 0.999f, addend = Vec{} + 0.001f;
  const std::clock_t start = std::clock();
  for (long r = 0; r < rounds; r++) {
#if defined(__clang__)
#pragma unroll
#else
#pragma GCC unroll 12
#endif
    for (int c = 0; c < kChains; c++) chain[c] = chain[c] * factor + addend;
  }
  const double seconds = (double)(std::clock() - start) / CLOCKS_PER_SEC;
  for (int c = 0; c < kChains; c++) *keep += chain[c][0];
  return seconds;
}

} // namespace

/** Best of several short rounds, since others use the machine too. */
double measuredPeak() {
  constexpr long rounds = 2000000;
  float sum = 0;
  double best = 1e9;
  for (int attempt = 0; attempt < 10; attempt++) {
    const double seconds = timeOnce(rounds, &sum);
    if (seconds < best) best = seconds;
  }
  volatile float kept = sum; // or the loop would be left away
  (void)kept;
  return 2.0 * kLanes * kChains * rounds / best * 1e-9;
}

} // namespace program::LRLAB_ISA
