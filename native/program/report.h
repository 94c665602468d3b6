/* report.h: counts what passed and failed, and prints it for people or, with --json, one JSON object per line. */
#pragma once
#include <string>

namespace program {

class Report {
public:
  explicit Report(bool json) : json_(json) {}

  /** What the checks that follow are about, as a sentence. */
  void section(const std::string &about);

  void expect(bool passed, const std::string &name, const std::string &detail = "");

  /** Passes where value <= limit, so never for NaN. */
  void measure(double value, double limit, const std::string &name);

  /** A line that is no check: a line for people, or members of a JSON object. */
  void note(const std::string &text, const std::string &jsonMembers);

  bool json() const { return json_; }

  /** Prints the sum; 0 where something was checked and nothing failed, else 1. */
  int finish();

private:
  void closeSection();

  const bool json_;
  int passed_ = 0, failed_ = 0;
  std::string about_;
  int passedHere_ = 0, failedHere_ = 0;
  double worst_ = -1, worstLimit_ = 1; // largest share of its limit in this section
  std::string worstName_;
};

/** printf into a string. */
std::string format(const char *pattern, ...)
#ifdef __GNUC__
    __attribute__((format(printf, 1, 2)))
#endif
    ;

} // namespace program
