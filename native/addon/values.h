/*
 * values.h: JavaScript values as the C interface wants them, with their kinds and lengths checked. No maths.
 */
#pragma once
#include <napi.h>

#include <string>

#include "lrlab.h"

namespace lrlab::addon {

/** A JavaScript error with `code`, for a status other than LRLAB_OK. */
inline Napi::Error errorOf(Napi::Env env, lrlab_status status, const std::string &text) {
  static const char *const codes[] = {"ok", "bad-argument", "out-of-memory", "diverged", "internal", "unavailable"};
  Napi::Error error = Napi::Error::New(env, text);
  error.Set("code", Napi::String::New(env, codes[status]));
  return error;
}

inline void require(Napi::Env env, lrlab_status status, const lrlab_message &message) {
  if (status != LRLAB_OK) throw errorOf(env, status, message.text);
}

inline Napi::Error expected(Napi::Env env, const std::string &name, const std::string &what) {
  return errorOf(env, LRLAB_BAD_ARGUMENT, name + ": expected " + what);
}

inline bool isNull(const Napi::Value &value) { return value.IsNull() || value.IsUndefined(); }

inline Napi::Object objectOf(const Napi::Value &value, const std::string &name) {
  if (!value.IsObject()) throw expected(value.Env(), name, "an object");
  return value.As<Napi::Object>();
}

inline Napi::Array arrayOf(const Napi::Value &value, const std::string &name) {
  if (!value.IsArray()) throw expected(value.Env(), name, "an array");
  return value.As<Napi::Array>();
}

inline double numberOf(const Napi::Value &value, const std::string &name) {
  if (!value.IsNumber()) throw expected(value.Env(), name, "a number");
  return value.As<Napi::Number>().DoubleValue();
}

inline int32_t wholeNumberOf(const Napi::Value &value, const std::string &name) {
  const double number = numberOf(value, name);
  if (!(number >= 0 && number <= INT32_MAX) || number != (double)(int32_t)number)
    throw expected(value.Env(), name, "a whole number");
  return (int32_t)number;
}

inline std::string textOf(const Napi::Value &value, const std::string &name) {
  if (!value.IsString()) throw expected(value.Env(), name, "a text");
  return value.As<Napi::String>().Utf8Value();
}

inline double numberIn(const Napi::Object &object, const char *name) { return numberOf(object.Get(name), name); }
inline int32_t wholeNumberIn(const Napi::Object &object, const char *name) {
  return wholeNumberOf(object.Get(name), name);
}
inline bool flagIn(const Napi::Object &object, const char *name) { return object.Get(name).ToBoolean(); }

/** The index of a text among those allowed. */
inline int choiceIn(const Napi::Object &object, const char *name, std::initializer_list<const char *> allowed) {
  const std::string text = textOf(object.Get(name), name);
  int index = 0;
  for (const char *choice : allowed) {
    if (text == choice) return index;
    index++;
  }
  throw errorOf(object.Env(), LRLAB_BAD_ARGUMENT, std::string(name) + ": \"" + text + "\" is not known here");
}

template <class Array, napi_typedarray_type type>
auto *elementsOf(const Napi::Value &value, const std::string &name, size_t length, const char *kind) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != type)
    throw expected(value.Env(), name, std::string("a ") + kind);
  Array array = value.As<Array>();
  if (array.ElementLength() != length) // a detached one has length 0
    throw expected(value.Env(), name,
                   std::to_string(length) + " values, found " + std::to_string(array.ElementLength()));
  return array.Data();
}

/** The data of a Float32Array of exactly this length; valid as long as the JavaScript array is. */
inline float *floatsIn(const Napi::Object &object, const char *name, size_t length) {
  return elementsOf<Napi::Float32Array, napi_float32_array>(object.Get(name), name, length, "Float32Array");
}

/** The same, or null where the value is null or absent. */
inline float *floatsOrNullIn(const Napi::Object &object, const char *name, size_t length) {
  return isNull(object.Get(name)) ? nullptr : floatsIn(object, name, length);
}

inline double *doublesOf(const Napi::Value &value, const std::string &name, size_t length) {
  return elementsOf<Napi::Float64Array, napi_float64_array>(value, name, length, "Float64Array");
}

} // namespace lrlab::addon
