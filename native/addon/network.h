/*
 * network.h: a network of the C interface as a JavaScript object.
 */
#pragma once
#include <napi.h>

#include "lrlab.h"

namespace lrlab::addon {

class Network : public Napi::ObjectWrap<Network> {
public:
  static Napi::Function define(Napi::Env env);
  explicit Network(const Napi::CallbackInfo &info);
  ~Network() override { lrlab_close(network_); }

private:
  Napi::Value update(const Napi::CallbackInfo &info);
  Napi::Value gradient(const Napi::CallbackInfo &info);
  void forward(const Napi::CallbackInfo &info);
  Napi::Value copyState(const Napi::CallbackInfo &info);
  void close(const Napi::CallbackInfo &info);

  lrlab_network *open(Napi::Env env) const;
  lrlab_batch batchOf(const Napi::Object &object) const;
  lrlab_state stateOf(const Napi::Object &object) const;

  lrlab_network *network_ = nullptr;
  int32_t units_ = 0, inputs_ = 0, outputs_ = 0;
};

} // namespace lrlab::addon
