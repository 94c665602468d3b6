/* json.h: reads JSON (RFC 8259) into a tree. */
#pragma once
#include <string>
#include <utility>
#include <vector>

namespace program {

struct Json {
  enum class Kind { null, boolean, number, string, array, object };
  Kind kind = Kind::null;
  double number = 0; // of a boolean: 0 or 1
  std::string text;
  std::vector<Json> items;
  std::vector<std::pair<std::string, Json>> members;

  bool isNull() const { return kind == Kind::null; }
  bool has(const std::string &name) const;
  /** Throws std::runtime_error with the name where there is no such member. */
  const Json &operator[](const std::string &name) const;
};

/** Throws std::runtime_error with the place of the fault. */
Json parseJson(const std::string &text);

Json readJson(const std::string &path);

/** The numbers of {"shape", "dtype", "data"}; "NaN", "Infinity" and "-Infinity" are strings there. */
std::vector<double> numbersOf(const Json &array);

/** Text between quotation marks, as JSON wants it. */
std::string quoted(const std::string &text);

} // namespace program
