/*
 * lrlab.cpp: the C interface of the CUDA engine. Checks what comes in, and turns exceptions into a status and a
 * message.
 */
#include "lrlab.h"

#include <cstring>
#include <string>

#include "../shared/checks.h"
#include "../shared/guarded.h"
#include "activationName.h"
#include "limits.h"
#include "network.h"

#ifdef _WIN32
#define LRLAB_EXPORT __declspec(dllexport)
#else
#define LRLAB_EXPORT __attribute__((visibility("default")))
#endif

struct lrlab_networks {
  lrlab::cuda::Networks networks;
};

namespace {

using lrlab::guarded;
using lrlab::require;

int activationNamed(const char *name) {
  for (int i = 0; name && i < lrlab::cuda::kActivations; i++)
    if (std::strcmp(lrlab::cuda::activationName(i), name) == 0) return i;
  throw lrlab::Failure(LRLAB_BAD_ARGUMENT,
                       "activation: expected the name of one, found \"" + std::string(name ? name : "") + "\"");
}

lrlab::cuda::Networks &checked(lrlab_networks *networks, int32_t network) {
  require(networks, "expected open networks, found none");
  require(network >= 0 && network < networks->networks.count(), "network: expected 0 to %d, found %d",
          networks->networks.count() - 1, network);
  return networks->networks;
}

lrlab_status device(lrlab_device *device, lrlab_message *message) {
  return guarded(message, [&] {
    require(device, "expected a device to describe, found none");
    lrlab::cuda::describeDevice(*device);
  });
}

lrlab_status open(const lrlab_setup *setup, const lrlab_state *states, lrlab_networks **out, lrlab_message *message) {
  return guarded(message, [&] {
    require(setup && states && out, "opening: expected a setup, states and where to put the networks");
    const int activation = activationNamed(setup->activation);
    lrlab::checkSetup(*setup);
    lrlab::cuda::checkLimits(*setup);
    for (int n = 0; n < setup->networks; n++) lrlab::checkState(*setup, states[n]);
    *out = new lrlab_networks{{*setup, activation, states}};
  });
}

void close(lrlab_networks *networks) { delete networks; }

lrlab_status update(lrlab_networks *networks, const lrlab_batch *batches, lrlab_report *reports,
                    lrlab_message *message) {
  return guarded(message, [&] {
    lrlab::cuda::Networks &all = checked(networks, 0);
    require(batches && reports, "an update: expected batches and reports");
    const lrlab_batch &first = lrlab::checkBatches(all.shape(), batches, all.count());
    lrlab::cuda::checkLimits(first.trials, first.steps);
    all.update(batches, reports);
  });
}

lrlab_status gradient(lrlab_networks *networks, int32_t network, const lrlab_batch *batch, float *gradient,
                      lrlab_report *report, lrlab_message *message) {
  return guarded(message, [&] {
    lrlab::cuda::Networks &all = checked(networks, network);
    require(batch && gradient && report, "a gradient: expected a batch, an array and a report");
    lrlab::checkBatch(all.shape(), *batch);
    lrlab::cuda::checkLimits(batch->trials, batch->steps);
    *report = all.gradient(network, *batch, gradient);
  });
}

lrlab_status forward(lrlab_networks *networks, int32_t network, int32_t trials, int32_t steps, const float *input,
                     float *rates, float *readout, lrlab_message *message) {
  return guarded(message, [&] {
    lrlab::cuda::Networks &all = checked(networks, network);
    require(input && readout, "a forward pass: expected input and an array for the readout");
    lrlab::checkSize(all.shape(), trials, steps);
    lrlab::cuda::checkLimits(trials, steps);
    all.forward(network, trials, steps, input, rates, readout);
  });
}

lrlab_status copyState(const lrlab_networks *networks, int32_t network, lrlab_state *state, lrlab_message *message) {
  return guarded(message, [&] {
    const lrlab::cuda::Networks &all = checked(const_cast<lrlab_networks *>(networks), network);
    require(state && state->parameters && state->first_moment && state->second_moment,
            "copying a state: expected arrays for parameters and both moments");
    all.copyState(network, *state);
  });
}

constexpr lrlab_engine kEngine{"cuda", device, open, close, update, gradient, forward, copyState};

} // namespace

extern "C" LRLAB_EXPORT const lrlab_engine *lrlab_cuda_engine(void) { return &kEngine; }
