/*
 * networks.h: networks of the C interface, trained side by side, as a JavaScript object.
 */
#pragma once
#include <napi.h>

#include <vector>

#include "lrlab.h"
#include "setup.h"

namespace lrlab::addon {

/** new Networks(engine, setup, states) */
class Networks : public Napi::ObjectWrap<Networks> {
public:
  static Napi::Function define(Napi::Env env);
  explicit Networks(const Napi::CallbackInfo &info);
  ~Networks() override { shut(); }

private:
  Napi::Value update(const Napi::CallbackInfo &info);
  Napi::Value gradient(const Napi::CallbackInfo &info);
  void forward(const Napi::CallbackInfo &info);
  Napi::Value copyState(const Napi::CallbackInfo &info);
  void close(const Napi::CallbackInfo &info);

  lrlab_networks *open(Napi::Env env) const;
  lrlab_state stateOf(const Napi::Object &object) const;
  lrlab_batch batchOf(const Napi::Object &object) const;
  void shut();

  const lrlab_engine *engine_;
  lrlab_networks *networks_ = nullptr;
  int32_t count_ = 0, units_ = 0, inputs_ = 0, outputs_ = 0;
  lrlab_loss loss_ = LRLAB_MEAN_SQUARED_ERROR;
};

} // namespace lrlab::addon
