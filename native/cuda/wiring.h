/* wiring.h: effective recurrent weights, W = Wrec * mask, or |Wrec| * mask with Dale's law, and their slopes. */
#pragma once
#include "device.h"
#include "work.h"

namespace lrlab::cuda {

LRLAB_DEVICE float rawWeight(const Work &w, int slot, int i, int j) {
  return w.parameters[parametersOf(w, slot) + w.layout.Wrec + (size_t)i * w.layout.units + j];
}

LRLAB_DEVICE float maskOf(const Work &w, int slot, int i, int j) {
  const size_t N = w.layout.units;
  return w.mask ? w.mask[(w.orders[slot].network * N + i) * N + j] : 1.0f;
}

LRLAB_DEVICE float effectiveWeight(const Work &w, int slot, int i, int j) {
  const float raw = rawWeight(w, slot, i, j);
  return (w.dale ? fabsf(raw) : raw) * maskOf(w, slot, i, j);
}

/** dW/dWrec; that of |w| at 0 is 0. */
LRLAB_DEVICE float effectiveSlope(const Work &w, int slot, int i, int j) {
  const float raw = rawWeight(w, slot, i, j);
  const float sign = w.dale ? (float)(raw > 0.0f) - (float)(raw < 0.0f) : 1.0f;
  return sign * maskOf(w, slot, i, j);
}

/** Whether Wrec[i,j] lies in one of the two off-diagonal blocks, each floor(N/2) square. */
LRLAB_DEVICE bool inBlocks(const Layout &l, int i, int j) {
  const int half = l.units / 2;
  return i < 2 * half && j < 2 * half && (i < half) != (j < half);
}

} // namespace lrlab::cuda
