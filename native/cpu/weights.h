/*
 * weights.h: the weights of one network as the kernels read them, packed once per update.
 */
#pragma once
#include "buffer.h"
#include "network.h"

namespace lrlab {

class PackedWeights {
public:
  explicit PackedWeights(const Model &);

  /** Panels to pack; each may be packed by another thread. Those of the way back are left side by side if asked to. */
  int jobs() const { return 2 * panels_; }
  void pack(const Network &, bool feedbackInRows, int job);

  /** (K, N+O): W^T | Wout^T over Win^T | 0 over b | bout */
  Panels forward() const { return {forward_.data(), model_.padding.depth, model_.padding.vectors}; }
  /** (N+O, N+O): alpha Brec over Bout; the columns beyond N are 0. Brec is not set where no error passes. */
  Panels backward() const {
    return {backward_.data(), model_.layout.units + model_.layout.outputs, model_.padding.vectors};
  }
  /** The same, in rows of padding.columns. */
  const float *feedback() const { return backward_.data(); }

private:
  void packForward(const Network &, int firstVector, int vectors);
  void packBackward(const Network &, bool inRows, int firstVector, int vectors);

  const Model &model_;
  int panels_;
  Buffer forward_, backward_;
};

} // namespace lrlab
