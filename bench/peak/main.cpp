/* main.cpp: prints GFLOP/s of fused multiply-adds on one core, once per line on stdin (native/program/bench/peak.cpp). */
#include <cstdio>

namespace program::LRLAB_ISA {
double measuredPeak();
}

int main() {
  char line[16];
  while (std::fgets(line, sizeof line, stdin)) {
    std::printf("%g\n", program::LRLAB_ISA::measuredPeak());
    std::fflush(stdout);
  }
}
