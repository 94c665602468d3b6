/*
 * gradientBf16.cpp: gradient.cpp from factors of 8-bit mantissas (bfloat16), on processors with matrix tiles (Intel AMX).
 *
 *   sum[k][i] += sum over pairs p of rows of (Z[2p][k] D[2p][i] + Z[2p+1][k] D[2p+1][i])
 *
 * A tile is 16 rows of 16 words: float32 sums, or pairs of factors; one instruction adds the products of two tiles of
 * pairs to a tile of sums. Factors are rounded to the nearest, by at most 2^-8 of their size; factors, products and sums
 * below the smallest normal number count as 0. Sums go on in float32 from block to block, in a fixed order: what that
 * loses is far below what the factors have lost.
 *
 * The language has neither bfloat16 nor tiles, hence the intrinsics, in this file alone. Functions ask for their
 * instructions one by one, not the compiler for all: one that does not know them still builds the rest.
 */
#include "kernels.h"
#include "tile.h"

#if defined(__linux__) && defined(__AVX512F__) && !defined(LRLAB_PLAIN_LOOPS)
#if defined(__clang__) ? __clang_major__ >= 12 : __GNUC__ >= 11
#define LRLAB_TILES __attribute__((target("amx-tile,amx-bf16,avx512bf16")))
#endif
#endif

