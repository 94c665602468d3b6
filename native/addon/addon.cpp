/*
 * addon.cpp: what the module exports: Network, instructionSets, activations.
 */
#include <napi.h>

#include "lrlab.h"
#include "network.h"

namespace {

Napi::Array names(Napi::Env env, const char *(*nameAt)(int32_t)) {
  Napi::Array array = Napi::Array::New(env);
  for (int32_t i = 0; const char *name = nameAt(i); i++) array.Set((uint32_t)i, name);
  return array;
}

Napi::Object start(Napi::Env env, Napi::Object exports) {
  exports.Set("Network", lrlab::addon::Network::define(env));
  exports.Set("instructionSets", names(env, lrlab_instruction_set_name));
  exports.Set("activations", names(env, lrlab_activation_name));
  return exports;
}

} // namespace

NODE_API_MODULE(lrlab, start)
