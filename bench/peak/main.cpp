/*
 * main.cpp: prints GFLOP/s of one core, as native/program/bench/peak.cpp measures them, once per line on stdin.
 */
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
