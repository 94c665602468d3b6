/* peak.h: fused multiply-adds per second of one core, one function per instruction set (LRLAB_ISA). */
#pragma once

namespace program {

/** GFLOP/s of one core with the instruction set of that name (see lrlab_instruction_set_name); 0: unknown. */
double peakGflops(const char *instructionSet);

} // namespace program
