/* checks.h: the command `check`, one file per kind of check. */
#pragma once
#include "../report.h"
#include "../session.h"

namespace program {

/** All of them; problems: how many random ones, 0 for all. */
void checkAll(int problems, const Work &, Report &);

/** The oracle's BPTT gradient against finite differences of its own loss. */
void checkOracleGradient(int problems, Report &);

/** The engine against the oracle on random problems. */
void checkAgreement(int problems, const Work &, Report &);

/** The same for ways of credit that only the CPU engine knows: every pair of recurrent credit and of what units keep. */
void checkCpuForms(const Work &, Report &);

/** The engine against the oracle where silent units and common beginnings of trials can be made use of. */
void checkBeginnings(int problems, const Work &, Report &);

/** Where theory says that rules agree, and where that they differ. */
void checkRules(const Work &, Report &);

/** The same bits again, with other numbers of threads, and in the company of other networks. */
void checkBits(const Work &, Report &);

/** Gradients of bf16: as near as rounding allows, other bits than in float32, and always the same; or refused in words. */
void checkBf16(const Work &, Report &);

/** A network that diverges keeps its state and leaves the others alone. */
void checkDivergence(const Work &, Report &);

/** Bad arguments give a status and a text. */
void checkArguments(const Work &, Report &);

/** Singular values and products, which the CPU engine's library has beside the engine. */
void checkLinearAlgebra(Report &);

} // namespace program
