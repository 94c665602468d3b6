/*
 * network.h: one network in training: parameters, moments, threads and their workspaces.
 */
#pragma once
#include <memory>
#include <stdexcept>
#include <vector>

#include "adam.h"
#include "trials.h"

namespace lrlab {

/** The loss or the gradient is not finite. */
struct Diverged : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Network {
public:
  Network(const lrlab_setup &, const lrlab_state &, const Kernels &, Activate);

  lrlab_report update(const lrlab_batch &);
  lrlab_report gradient(const lrlab_batch &, float *gradient);
  void forward(int trials, int steps, const float *input, float *rates, float *readout);
  void copyState(lrlab_state &) const;
  const Kernels &kernels() const { return kernels_; }

private:
  void pack();
  lrlab_report accumulate(const lrlab_batch &, float *gradient);

  const Kernels &kernels_;
  const Layout layout_;
  const Padding padding_;
  const AdamSettings adam_;
  const double clipNorm_;
  const float alpha_;
  int64_t update_;
  double activityPenalty_;
  std::vector<float> parameters_, first_, second_, gradient_;
  PackedWeights weights_;
  bool packed_ = false;
  const Model model_;
  Pool pool_;
  std::vector<std::unique_ptr<TileRunner>> runners_; /* one per worker */
  std::vector<Sums> sums_;                           /* one per slice */
};

} // namespace lrlab
