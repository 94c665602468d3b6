/*
 * lrlab.cpp: the C interface. Checks what comes in, and turns exceptions into a status and a message.
 */
#include "lrlab.h"

#include <cstdio>
#include <cstring>
#include <string>
#include <thread>

#include "../shared/checks.h"
#include "../shared/guarded.h"
#include "limits.h"
#include "networks.h"

struct lrlab_networks {
  lrlab::Networks networks;
};

namespace {

using lrlab::guarded;
using lrlab::require;

const lrlab::Kernels &kernelsNamed(const char *name) {
  for (int i = 0; const lrlab::Kernels *k = lrlab::kernelsAt(i); i++)
    if (!name || std::strcmp(k->name, name) == 0) return *k;
  throw lrlab::Failure(LRLAB_BAD_ARGUMENT, "instruction set: expected one of this processor, found \"" +
                                               std::string(name ? name : "none") + "\"");
}

int activationNamed(const char *name) {
  for (int i = 0; const char *known = lrlab::activationName(i); i++)
    if (name && std::strcmp(known, name) == 0) return i;
  throw lrlab::Failure(LRLAB_BAD_ARGUMENT,
                       "activation: expected the name of one, found \"" + std::string(name ? name : "") + "\"");
}

lrlab::Networks &checked(lrlab_networks *networks, int32_t network) {
  require(networks, "expected open networks, found none");
  require(network >= 0 && network < networks->networks.count(), "network: expected 0 to %d, found %d",
          networks->networks.count() - 1, network);
  return networks->networks;
}

lrlab::Shape shapeOf(const lrlab::Networks &all) {
  const lrlab::Layout &l = all.model().layout;
  return {l.units, l.inputs, l.outputs, all.model().loss};
}

lrlab_status device(lrlab_device *device, lrlab_message *message) {
  return guarded(message, [&] {
    require(device, "expected a device to describe, found none");
    std::snprintf(device->name, sizeof device->name, "%s", kernelsNamed(nullptr).name);
    std::snprintf(device->description, sizeof device->description, "%u hardware threads",
                  std::thread::hardware_concurrency());
  });
}

lrlab_status open(const lrlab_setup *setup, const lrlab_state *states, lrlab_networks **out, lrlab_message *message) {
  return guarded(message, [&] {
    require(setup && states && out, "opening: expected a setup, states and where to put the networks");
    const int activation = activationNamed(setup->activation);
    const lrlab::Kernels &kernels = kernelsNamed(setup->instruction_set);
    lrlab::checkSetup(*setup);
    lrlab::checkLimits(*setup, kernels);
    for (int n = 0; n < setup->networks; n++) lrlab::checkState(*setup, states[n]);
    *out = new lrlab_networks{{*setup, states, kernels, activation}};
  });
}

void close(lrlab_networks *networks) { delete networks; }

lrlab_status update(lrlab_networks *networks, const lrlab_batch *batches, lrlab_report *reports,
                    lrlab_message *message) {
  return guarded(message, [&] {
    lrlab::Networks &all = checked(networks, 0);
    require(batches && reports, "an update: expected batches and reports");
    const lrlab_batch &first = lrlab::checkBatches(shapeOf(all), batches, all.count());
    lrlab::checkLimits(all.model(), first.trials, first.steps);
    all.update(batches, reports);
  });
}

lrlab_status gradient(lrlab_networks *networks, int32_t network, const lrlab_batch *batch, float *gradient,
                      lrlab_report *report, lrlab_message *message) {
  return guarded(message, [&] {
    lrlab::Networks &all = checked(networks, network);
    require(batch && gradient && report, "a gradient: expected a batch, an array and a report");
    lrlab::checkBatch(shapeOf(all), *batch);
    lrlab::checkLimits(all.model(), batch->trials, batch->steps);
    *report = all.gradient(network, *batch, gradient);
  });
}

lrlab_status forward(lrlab_networks *networks, int32_t network, int32_t trials, int32_t steps, const float *input,
                     float *rates, float *readout, lrlab_message *message) {
  return guarded(message, [&] {
    lrlab::Networks &all = checked(networks, network);
    require(input && readout, "a forward pass: expected input and an array for the readout");
    lrlab::checkSize(shapeOf(all), trials, steps);
    lrlab::checkLimits(all.model(), trials, steps);
    all.forward(network, trials, steps, input, rates, readout);
  });
}

lrlab_status copyState(const lrlab_networks *networks, int32_t network, lrlab_state *state, lrlab_message *message) {
  return guarded(message, [&] {
    const lrlab::Networks &all = checked(const_cast<lrlab_networks *>(networks), network);
    require(state && state->parameters && state->first_moment && state->second_moment,
            "copying a state: expected arrays for parameters and both moments");
    all.network(network).copyTo(*state);
  });
}

} // namespace

extern "C" {

const lrlab_engine *lrlab_cpu_engine(void) {
  static const lrlab_engine engine{"cpu", device, open, close, update, gradient, forward, copyState};
  return &engine;
}

const char *lrlab_instruction_set_name(int32_t index) {
  const lrlab::Kernels *k = lrlab::kernelsAt(index);
  return k ? k->name : nullptr;
}

const char *lrlab_activation_name(int32_t index) { return lrlab::activationName(index); }

int32_t lrlab_has_precision(lrlab_precision precision, const char *instruction_set) {
  for (int i = 0; const lrlab::Kernels *k = lrlab::kernelsAt(i); i++) {
    if (instruction_set && std::strcmp(k->name, instruction_set) != 0) continue;
    return precision == LRLAB_FLOAT32 || (precision == LRLAB_BF16 && k->hasBf16());
  }
  return 0;
}

size_t lrlab_parameter_count(int32_t units, int32_t inputs, int32_t outputs) {
  return lrlab::Layout(units, inputs, outputs).count;
}
}
