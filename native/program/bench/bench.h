/* bench.h: the command `bench`. */
#pragma once
#include <string>
#include <vector>

#include "../report.h"
#include "../session.h"

namespace program {

struct BenchOptions {
  std::string size; // empty: all
  std::string activation;
  std::vector<int> networks;
  int updates; // 0: as many as fit a second, at least 3
};

/** Prints a line per size, rule and number of networks. Exit status. */
int bench(const BenchOptions &, const Work &, Report &);

} // namespace program
