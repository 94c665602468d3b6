/*
 * network.h: networks of equal form in training on one GPU: their weights and moments there, and scratch for a pass.
 */
#pragma once
#include <vector>

#include "../shared/checks.h"
#include "device.h"
#include "kernels.h"
#include "upload.h"

namespace lrlab::cuda {

class Networks {
public:
  Networks(const lrlab_setup &, int activation, const lrlab_state *);

  void update(const lrlab_batch *, lrlab_report *);
  lrlab_report gradient(int network, const lrlab_batch &, float *gradient);
  void forward(int network, int trials, int steps, const float *input, float *rates, float *readout);
  void copyState(int network, lrlab_state &) const;

  int count() const { return (int)progress_.size(); }
  Shape shape() const { return {form_.layout.units, form_.layout.inputs, form_.layout.outputs, form_.loss}; }

private:
  struct Progress {
    int64_t update;
    double activityPenalty;
  };

  int reserve(Work &, int slots);
  void upload(const Work &, const int *networks, int slots);
  void pass(const Work &, const lrlab_batch *, const int *networks, int slots);
  Order orderOf(const Work &, int network) const;
  lrlab_report reportOf(const Outcome &, int network) const;
  std::vector<Outcome> outcomes(const Work &, int slots);

  Stream stream_;
  Upload upload_{stream_};
  Device device_;
  Work form_; /* all that passes have in common */
  std::vector<Progress> progress_;
  DeviceArray<float> alpha_, parameters_, first_, second_, mask_, readoutFeedback_, recurrentFeedback_;
  DeviceArray<int> cellTypeRanges_;
  DeviceArray<char> scratch_;
};

} // namespace lrlab::cuda
