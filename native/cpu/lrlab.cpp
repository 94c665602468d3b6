/*
 * lrlab.cpp: the C interface. Checks what comes in, and turns exceptions into a status and a message.
 */
#include "lrlab.h"

#include <cmath>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>

#include "network.h"

struct lrlab_network {
  lrlab::Network network;
};

namespace {

void say(lrlab_message *message, const char *text) {
  if (message) std::snprintf(message->text, sizeof message->text, "%s", text);
}

lrlab_status refuse(lrlab_message *message, const char *text) {
  say(message, text);
  return LRLAB_BAD_ARGUMENT;
}

/** Runs body; nothing is thrown past it. */
template <class Body> lrlab_status guarded(lrlab_message *message, Body body) {
  try {
    body();
    return LRLAB_OK;
  } catch (const lrlab::Diverged &e) {
    say(message, e.what());
    return LRLAB_DIVERGED;
  } catch (const std::bad_alloc &) {
    say(message, "not enough memory");
    return LRLAB_OUT_OF_MEMORY;
  } catch (const std::exception &e) {
    say(message, e.what());
    return LRLAB_INTERNAL;
  } catch (...) {
    say(message, "unknown failure");
    return LRLAB_INTERNAL;
  }
}

const lrlab::Kernels *findKernels(const char *name) {
  for (int i = 0; const lrlab::Kernels *k = lrlab::kernelsAt(i); i++)
    if (!name || std::strcmp(k->name, name) == 0) return k;
  return nullptr;
}

lrlab::Activate findActivation(const lrlab::Kernels &kernels, const char *name) {
  for (int i = 0; const char *known = lrlab::activationName(i); i++)
    if (name && std::strcmp(known, name) == 0) return kernels.activation(i);
  return nullptr;
}

const char *faultOf(const lrlab_batch *b) {
  if (!b || b->trials < 1 || b->steps < 1) return "a batch needs at least one trial and one step";
  if (!b->input || !b->target || !b->mask) return "a batch needs input, target and mask";
  return nullptr;
}

} // namespace

extern "C" {

const char *lrlab_instruction_set_name(int32_t index) {
  const lrlab::Kernels *k = lrlab::kernelsAt(index);
  return k ? k->name : nullptr;
}

const char *lrlab_activation_name(int32_t index) { return lrlab::activationName(index); }

size_t lrlab_parameter_count(int32_t units, int32_t inputs, int32_t outputs) {
  return lrlab::Layout(units, inputs, outputs).count;
}

lrlab_status lrlab_open(const lrlab_setup *setup, const lrlab_state *state, lrlab_network **out,
                        lrlab_message *message) {
  if (!setup || !state || !out || !state->parameters || !state->first_moment || !state->second_moment)
    return refuse(message, "opening a network needs a setup and a state");
  if (setup->units < 1 || setup->inputs < 1 || setup->outputs < 1)
    return refuse(message, "a network needs at least one unit, one input and one output");
  if (!(setup->alpha > 0 && setup->alpha <= 1)) return refuse(message, "alpha = dt / tau must lie in (0, 1]");
  if (setup->threads < 1 || setup->threads > 1024) return refuse(message, "threads must lie in 1 ... 1024");
  const lrlab::Kernels *kernels = findKernels(setup->instruction_set);
  if (!kernels) return refuse(message, "this processor does not have the instruction set asked for");
  const lrlab::Activate activate = findActivation(*kernels, setup->activation);
  if (!activate) return refuse(message, "unknown activation function");
  return guarded(message, [&] { *out = new lrlab_network{{*setup, *state, *kernels, activate}}; });
}

void lrlab_close(lrlab_network *network) { delete network; }

lrlab_status lrlab_update(lrlab_network *network, const lrlab_batch *batch, lrlab_report *report,
                          lrlab_message *message) {
  if (!network || !report) return refuse(message, "an update needs a network and a report to fill");
  if (const char *fault = faultOf(batch)) return refuse(message, fault);
  return guarded(message, [&] { *report = network->network.update(*batch); });
}

lrlab_status lrlab_gradient(lrlab_network *network, const lrlab_batch *batch, float *gradient, lrlab_report *report,
                            lrlab_message *message) {
  if (!network || !gradient || !report) return refuse(message, "a gradient needs a network and arrays to fill");
  if (const char *fault = faultOf(batch)) return refuse(message, fault);
  return guarded(message, [&] { *report = network->network.gradient(*batch, gradient); });
}

lrlab_status lrlab_forward(lrlab_network *network, int32_t trials, int32_t steps, const float *input, float *rates,
                           float *readout, lrlab_message *message) {
  if (!network || !input || !readout || trials < 1 || steps < 1)
    return refuse(message, "a forward pass needs a network, input of at least one trial, and a readout to fill");
  return guarded(message, [&] { network->network.forward(trials, steps, input, rates, readout); });
}

lrlab_status lrlab_copy_state(const lrlab_network *network, lrlab_state *state, lrlab_message *message) {
  if (!network || !state || !state->parameters || !state->first_moment || !state->second_moment)
    return refuse(message, "copying a state needs a network and arrays to fill");
  return guarded(message, [&] { network->network.copyState(*state); });
}

const char *lrlab_network_instruction_set(const lrlab_network *network) { return network->network.kernels().name; }
}
