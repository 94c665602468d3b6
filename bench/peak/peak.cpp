/*
 * peak.cpp: prints GFLOP/s of float32 multiply-adds on one core, once per line on stdin.
 *
 * Twelve chains on the widest vectors: enough to hide the latency, few enough for the registers of every instruction set.
 * By processor time, so that other work on the machine counts little.
 */
#include <cstdio>
#include <ctime>

#if defined(__AVX512F__)
constexpr int kLanes = 16;
#elif defined(__AVX__)
constexpr int kLanes = 8;
#else
constexpr int kLanes = 4;
#endif
constexpr int kChains = 12;
constexpr long kRounds = 4000000;

typedef float Vec __attribute__((vector_size(kLanes * sizeof(float))));

int main() {
  volatile float kept = 0; // or the loop would be left away
  char line[16];
  while (std::fgets(line, sizeof line, stdin)) {
    Vec chain[kChains];
    for (int c = 0; c < kChains; c++) chain[c] = Vec{} + (float)c;
    const Vec factor = Vec{} + 0.999f, addend = Vec{} + 0.001f;
    const std::clock_t start = std::clock();
    for (long r = 0; r < kRounds; r++) {
#if defined(__clang__)
#pragma unroll
#else
#pragma GCC unroll 12
#endif
      for (int c = 0; c < kChains; c++) chain[c] = chain[c] * factor + addend;
    }
    const double seconds = (double)(std::clock() - start) / CLOCKS_PER_SEC;
    for (int c = 0; c < kChains; c++) kept = kept + chain[c][0];
    std::printf("%g\n", 2e-9 * kLanes * kChains * kRounds / seconds);
    std::fflush(stdout);
  }
}
