/*
 * table.cpp: the kernels of one instruction set as a table.
 */
#include "kernels.h"
#include "tile.h"

#define LRLAB_TEXT(x) #x
#define LRLAB_NAME(x) LRLAB_TEXT(x)

namespace lrlab::LRLAB_ISA {

void advance(const Panels &, int, int, Rows, MutableRows, const float *);
void leakRate(const float *, Rows, MutableRows, int);
void backwardPreactivation(const CreditStep &);
void backwardRate(const CreditStep &);
void gradient(int, int, int, Rows, Rows, MutableRows);
float sumOfSquares(const float *, int);
Activate activation(int);

extern const Kernels kernels;
const Kernels kernels = {
    LRLAB_NAME(LRLAB_ISA), kLanes,       kRows,    kPanel,       advance,    leakRate,
    backwardPreactivation, backwardRate, gradient, sumOfSquares, activation,
};

} // namespace lrlab::LRLAB_ISA
