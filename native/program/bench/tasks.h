/* tasks.h: batches shaped like the published tasks', with the structure that matters for time: long constant phases. */
#pragma once
#include <string>
#include <vector>

#include "../problem.h"

namespace program {

struct Size {
  const char *name;
  int units;
  Batch (*draw)(uint64_t seed);
  int inputs, outputs;
  lrlab_loss loss;
};

/** hatsopoulos200, mante200, mante400 */
const std::vector<Size> &publishedSizes();

/** Initial weights as the published runs have them: Wrec = 1.5 N(0,1) / sqrt(N), everything at rest. */
Problem publishedProblem(const Size &, bool eprop, const std::string &activation, uint64_t seed);

} // namespace program
