/*
 * networks.h: networks of one model in training, shared out over threads.
 */
#pragma once
#include <memory>
#include <vector>

#include "adam.h"
#include "pool.h"
#include "worker.h"

namespace lrlab {

class Networks {
public:
  Networks(const lrlab_setup &, const lrlab_state *, const Kernels &, int activation);

  const Model &model() const { return model_; }
  const Network &network(int index) const { return networks_[index]; }
  int count() const { return (int)networks_.size(); }

  /** The calls of lrlab_engine; arguments must have passed the checks of shared/checks.h. */
  void update(const lrlab_batch *, lrlab_report *);
  lrlab_report gradient(int network, const lrlab_batch &, float *gradient);
  void forward(int network, int trials, int steps, const float *input, float *rates, float *readout);

private:
  static void trainSlice(int slice, const Pass &, Worker &plan, Worker &, Sums &);
  lrlab_report accumulateAlone(const Network &, const lrlab_batch &, Worker &, float *gradient);
  lrlab_report accumulateTogether(const Network &, const lrlab_batch &, float *gradient);
  void pack(const Network &, const lrlab_batch &);
  Pass passOf(const Network &, const lrlab_batch &, const PackedWeights &) const;
  lrlab_report reportOf(const Pass &, double error, double squaredRate) const;
  void learn(Network &, float *gradient, lrlab_report &, const Share &) const;

  const Model model_;
  std::vector<Network> networks_;
  Pool pool_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<Sums> shared_; /* of the network that all threads work on: one per slice, one for the trunk */
};

} // namespace lrlab
