/*
 * slicing.cpp: tries all forms and takes the one with the fewest estimated cycles.
 *
 * A multiprocessor does 128 multiply-adds and reads 32 floats of shared memory per cycle; a scheduler has every fourth
 * warp. A block's step costs the longer of the two, and kStep for the rest of it. A last wave counts as a whole one.
 */
#include "slicing.h"

#include <algorithm>
#include <limits>

namespace lrlab::cuda {

namespace {

struct Form {
  int trials, quads, threads;
};
#define LRLAB_FORM(trials, quads, threads) {trials, quads, threads},
constexpr Form kForms[] = {LRLAB_TILES(LRLAB_FORM)};
#undef LRLAB_FORM

constexpr double kStep = 700;       /* cycles: barriers, activation, memory */
constexpr double kStreamed = 1 / 32.0; /* cycles per float that comes from the second-level cache */
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
  const double multiply = (busy * warps + 3) / 4 * form.trials * form.quads * 4;
  const double read = (double)busy * warps * (4 * form.quads + form.trials / 2.0);
  const double latency = 8; /* of one row, where there are few warps to hide it */
  const double streamed = busy * (double)(s.matrix.rows - s.matrix.resident) * s.matrix.columns * kStreamed;
  return waves * (kStep + std::max(s.matrix.rows * std::max({multiply, read, latency}), streamed));
}

} // namespace

Slicing sliceTrials(const Device &device, int rows, int columns, int vFloats, int networks, int trials) {
  Slicing best{};
  double least = std::numeric_limits<double>::infinity();
  const int vStride = vFloats % 8 == 4 ? vFloats : vFloats + 4; /* trials begin in different banks */
  for (int f = 0; f < (int)(sizeof kForms / sizeof *kForms); f++) {
    const Form &form = kForms[f];
    const int across = columns / (4 * form.quads);
    for (int down = 1; across * down <= form.threads; down++) {
      const int perBlock = form.trials * down;
      const size_t v = (size_t)perBlock * vStride, room = device.sharedPerBlock / sizeof(float);
      if (v > room) break;
      Slicing s{f, perBlock, roundUp(across * down, kWarp), across, down, vStride, fit(rows, columns, room - v), 0};
      if (s.matrix.resident < 0) break;
      s.sharedBytes = (v + s.matrix.floats()) * sizeof(float);
      const double cost = cycles(device, s, form, networks * ((trials + perBlock - 1) / perBlock));
      if (cost < least) least = cost, best = s;
      if (perBlock >= trials) break;
    }
  }
  if (best.threads == 0) throw Failure(LRLAB_BAD_ARGUMENT, "networks of so many units or inputs do not fit this GPU");
  return best;
}

} // namespace lrlab::cuda
