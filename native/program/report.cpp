/* report.cpp: see report.h. Failures are printed at once, what passed as one line per section. */
#include "report.h"

#include <cstdarg>
#include <cstdio>

#include "json.h"

namespace program {

std::string format(const char *pattern, ...) {
  char text[1024];
  va_list arguments;
  va_start(arguments, pattern);
  std::vsnprintf(text, sizeof text, pattern, arguments);
  va_end(arguments);
  return text;
}

void Report::section(const std::string &about) {
  closeSection();
  about_ = about;
}

void Report::expect(bool passed, const std::string &name, const std::string &detail) {
  (passed ? passed_ : failed_)++;
  (passed ? passedHere_ : failedHere_)++;
  if (passed) return;
  note("FAILED " + about_ + ": " + name + (detail.empty() ? "" : ": " + detail),
       "\"failed\":" + quoted(about_) + ",\"name\":" + quoted(name) + ",\"detail\":" + quoted(detail));
}

void Report::measure(double value, double limit, const std::string &name) {
  expect(value <= limit, name, format("%.3g, more than %.3g", value, limit));
  if (value / limit <= worst_ / worstLimit_) return;
  worst_ = value;
  worstLimit_ = limit;
  worstName_ = name;
}

void Report::note(const std::string &text, const std::string &jsonMembers) {
  if (json_) std::printf("{%s}\n", jsonMembers.c_str());
  else std::printf("%s\n", text.c_str());
  std::fflush(stdout);
}

void Report::closeSection() {
  if (passedHere_ + failedHere_ > 0) {
    const std::string worst =
        worst_ < 0 ? "" : format("; worst %.2g of %.2g (%s)", worst_, worstLimit_, worstName_.c_str());
    const std::string worstJson =
        worst_ < 0 ? "" : format(",\"worst\":%.9g,\"limit\":%.9g,\"at\":%s", worst_, worstLimit_,
                                 quoted(worstName_).c_str());
    note(format("%-4s %s: %d passed, %d failed%s", failedHere_ ? "FAIL" : "ok", about_.c_str(), passedHere_,
                failedHere_, worst.c_str()),
         format("\"section\":%s,\"passed\":%d,\"failed\":%d%s", quoted(about_).c_str(), passedHere_, failedHere_,
                worstJson.c_str()));
  }
  passedHere_ = failedHere_ = 0;
  worst_ = -1;
  worstLimit_ = 1;
}

int Report::finish() {
  closeSection();
  note(format("%d passed, %d failed", passed_, failed_), format("\"passed\":%d,\"failed\":%d", passed_, failed_));
  return failed_ == 0 && passed_ > 0 ? 0 : 1;
}

} // namespace program
