/*
 * network.h: one network's own numbers.
 */
#pragma once
#include <cstdint>
#include <vector>

#include "lrlab.h"
#include "model.h"

namespace lrlab {

struct Network {
  int64_t update;
  double activityPenalty;
  std::vector<float> parameters, first, second; /* see layout.h */
  std::vector<float> mask;                      /* (N,N), or empty: all 1 */
  std::vector<float> readoutFeedback;           /* (O,N) Bout, or empty: Wout */
  std::vector<float> recurrentFeedback;         /* (N,N) Brec by cell types or random, or empty */

  Network(const Model &, const lrlab_state &);
  void copyTo(lrlab_state &) const;
};

} // namespace lrlab
