/*
 * activity.cpp: sum of h^2 over the n units of one step, each row as many times as trials[row] says. float32, in a fixed
 * order.
 */
#include "kernels.h"
#include "tile.h"

namespace lrlab::LRLAB_ISA {

float sumOfSquares(Rows h, const float *trials, int n) {
  Vec squares[kRows] = {};
  float rest[kRows] = {};
  int i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    LRLAB_UNROLL
    for (int m = 0; m < kRows; m++) {
      const Vec rate = load(h.data + m * h.stride + i);
      squares[m] += rate * rate;
    }
  }
  for (; i < n; i++) {
    LRLAB_UNROLL
    for (int m = 0; m < kRows; m++) rest[m] += h.data[m * h.stride + i] * h.data[m * h.stride + i];
  }
  Vec vector{};
  float sum = 0.0f, lanes[kLanes];
  for (int m = 0; m < kRows; m++) {
    vector += squares[m] * trials[m];
    sum += rest[m] * trials[m];
  }
  store(lanes, vector);
  for (float lane : lanes) sum += lane;
  return sum;
}

} // namespace lrlab::LRLAB_ISA
