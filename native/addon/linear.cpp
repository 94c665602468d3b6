/*
 * linear.cpp: see linear.h.
 */
#include "linear.h"

#include <algorithm>

#include "values.h"

namespace lrlab::addon {

Napi::Value singularValues(const Napi::CallbackInfo &info) {
  const int32_t rows = wholeNumberOf(info[0], "rows"), columns = wholeNumberOf(info[1], "columns");
  const double *a = doublesOf(info[2], "a", (size_t)rows * columns);
  Napi::Float64Array values = Napi::Float64Array::New(info.Env(), (size_t)std::min(rows, columns));
  lrlab_message message{};
  require(info.Env(), lrlab_singular_values(rows, columns, a, values.Data(), &message), message);
  return values;
}

Napi::Value transposeTimes(const Napi::CallbackInfo &info) {
  const int32_t samples = wholeNumberOf(info[0], "samples"), n = wholeNumberOf(info[1], "n"),
                m = wholeNumberOf(info[2], "m");
  const double *x = doublesOf(info[3], "x", (size_t)samples * n), *y = doublesOf(info[4], "y", (size_t)samples * m);
  Napi::Float64Array product = Napi::Float64Array::New(info.Env(), (size_t)n * m);
  lrlab_message message{};
  require(info.Env(), lrlab_transpose_times(samples, n, m, x, y, product.Data(), &message), message);
  return product;
}

} // namespace lrlab::addon
