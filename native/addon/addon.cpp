/*
 * addon.cpp: what the module exports; typed in src/platform/engines/nativeAddon.ts.
 */
#include <napi.h>

#include "engines.h"
#include "linear.h"
#include "lrlab.h"
#include "networks.h"
#include "setup.h"

namespace {

Napi::Array names(Napi::Env env, const char *(*nameAt)(int32_t)) {
  Napi::Array array = Napi::Array::New(env);
  for (int32_t i = 0; const char *name = nameAt(i); i++) array.Set((uint32_t)i, name);
  return array;
}

Napi::Object start(Napi::Env env, Napi::Object exports) {
  using namespace lrlab::addon;
  exports.Set("Networks", Networks::define(env));
  exports.Set("loadCuda", Napi::Function::New<loadCuda>(env));
  exports.Set("device", Napi::Function::New<device>(env));
  exports.Set("instructionSets", names(env, lrlab_instruction_set_name));
  exports.Set("activations", names(env, lrlab_activation_name));
  exports.Set("creditForms", creditForms(env));
  exports.Set("precisions", precisions(env));
  exports.Set("singularValues", Napi::Function::New<singularValues>(env));
  exports.Set("transposeTimes", Napi::Function::New<transposeTimes>(env));
  return exports;
}

} // namespace

NODE_API_MODULE(lrlab, start)
