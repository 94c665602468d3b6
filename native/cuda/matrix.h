/*
 * matrix.h: the matrix that a block multiplies with at every step. Its first rows stay in shared memory; the others
 * come anew at every product, kChunk rows at a time, through two slots: while one is used the next is on its way.
 */
#pragma once
#include <cuda_pipeline_primitives.h>

#include "slicing.h"

namespace lrlab::cuda {

class Matrix {
public:
  /** chip: shared memory for size.floats() */
  LRLAB_DEVICE Matrix(const float *matrix, MatrixSize size, float *chip) : matrix_(matrix), size_(size), chip_(chip) {
    copy(0, size_.resident, chip_);
    if (size_.resident < size_.rows) copyChunk(size_.resident);
  }

  Matrix(const Matrix &) = delete;
  LRLAB_DEVICE ~Matrix() { __pipeline_wait_prior(0); } /* the last chunk fetched is used by nobody */

  /** tile += v M for the rows v (ldv apart) that the tile's trials have. All threads of the block take part. */
  template <class Tile> LRLAB_DEVICE void multiply(Tile &tile, const float *v, int ldv) {
    __pipeline_wait_prior(0);
    __syncthreads();
    tile.add(chip_, size_.columns, size_.resident, v, ldv);
    for (int first = size_.resident; first < size_.rows; first += kChunk) {
      if (first > size_.resident) {
        __pipeline_wait_prior(0);
        __syncthreads(); /* this chunk is there, and all are done with the one before */
      }
      const float *chunk = ring(slot_);
      slot_ ^= 1;
      copyChunk(first + kChunk < size_.rows ? first + kChunk : size_.resident);
      tile.add(chunk, size_.columns, min(kChunk, size_.rows - first), v + first, ldv);
    }
  }

private:
  LRLAB_DEVICE float *ring(int slot) const { return chip_ + size_.resident * size_.columns + slot * size_.slot(); }
  LRLAB_DEVICE void copyChunk(int first) { copy(first, min(kChunk, size_.rows - first), ring(slot_)); }
  LRLAB_DEVICE void copy(int first, int rows, float *to) {
    const float *from = matrix_ + (size_t)first * size_.columns;
    for (int i = 4 * threadIdx.x; i < rows * size_.columns; i += 4 * blockDim.x)
      __pipeline_memcpy_async(to + i, from + i, sizeof(float4));
    __pipeline_commit();
  }

  const float *matrix_;
  const MatrixSize size_;
  float *const chip_;
  int slot_ = 0; /* of the chunk that comes next */
};

} // namespace lrlab::cuda
