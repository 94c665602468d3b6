/*
 * values.h: JavaScript values as the C interface wants them, with their lengths checked. No maths.
 */
#pragma once
#include <napi.h>

#include <string>

#include "lrlab.h"

namespace lrlab::addon {

/** A JavaScript error with `code`, for a status other than LRLAB_OK. */
inline Napi::Error errorOf(Napi::Env env, lrlab_status status, const std::string &text) {
  static const char *const codes[] = {"ok", "bad-argument", "out-of-memory", "diverged", "internal"};
  Napi::Error error = Napi::Error::New(env, text);
  error.Set("code", Napi::String::New(env, codes[status]));
  return error;
}

inline double numberOf(const Napi::Object &object, const char *name) {
  const Napi::Value value = object.Get(name);
  if (!value.IsNumber())
    throw errorOf(object.Env(), LRLAB_BAD_ARGUMENT, std::string(name) + ": expected a number");
  return value.As<Napi::Number>().DoubleValue();
}

inline int32_t wholeNumberOf(const Napi::Object &object, const char *name) {
  const double value = numberOf(object, name);
  if (!(value >= 0 && value <= INT32_MAX) || value != (double)(int32_t)value)
    throw errorOf(object.Env(), LRLAB_BAD_ARGUMENT, std::string(name) + ": expected a whole number");
  return (int32_t)value;
}

/** The data of a Float32Array of exactly this length; valid as long as the JavaScript array is. */
inline float *floatsOf(const Napi::Object &object, const char *name, size_t length) {
  const Napi::Value value = object.Get(name);
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_float32_array)
    throw errorOf(object.Env(), LRLAB_BAD_ARGUMENT, std::string(name) + ": expected a Float32Array");
  Napi::Float32Array array = value.As<Napi::Float32Array>();
  if (array.ElementLength() != length)
    throw errorOf(object.Env(), LRLAB_BAD_ARGUMENT,
                  std::string(name) + ": expected " + std::to_string(length) + " values, found " +
                      std::to_string(array.ElementLength()));
  return array.Data();
}

inline bool isNull(const Napi::Object &object, const char *name) {
  const Napi::Value value = object.Get(name);
  return value.IsNull() || value.IsUndefined();
}

inline Napi::Object objectAt(const Napi::CallbackInfo &info, size_t index) {
  if (index >= info.Length() || !info[index].IsObject())
    throw errorOf(info.Env(), LRLAB_BAD_ARGUMENT, "expected an object as argument " + std::to_string(index + 1));
  return info[index].As<Napi::Object>();
}

} // namespace lrlab::addon
