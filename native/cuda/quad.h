/* quad.h: four neighbouring floats, moved at once. */
#pragma once
#include "device.h"
#include "work.h"

namespace lrlab::cuda {

struct Quad {
  float of[4];
};
LRLAB_DEVICE Quad loadQuad(const float *p) {
  const float4 q = *reinterpret_cast<const float4 *>(p);
  return {{q.x, q.y, q.z, q.w}};
}
LRLAB_DEVICE void storeQuad(float *p, const Quad &q) {
  *reinterpret_cast<float4 *>(p) = make_float4(q.of[0], q.of[1], q.of[2], q.of[3]);
}

} // namespace lrlab::cuda