#ifdef LRLAB_TILES
#include <cpuid.h>
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace lrlab::LRLAB_ISA {

#ifdef LRLAB_TILES
namespace {

constexpr int kSide = 16, kTile = kSide * kSide; /* words */
constexpr int kRowBytes = kSide * 4;
/** What there is room for: rows of so many steps, and so many columns of Z at a time. */
constexpr int kMostSteps = 16, kMostPairs = kMostSteps * kRows / 2, kMostSources = 256;
static_assert(kMostPairs % kSide == 0 && kSide == kLanes && kPanel == 4);

/** Tiles 0 to 3 are sums, 4 is Z, with so many rows in use; 5 is D. */
LRLAB_TILES void shapeTiles(int rows) {
  struct {
    uint8_t palette = 1, reserved[15] = {};
    uint16_t rowBytes[16] = {kRowBytes, kRowBytes, kRowBytes, kRowBytes, kRowBytes, kRowBytes};
    uint8_t rows[16] = {};
  } shapes;
  for (int tile = 0; tile < 5; tile++) shapes.rows[tile] = (uint8_t)rows;
  shapes.rows[5] = kSide;
  __asm__ volatile("" : : "r"(&shapes) : "memory"); /* the intrinsic does not say that it reads all of it */
  _tile_loadconfig(&shapes);
}

/** row[0][i] in the lower, row[1][i] in the upper half of word i. */
LRLAB_TILES LRLAB_INLINE __m512i pairUp(const float *row, ptrdiff_t stride) {
  const __m512i alternating = _mm512_set_epi16(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8, 23, 7, 22,
                                               6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
  const __m512bh both = _mm512_cvtne2ps_pbh(_mm512_loadu_ps(row + stride), _mm512_loadu_ps(row));
  return _mm512_permutexvar_epi16(alternating, (__m512i)both);
}

/** Tiles of Z, transposed: [k / 16][p / 16][k % 16][p % 16], zeros from `pairs` on. */
LRLAB_TILES void packSources(Rows z, int sources, int pairs, int padded, uint32_t *to) {
  const __m512i column = _mm512_set_epi32(240, 224, 208, 192, 176, 160, 144, 128, 112, 96, 80, 64, 48, 32, 16, 0);
  for (int k = 0; k < sources; k += kSide, to += padded * kSide)
    for (int p = 0; p < padded; p++) {
      const __m512i words = p < pairs ? pairUp(z.data + 2 * p * z.stride + k, z.stride) : _mm512_setzero_si512();
      _mm512_i32scatter_epi32(to + p / kSide * kTile + p % kSide, column, words, 4);
    }
}

/** Tiles of D side by side: [p][i], zeros from `pairs` on. */
LRLAB_TILES void packErrors(Rows d, int vectors, int pairs, int padded, uint32_t *to) {
  for (int p = 0; p < padded; p++)
    for (int i = 0; i < vectors * kLanes; i += kLanes, to += kLanes)
      _mm512_storeu_si512(to, p < pairs ? pairUp(d.data + 2 * p * d.stride + i, d.stride) : _mm512_setzero_si512());
}

/** Adds to a row of at most four tiles of sums. */
template <int Vectors>
LRLAB_TILES void addProducts(const uint32_t *z, const uint32_t *d, int padded, float *sum, ptrdiff_t stride) {
  const ptrdiff_t sumBytes = stride * sizeof(float), dBytes = Vectors * kRowBytes;
  _tile_loadd(0, sum, sumBytes);
  if constexpr (Vectors > 1) _tile_loadd(1, sum + kSide, sumBytes);
  if constexpr (Vectors > 2) _tile_loadd(2, sum + 2 * kSide, sumBytes);
  if constexpr (Vectors > 3) _tile_loadd(3, sum + 3 * kSide, sumBytes);
  for (int p = 0; p < padded; p += kSide, z += kTile, d += Vectors * kTile) {
    _tile_loadd(4, z, kRowBytes);
    _tile_loadd(5, d, dBytes);
    _tile_dpbf16ps(0, 4, 5);
    if constexpr (Vectors > 1) {
      _tile_loadd(5, d + kSide, dBytes);
      _tile_dpbf16ps(1, 4, 5);
    }
    if constexpr (Vectors > 2) {
      _tile_loadd(5, d + 2 * kSide, dBytes);
      _tile_dpbf16ps(2, 4, 5);
    }
    if constexpr (Vectors > 3) {
      _tile_loadd(5, d + 3 * kSide, dBytes);
      _tile_dpbf16ps(3, 4, 5);
    }
  }
  _tile_stored(0, sum, sumBytes);
  if constexpr (Vectors > 1) _tile_stored(1, sum + kSide, sumBytes);
  if constexpr (Vectors > 2) _tile_stored(2, sum + 2 * kSide, sumBytes);
  if constexpr (Vectors > 3) _tile_stored(3, sum + 3 * kSide, sumBytes);
}

/** At most kMostSteps steps. */
LRLAB_TILES void sumBlock(int steps, int depth, int vectors, Rows z, Rows d, MutableRows sum) {
  const int pairs = steps * kRows / 2, padded = (pairs + kSide - 1) / kSide * kSide;
  alignas(64) uint32_t sources[kMostSources * kMostPairs], errors[kPanel * kLanes * kMostPairs];
  for (int first = 0; first < depth; first += kMostSources) {
    const int end = depth < first + kMostSources ? depth : first + kMostSources;
    packSources({z.data + first, z.stride}, end - first, pairs, padded, sources);
    forEachPanel(0, vectors, [&](auto width, int vector) {
      constexpr int n = decltype(width)::value;
      const int column = vector * kLanes;
      packErrors({d.data + column, d.stride}, n, pairs, padded, errors);
      __asm__ volatile("" : : "r"(sources), "r"(errors) : "memory"); /* nor do those that load tiles */
      int shaped = 0;
      for (int k = first; k < end; k += kSide) {
        const int rows = end - k < kSide ? end - k : kSide;
        if (rows != shaped) shapeTiles(shaped = rows);
        addProducts<n>(sources + (k - first) * padded, errors, padded, sum.data + k * sum.stride + column, sum.stride);
      }
    });
  }
  _tile_release();
}

void sumPairs(int steps, int depth, int vectors, Rows z, Rows d, MutableRows sum) {
  for (int first = 0; first < steps; first += kMostSteps) {
    const ptrdiff_t row = first * kRows;
    sumBlock(steps - first < kMostSteps ? steps - first : kMostSteps, depth, vectors,
             {z.data + row * z.stride, z.stride}, {d.data + row * d.stride, d.stride}, sum);
  }
}

constexpr long kSupported = 0x1021, kRequest = 0x1023; /* ARCH_GET_XCOMP_SUPP, ARCH_REQ_XCOMP_PERM */
constexpr long kTileData = 18;                         /* XFEATURE_XTILE_DATA */

} // namespace

bool hasBf16() {
  constexpr unsigned kAmxBf16 = 1u << 22, kAvx512Bf16 = 1u << 5;
  unsigned a, b, c, d;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(d & kAmxBf16)) return false;
  if (!__get_cpuid_count(7, 1, &a, &b, &c, &d) || !(a & kAvx512Bf16)) return false;
  uint64_t features = 0;
  return syscall(SYS_arch_prctl, kSupported, &features) == 0 && (features >> kTileData & 1);
}

/** Linux gives a process tiles when it asks; signal frames then grow, so only one that computes in bf16 does. */
Gradient gradientBf16() {
  static const bool granted = hasBf16() && syscall(SYS_arch_prctl, kRequest, kTileData) == 0;
  return granted ? sumPairs : nullptr;
}
#else
bool hasBf16() { return false; }
Gradient gradientBf16() { return nullptr; }
#endif

} // namespace lrlab::LRLAB_ISA
