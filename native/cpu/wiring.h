/*
 * wiring.h: raw and effective recurrent weights, W = |Wrec| mask with Dale's law, else Wrec mask.
 */
#pragma once
#include <cmath>

#include "network.h"

namespace lrlab {

class Wiring {
public:
  Wiring(const Model &m, const Network &n)
      : raw_(n.parameters.data() + m.layout.Wrec), mask_(n.mask.empty() ? nullptr : n.mask.data()), dale_(m.dale) {}

  /** Whether W is Wrec. */
  bool isPlain() const { return !dale_ && !mask_; }
  /** W at place k of (N,N). */
  float weight(size_t k) const {
    const float w = dale_ ? std::fabs(raw_[k]) : raw_[k];
    return mask_ ? w * mask_[k] : w;
  }
  /** dW/dWrec at place k; the slope of |w| at 0 is 0. */
  float slope(size_t k) const {
    const float sign = !dale_ ? 1.0f : (float)((raw_[k] > 0) - (raw_[k] < 0));
    return mask_ ? sign * mask_[k] : sign;
  }

private:
  const float *raw_, *mask_;
  bool dale_;
};

/** Sum of squares of the two off-diagonal blocks of raw Wrec, floor(N/2) square each, times the penalty. */
double blockLoss(const Model &, const Network &);
/** Adds its gradient to that of raw Wrec (N,N). */
void addBlockGradient(const Model &, const Network &, float *gradient);

/** Brec (N,N): mean of W over each pair of cell types, 0 where a unit has none. */
void averageCellTypes(const Model &, Network &);

/** Bout += factor Wout */
void addReadout(const Model &, Network &, float factor);
/** Wout and Bout lose the share m.readoutDecay. */
void decayReadout(const Model &, Network &);

} // namespace lrlab
