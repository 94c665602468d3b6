/*
 * table.cpp: the kernels of one instruction set as a table.
 */
#include "kernels.h"
#include "tile.h"

#define LRLAB_TEXT(x) #x
#define LRLAB_NAME(x) LRLAB_TEXT(x)

namespace lrlab::LRLAB_ISA {

void advance(const Panels &, int, int, Rows, const Firing &, MutableRows, const float *);
void leakRate(const float *, Rows, MutableRows, int);
void backwardPreactivation(const CreditStep &);
void backwardRate(const CreditStep &);
void gradient(int, int, int, Rows, Rows, MutableRows);
bool hasBf16();
Gradient gradientBf16();
float sumOfSquares(Rows, const float *, int);
Activate activation(int);
SlopeByRate slopeByRate(int);
const Rectifier *rectifier(int);
void gather(const int *, int, int, Rows, MutableRows);
void product(const float *, ptrdiff_t, int, int, Rows, MutableRows);
void backwardCompact(const CompactStep &);
void addScaled(float, Rows, MutableRows, int);
void fold(const Fold &);
void adam(const AdamStep &, size_t, const float *, float *, float *, float *);

extern const Kernels kernels;
const Kernels kernels = {
    LRLAB_NAME(LRLAB_ISA), kLanes,       kRows,    kPanel,       advance,    leakRate,
    backwardPreactivation, backwardRate, gradient, hasBf16, gradientBf16, sumOfSquares, activation, slopeByRate,
    rectifier,             gather,       product,  backwardCompact, addScaled, fold,
    adam,
};

} // namespace lrlab::LRLAB_ISA
