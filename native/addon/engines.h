/*
 * engines.h: the engines of this process: the processor's, and the GPU's once its library is loaded.
 */
#pragma once
#include <napi.h>

#include <string>

#include "lrlab.h"

namespace lrlab::addon {

/** "cpu", or "cuda" after loadCuda; throws a JavaScript error otherwise. */
const lrlab_engine *engineNamed(Napi::Env env, const std::string &name);

/** loadCuda(path): once per process; throws with code "unavailable" where the library does not load. */
void loadCuda(const Napi::CallbackInfo &info);

/** device(engine): {name, description}; throws with code "unavailable" and the reason where it cannot work here. */
Napi::Value device(const Napi::CallbackInfo &info);

} // namespace lrlab::addon
