/*
 * activity.cpp: sum of h^2 over the n units of one trial and step. float32, in a fixed order.
 */
#include "tile.h"

namespace lrlab::LRLAB_ISA {

float sumOfSquares(const float *h, int n) {
  Vec sums = all(0.0f);
  int i = 0;
  for (; i + kLanes <= n; i += kLanes) sums += load(h + i) * load(h + i);
  float lanes[kLanes];
  store(lanes, sums);
  float sum = 0.0f;
  for (float lane : lanes) sum += lane;
  for (; i < n; i++) sum += h[i] * h[i];
  return sum;
}

} // namespace lrlab::LRLAB_ISA
