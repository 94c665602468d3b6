/* json.cpp: see json.h. One function per kind of value, each leaving `at_` behind what it read. */
#include "json.h"

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace program {
namespace {

class Parser {
public:
  explicit Parser(const std::string &text) : text_(text) {}

  Json whole() {
    Json value = any();
    skipSpace();
    if (at_ != text_.size()) fail("the end");
    return value;
  }

private:
  [[noreturn]] void fail(const std::string &expected) const {
    throw std::runtime_error("reading JSON: expected " + expected + " at character " + std::to_string(at_));
  }

  void skipSpace() {
    while (at_ < text_.size() && std::isspace((unsigned char)text_[at_])) at_++;
  }

  bool take(char c) {
    skipSpace();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    at_++;
    return true;
  }

  void need(char c) {
    if (!take(c)) fail(std::string("'") + c + "'");
  }

  Json any() {
    skipSpace();
    switch (at_ < text_.size() ? text_[at_] : '\0') {
    case '{': return object();
    case '[': return array();
    case '"': return string();
    case 't': return word("true", {Json::Kind::boolean, 1, {}, {}, {}});
    case 'f': return word("false", {Json::Kind::boolean, 0, {}, {}, {}});
    case 'n': return word("null", {});
    default: return number();
    }
  }

  Json word(const std::string &word, Json value) {
    if (text_.compare(at_, word.size(), word) != 0) fail(word);
    at_ += word.size();
    return value;
  }

  Json number() {
    const char *start = text_.c_str() + at_;
    char *end = nullptr;
    const double value = std::strtod(start, &end);
    if (end == start || !(std::isdigit((unsigned char)*start) || *start == '-')) fail("a value");
    at_ += end - start;
    return {Json::Kind::number, value, {}, {}, {}};
  }

  Json string() {
    Json value{Json::Kind::string, 0, {}, {}, {}};
    need('"');
    for (; at_ < text_.size() && text_[at_] != '"'; at_++) {
      if (text_[at_] == '\\') value.text += escaped();
      else value.text += text_[at_];
    }
    need('"');
    return value;
  }

  /** The character after a backslash; beyond ASCII (\u) as '?', which no name that is looked for has. */
  char escaped() {
    static const std::string letters = "bfnrt", characters = "\b\f\n\r\t";
    if (++at_ >= text_.size()) fail("a character after the backslash");
    const char c = text_[at_];
    if (c == 'u') {
      const long code = std::strtol(text_.substr(at_ + 1, 4).c_str(), nullptr, 16);
      at_ += 4;
      return code < 128 ? (char)code : '?';
    }
    const size_t letter = letters.find(c);
    return letter == std::string::npos ? c : characters[letter];
  }

  Json array() {
    Json value{Json::Kind::array, 0, {}, {}, {}};
    need('[');
    if (take(']')) return value;
    do value.items.push_back(any());
    while (take(','));
    need(']');
    return value;
  }

  Json object() {
    Json value{Json::Kind::object, 0, {}, {}, {}};
    need('{');
    if (take('}')) return value;
    do {
      skipSpace();
      std::string name = string().text;
      need(':');
      value.members.emplace_back(std::move(name), any());
    } while (take(','));
    need('}');
    return value;
  }

  const std::string &text_;
  size_t at_ = 0;
};

} // namespace

bool Json::has(const std::string &name) const {
  for (const auto &member : members)
    if (member.first == name) return true;
  return false;
}

const Json &Json::operator[](const std::string &name) const {
  for (const auto &member : members)
    if (member.first == name) return member.second;
  throw std::runtime_error("reading JSON: no member \"" + name + "\"");
}

Json parseJson(const std::string &text) { return Parser(text).whole(); }

Json readJson(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read \"" + path + "\"");
  std::ostringstream text;
  text << file.rdbuf();
  return parseJson(text.str());
}

std::vector<double> numbersOf(const Json &array) {
  std::vector<double> numbers;
  for (const Json &item : array["data"].items)
    numbers.push_back(item.kind == Json::Kind::string ? std::strtod(item.text.c_str(), nullptr) : item.number);
  return numbers;
}

std::string quoted(const std::string &text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if ((unsigned char)c >= 0x20) {
      out += c;
      continue;
    }
    char code[8];
    std::snprintf(code, sizeof code, "\\u%04x", c);
    out += code;
  }
  return out + '"';
}

} // namespace program
