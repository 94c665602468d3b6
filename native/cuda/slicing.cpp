/*
 * slicing.cpp: tries all forms and takes the one with the fewest estimated cycles.
 *
 * A scheduler, of which a multiprocessor has four, does a multiply-add of a warp per cycle, or 128 of them on tensor
 * cores. Shared memory gives 32 floats per cycle. A block's step costs the longer of the two, and kStep for the rest of it. A last wave counts as a whole one.
 */
#include "slicing.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace lrlab::cuda {

namespace {

struct Form {
  int trials, units, tileThreads, mostThreads;
  double multiply, read; /* cycles of a scheduler, and of shared memory, per warp and row of the matrix */
};
#define LRLAB_FORM(trials, quads, threads) {trials, 4 * quads, 1, threads, 4.0 * trials * quads, 4.0 * quads + trials / 2.0},
constexpr Form kFmaForms[] = {LRLAB_FMA_TILES(LRLAB_FORM)};
#undef LRLAB_FORM
#define LRLAB_FORM(blocks, threads) {16 * blocks, 32, 32, threads, 4.0 * blocks, 1 + blocks / 2.0},
constexpr Form kMmaForms[] = {LRLAB_MMA_TILES(LRLAB_FORM)};
#undef LRLAB_FORM

constexpr double kStep = 700;       /* cycles: barriers, activation, memory */
constexpr double kStreamed = 1 / 16.0; /* cycles per float that comes from the second-level cache */
constexpr int kWarp = 32;

/** As many rows on chip as there is room for; resident < 0 where the rest cannot stream either. */
MatrixSize fit(int rows, int columns, size_t floats) {
  MatrixSize size{rows, columns, rows};
  if ((size_t)size.floats() <= floats) return size;
  size.resident = 0;
  if ((size_t)size.floats() > floats) return {rows, columns, -1};
  size.resident = (int)((floats - size.floats()) / size.slot()) * kChunk;
  return size;
}

double cycles(const Device &device, const Slicing &s, const Form &form, int blocks) {
  const int warps = s.threads / kWarp;
  const int perMultiprocessor = std::max<int>(
      1, std::min<size_t>(device.sharedPerMultiprocessor / (s.sharedBytes + 1024), 2048 / (4 * s.threads)));
  const int busy = std::min(perMultiprocessor, (blocks + device.multiprocessors - 1) / device.multiprocessors);
  const int waves = (blocks + busy * device.multiprocessors - 1) / (busy * device.multiprocessors);
  const double multiply = (busy * warps + 3) / 4 * form.multiply;
  const double read = busy * warps * form.read;
  const double latency = 8; /* of one row, where there are few warps to hide it */
  const double streamed = busy * (double)(s.matrix.rows - s.matrix.resident) * s.matrix.columns * kStreamed;
  return waves * (kStep + std::max(s.matrix.rows * std::max({multiply, read, latency}), streamed));
}

} // namespace

Slicing sliceTrials(const Device &device, lrlab_precision precision, int rows, int columns, int vFloats, int networks,
                    int trials) {
  const bool mma = precision == LRLAB_TF32;
  const Form *const forms = mma ? kMmaForms : kFmaForms;
  const int count = (int)(mma ? std::size(kMmaForms) : std::size(kFmaForms));
  Slicing best{};
  double least = std::numeric_limits<double>::infinity();
  const int vStride = vFloats % 8 == 4 ? vFloats : vFloats + 4; /* trials begin in different banks */
  for (int f = 0; f < count; f++) {
    const Form &form = forms[f];
    const int across = (columns + form.units - 1) / form.units;
    for (int down = 1; across * down * form.tileThreads <= form.mostThreads; down++) {
      const int perBlock = form.trials * down, threads = roundUp(across * down * form.tileThreads, kWarp);
      const size_t v = (size_t)perBlock * vStride, room = device.sharedPerBlock / sizeof(float);
      if (v > room) break;
      Slicing s{f, perBlock, threads, across, down, vStride, fit(rows, columns, room - v), 0};
      if (s.matrix.resident < 0) break;
      s.sharedBytes = (v + s.matrix.floats()) * sizeof(float);
      const double cost = cycles(device, s, form, networks * ((trials + perBlock - 1) / perBlock));
      if (cost < least) least = cost, best = s;
      if (perBlock >= trials) break;
    }
  }
  if (best.threads == 0)
    throw Failure(LRLAB_BAD_ARGUMENT, mma ? "networks of so many units or inputs do not fit this GPU in TF32"
                                          : "networks of so many units or inputs do not fit this GPU");
  return best;
}

} // namespace lrlab::cuda
