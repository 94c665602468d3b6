/* options.h: the command line. */
#pragma once
#include <string>
#include <vector>

#include "lrlab.h"

namespace program {

struct Options {
  std::string command;
  std::string folder; // of `fixtures`
  std::string engine = "cpu", library = "build/cuda/lrlab_cuda.so";
  std::string instructionSet; // empty: the best of this machine
  lrlab_precision precision = LRLAB_FLOAT32;
  int threads = 1;
  int problems = 0; // of `check`; 0: all
  int updates = 0;  // of `bench` and `leak`; 0: as the command has it
  std::vector<int> networks{1, 2, 4, 8, 16, 32, 64};
  std::string size; // of `bench`; empty: all
  std::string activation = "retanh"; // of `bench`
  bool json = false;
};

extern const char *const kUsage;

/** Throws std::runtime_error with what is wrong. */
Options parseOptions(int argc, char **argv);

} // namespace program
