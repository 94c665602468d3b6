/*
 * lrlab.cpp: the C interface of the CUDA engine. Checks what comes in, and turns exceptions into a status and a
 * message.
 */
#include "lrlab.h"

#include <cstdio>
#include <cstring>
#include <exception>
#include <new>

#include "activationName.h"
#include "checks.h"
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

using lrlab::cuda::Failure;

lrlab_status say(lrlab_message *message, lrlab_status status, const char *text) {
  if (message) std::snprintf(message->text, sizeof message->text, "%s", text);
  return status;
}

/** Runs body where there is no fault; nothing is thrown past it. */
template <class Body> lrlab_status guarded(lrlab_message *message, const char *fault, Body body) {
  if (fault) return say(message, LRLAB_BAD_ARGUMENT, fault);
  try {
    body();
    return LRLAB_OK;
  } catch (const Failure &e) {
    return say(message, e.status, e.what());
  } catch (const std::bad_alloc &) {
    return say(message, LRLAB_OUT_OF_MEMORY, "not enough memory");
  } catch (const std::exception &e) {
    return say(message, LRLAB_INTERNAL, e.what());
  } catch (...) {
    return say(message, LRLAB_INTERNAL, "unknown failure");
  }
}

int activationIndex(const char *name) {
  for (int i = 0; name && i < lrlab::cuda::kActivations; i++)
    if (std::strcmp(lrlab::cuda::activationName(i), name) == 0) return i;
  return -1;
}

const char *faultOf(const lrlab_networks *networks, int32_t network) {
  if (!networks) return "no networks are open";
  return network < 0 || network >= networks->networks.count() ? "there is no network of this number" : nullptr;
}

lrlab_status device(lrlab_device *device, lrlab_message *message) {
  return guarded(message, device ? nullptr : "a device to fill is needed",
                 [&] { lrlab::cuda::describeDevice(*device); });
}

lrlab_status open(const lrlab_setup *setup, const lrlab_state *states, lrlab_networks **out, lrlab_message *message) {
  const char *fault = lrlab::cuda::faultOf(setup, states);
  if (!fault && !out) fault = "opening networks needs a place to put them";
  const int activation = fault ? -1 : activationIndex(setup->activation);
  if (!fault && activation < 0) fault = "unknown activation function";
  return guarded(message, fault, [&] { *out = new lrlab_networks{{*setup, activation, states}}; });
}

void close(lrlab_networks *networks) { delete networks; }

lrlab_status update(lrlab_networks *networks, const lrlab_batch *batches, lrlab_report *reports,
                    lrlab_message *message) {
  const char *fault = !networks || !batches || !reports ? "an update needs networks, batches and reports to fill" : nullptr;
  if (!fault) {
    const auto &n = networks->networks;
    fault = lrlab::cuda::faultOf(batches, n.count(), n.loss(), n.layout().outputs);
  }
  return guarded(message, fault, [&] { networks->networks.update(batches, reports); });
}

lrlab_status gradient(lrlab_networks *networks, int32_t network, const lrlab_batch *batch, float *gradient,
                      lrlab_report *report, lrlab_message *message) {
  const char *fault = faultOf(networks, network);
  if (!fault && (!batch || !gradient || !report)) fault = "a gradient needs a batch and arrays to fill";
  if (!fault) fault = lrlab::cuda::faultOf(*batch, networks->networks.loss(), networks->networks.layout().outputs);
  return guarded(message, fault, [&] { *report = networks->networks.gradient(network, *batch, gradient); });
}

lrlab_status forward(lrlab_networks *networks, int32_t network, int32_t trials, int32_t steps, const float *input,
                     float *rates, float *readout, lrlab_message *message) {
  const char *fault = faultOf(networks, network);
  if (!fault && (!input || !readout)) fault = "a forward pass needs input, and a readout to fill";
  if (!fault) fault = lrlab::cuda::faultOfSize(trials, steps);
  return guarded(message, fault,
                 [&] { networks->networks.forward(network, trials, steps, input, rates, readout); });
}

lrlab_status copyState(const lrlab_networks *networks, int32_t network, lrlab_state *state, lrlab_message *message) {
  const char *fault = faultOf(networks, network);
  if (!fault && (!state || !state->parameters || !state->first_moment || !state->second_moment))
    fault = "copying a state needs arrays to fill";
  return guarded(message, fault, [&] { networks->networks.copyState(network, *state); });
}

constexpr lrlab_engine kEngine{"cuda", device, open, close, update, gradient, forward, copyState};

} // namespace

extern "C" LRLAB_EXPORT const lrlab_engine *lrlab_cuda_engine(void) { return &kEngine; }
