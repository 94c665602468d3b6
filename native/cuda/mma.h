/*
 * mma.h: the product of tensor cores (compute capability 8.0 on) and its portable twin: a warp adds a 16 by 8 matrix A
 * times an 8 by 8 matrix B to a 16 by 8 matrix C. Entries of A and B have 10 bits behind the point (TF32), C is float32.
 *
 * Lane 4 g + t has   A[g,t], A[g+8,t], A[g,t+4], A[g+8,t+4]   B[t,g], B[t+4,g]   C[g,2t], C[g,2t+1], C[g+8,2t], C[g+8,2t+1]
 * (PTX ISA, mma.m16n8k8 with .tf32).
 */
#pragma once
#include "device.h"
#include "work.h"

namespace lrlab::cuda {

#ifdef __CUDACC__

/** To the nearest TF32, ties away from 0. */
LRLAB_DEVICE float toTf32(float x) {
#if __CUDA_ARCH__ >= 800
  uint32_t rounded;
  asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(rounded) : "f"(x));
  return __uint_as_float(rounded);
#else
  return x;
#endif
}

LRLAB_DEVICE void multiplyAdd(float &c0, float &c1, float &c2, float &c3, const float (&a)[4], const float (&b)[2]) {
#if __CUDA_ARCH__ >= 800
  asm volatile("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
               : "+f"(c0), "+f"(c1), "+f"(c2), "+f"(c3)
               : "r"(__float_as_uint(a[0])), "r"(__float_as_uint(a[1])), "r"(__float_as_uint(a[2])),
                 "r"(__float_as_uint(a[3])), "r"(__float_as_uint(b[0])), "r"(__float_as_uint(b[1])));
#else
  __trap(); /* open() refuses TF32 there */
#endif
}

#else

inline float toTf32(float x) {
  uint32_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  if ((bits & 0x7f800000u) != 0x7f800000u) bits = (bits + 0x1000u) & ~0x1fffu;
  std::memcpy(&x, &bits, sizeof bits);
  return x;
}

inline void multiplyAdd(float &c0, float &c1, float &c2, float &c3, const float (&a)[4], const float (&b)[2]) {
  struct Entries {
    float a[16][8], b[8][8];
  };
  static thread_local Entries warps[32];
  Entries &m = warps[threadIdx.x / 32];
  const int g = threadIdx.x % 32 / 4, t = threadIdx.x % 4;
  m.a[g][t] = a[0], m.a[g + 8][t] = a[1], m.a[g][t + 4] = a[2], m.a[g + 8][t + 4] = a[3];
  m.b[t][g] = b[0], m.b[t + 4][g] = b[1];
  __syncwarp();
  for (int k = 0; k < 8; k++) {
    c0 += m.a[g][k] * m.b[k][2 * t], c1 += m.a[g][k] * m.b[k][2 * t + 1];
    c2 += m.a[g + 8][k] * m.b[k][2 * t], c3 += m.a[g + 8][k] * m.b[k][2 * t + 1];
  }
  __syncwarp();
}

#endif

} // namespace lrlab::cuda
