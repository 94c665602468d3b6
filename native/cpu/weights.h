/*
 * weights.h: the parameters as the kernels read them, packed once per update.
 */
#pragma once
#include "buffer.h"
#include "layout.h"
#include "pool.h"

namespace lrlab {

class PackedWeights {
public:
  PackedWeights(const Layout &, const Padding &, const Kernels &, float alpha);

  void pack(const float *parameters, Pool &);

  /** (K, N+O): Wrec^T | Wout^T over Win^T | 0 over b | bout */
  Panels forward() const { return {forward_.data(), padding_.depth, padding_.vectors}; }
  /** (N+O, N+O): alpha Wrec over Wout; the columns beyond N are 0 */
  Panels backward() const { return {backward_.data(), layout_.units + layout_.outputs, padding_.vectors}; }

private:
  void packForward(const float *parameters, int firstVector, int vectors);
  void packBackward(const float *parameters, int firstVector, int vectors);

  const Layout &layout_;
  const Padding &padding_;
  const Kernels &kernels_;
  float alpha_;
  Buffer forward_, backward_;
};

} // namespace lrlab
