/*
 * engines.cpp: see engines.h. The library stays loaded: threads other than the caller's may use it.
 */
#include "engines.h"

#include <atomic>

#include "values.h"

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <dlfcn.h>
#endif

namespace lrlab::addon {

namespace {

std::atomic<const lrlab_engine *> cudaEngine{nullptr};

using EngineOf = const lrlab_engine *(*)();

#ifdef _WIN32
EngineOf engineIn(const std::string &path, std::string &reason) {
  const int length = MultiByteToWideChar(CP_UTF8, 0, path.c_str(), -1, nullptr, 0);
  std::wstring wide((size_t)length, L'\0');
  MultiByteToWideChar(CP_UTF8, 0, path.c_str(), -1, wide.data(), length);
  const HMODULE library = LoadLibraryW(wide.c_str());
  const auto found = library ? (EngineOf)GetProcAddress(library, "lrlab_cuda_engine") : nullptr;
  if (!found) reason = "Windows error " + std::to_string(GetLastError());
  return found;
}
#else
EngineOf engineIn(const std::string &path, std::string &reason) {
  void *library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  const auto found = library ? (EngineOf)dlsym(library, "lrlab_cuda_engine") : nullptr;
  if (!found) reason = dlerror();
  return found;
}
#endif

} // namespace

const lrlab_engine *engineNamed(Napi::Env env, const std::string &name) {
  if (name == "cpu") return lrlab_cpu_engine();
  const lrlab_engine *cuda = name == "cuda" ? cudaEngine.load() : nullptr;
  if (!cuda) throw errorOf(env, LRLAB_UNAVAILABLE, "engine \"" + name + "\" is not loaded");
  return cuda;
}

void loadCuda(const Napi::CallbackInfo &info) {
  if (cudaEngine.load()) return;
  std::string reason;
  const EngineOf found = engineIn(textOf(info[0], "path"), reason);
  if (!found) throw errorOf(info.Env(), LRLAB_UNAVAILABLE, reason);
  cudaEngine.store(found());
}

Napi::Value device(const Napi::CallbackInfo &info) {
  lrlab_device found{};
  lrlab_message message{};
  require(info.Env(), engineNamed(info.Env(), textOf(info[0], "engine"))->device(&found, &message), message);
  Napi::Object object = Napi::Object::New(info.Env());
  object.Set("name", found.name);
  object.Set("description", found.description);
  return object;
}

} // namespace lrlab::addon
