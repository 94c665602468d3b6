/* leak.h: the command `leak`. */
#pragma once
#include "report.h"
#include "session.h"

namespace program {

/** Resident memory over so many updates (0: 10,000) of a small network, and over 1,000 networks opened and closed. */
void checkMemory(int updates, const Work &, Report &);

} // namespace program
