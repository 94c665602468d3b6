/*
 * linear.h: linear algebra of the C interface for JavaScript's Float64Arrays.
 */
#pragma once
#include <napi.h>

namespace lrlab::addon {

/** singularValues(rows, columns, a): Float64Array, descending */
Napi::Value singularValues(const Napi::CallbackInfo &info);

/** transposeTimes(samples, n, m, x, y): n x m Float64Array */
Napi::Value transposeTimes(const Napi::CallbackInfo &info);

} // namespace lrlab::addon
