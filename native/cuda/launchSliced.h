/*
 * launchSliced.h: starts the form of a kernel that a Slicing asks for.
 */
#pragma once
#include "launch.h"
#include "mmaTile.h"
#include "slicing.h"
#include "tile.h"

namespace lrlab::cuda {

/** Kernel::form<Tile, Threads>: a kernel of one SlicedWork, at most Threads threads. */
template <class Kernel> void launchSliced(const SlicedWork &p, int slots, cudaStream_t stream) {
  const Slicing &s = p.slicing;
  const auto start = [&](void (*kernel)(SlicedWork)) {
    check(cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, (int)s.sharedBytes));
    launch(kernel, dim3(blocksFor(p.work.trials, s.trials), slots), s.threads, s.sharedBytes, stream, p);
  };
  int tile = 0;
#define LRLAB_START(trials, quads, threads)                                                                            \
  if (s.tile == tile++) return start(Kernel::template form<FmaTile<trials, quads>, threads>);
  if (p.work.precision == LRLAB_FLOAT32) {
    LRLAB_FMA_TILES(LRLAB_START)
  }
#undef LRLAB_START
#define LRLAB_START(blocks, threads)                                                                                   \
  if (s.tile == tile++) return start(Kernel::template form<MmaTile<blocks>, threads>);
  LRLAB_MMA_TILES(LRLAB_START)
#undef LRLAB_START
}

} // namespace lrlab::cuda
