/*
 * slicing.h: how the trials of a network are shared out over blocks, and a block's trials and units over its threads.
 * The numbers do not depend on it, only the time.
 */
#pragma once
#include "device.h"
#include "work.h"

namespace lrlab::cuda {

/** Forms of tiles that are compiled. FmaTile: trials, quads of units, most threads of a block. */
#define LRLAB_FMA_TILES(FORM) FORM(1, 1, 512) FORM(2, 1, 512) FORM(4, 1, 384) FORM(4, 2, 256) FORM(5, 2, 256)
/** MmaTile: blocks of 16 trials, most threads of a block. */
#define LRLAB_MMA_TILES(FORM) FORM(1, 512) FORM(2, 256)

constexpr int kChunk = 16; /* rows of a matrix that travel at once, see matrix.h */

/** Rows are multiples of 4, columns of 8. */
struct MatrixSize {
  int rows, columns;
  int resident; /* rows that stay in shared memory: all of them, or a multiple of kChunk */

  LRLAB_BOTH int slot() const { return kChunk * columns; }
  LRLAB_BOTH int floats() const { return resident * columns + (resident < rows ? 2 * slot() : 0); }
};

struct Slicing {
  int tile;    /* index into the tiles of the precision */
  int trials;  /* of a block */
  int threads; /* of a block, whole warps */
  int across;  /* tiles side by side along the units */
  int down;    /* and along the trials */
  int vStride; /* floats in shared memory that a trial has for what the matrix is multiplied with, and more */
  MatrixSize matrix;
  size_t sharedBytes;

  LRLAB_BOTH int vFloats() const { return trials * vStride; }
};


/**
 * The fastest for this many networks at once. rows, columns: of the matrix; vFloats: what a trial needs in shared
 * memory. Throws Failure where nothing fits.
 */
Slicing sliceTrials(const Device &, lrlab_precision, int rows, int columns, int vFloats, int networks, int trials);

/** What the kernels are told that are cut in this way. */
struct SlicedWork {
  Work work;
  Slicing slicing;
};

} // namespace lrlab::cuda
