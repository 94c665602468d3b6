/* fixtures.h: the command `fixtures`. */
#pragma once
#include <string>

#include "report.h"
#include "session.h"

namespace program {

/** Every case in the folder through the oracle, float64, and through the engine, float32. */
void checkFixtures(const std::string &folder, const Work &, Report &);

} // namespace program
