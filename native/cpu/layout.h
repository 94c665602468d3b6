/*
 * layout.h: where things lie: the flat parameter array, and the padded matrices of a tile (see kernels.h).
 */
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "kernels.h"
#include "lrlab.h"

namespace lrlab {

/** One parameter within the flat array. */
struct Part {
  lrlab_parameter bit;
  size_t offset, count;
};

/** Offsets into parameters, gradient and moments: a0, Win, Wrec, b, Wout, bout. */
struct Layout {
  int units, inputs, outputs;
  size_t a0, Win, Wrec, b, Wout, bout, count;

  Layout(int n, int i, int o) : units(n), inputs(i), outputs(o) {
    const size_t N = n, I = i, O = o;
    a0 = 0;
    Win = a0 + N;
    Wrec = Win + N * I;
    b = Wrec + N * N;
    Wout = b + N;
    bout = Wout + O * N;
    count = bout + O;
  }

  std::array<Part, 6> parts() const {
    return {{{LRLAB_A0, a0, Win - a0},
             {LRLAB_WIN, Win, Wrec - Win},
             {LRLAB_WREC, Wrec, b - Wrec},
             {LRLAB_B, b, Wout - b},
             {LRLAB_WOUT, Wout, bout - Wout},
             {LRLAB_BOUT, bout, count - bout}}};
  }
};

inline int roundUp(int n, int multiple) { return (n + multiple - 1) / multiple * multiple; }

/** Padded sizes in floats for one set of kernels. */
struct Padding {
  int depth;    /* K = N + I + 1 */
  int columns;  /* N + O, whole vectors */
  int vectors;  /* columns in vectors */
  int sumRows;  /* K, whole register tiles: rows of the gradient sum */
  int zStride;  /* a row of Z: holds K, `columns` and `sumRows` */

  Padding(const Layout &l, const Kernels &k) {
    depth = l.units + l.inputs + 1;
    columns = roundUp(l.units + l.outputs, k.lanes);
    vectors = columns / k.lanes;
    sumRows = roundUp(depth, k.rows);
    const int widest = columns > sumRows ? columns : sumRows;
    zStride = roundUp(widest, k.lanes);
  }
};

} // namespace lrlab
