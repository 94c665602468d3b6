/*
 * fibers.cpp: the threads of a block on one processor thread, see cuda_runtime.h.
 *
 * A fiber is started with makecontext; later switches are _setjmp and _longjmp, which make no system calls. At a
 * barrier a thread gives way to the next one until all have arrived. A kernel in which some threads of a block, or of
 * a warp, miss a barrier is stopped with a message: that would hang a GPU.
 */
#include <setjmp.h>
#include <ucontext.h>

#include <cstdio>
#include <memory>
#include <vector>

#include "cuda_runtime.h"

thread_local dim3 threadIdx, blockIdx, blockDim, gridDim;

namespace {

constexpr size_t kStack = 128 << 10;

struct Fiber {
  std::unique_ptr<char[]> stack{new char[kStack]};
  ucontext_t start;
  jmp_buf at;
  bool started, finished;
  dim3 index;
};

/** The last to arrive opens it for all. */
struct Barrier {
  unsigned arrived = 0, opened = 0;
};

struct Block {
  std::vector<std::unique_ptr<Fiber>> fibers;
  std::vector<float4> shared;
  ucontext_t outside;
  jmp_buf scheduler;
  Fiber *running = nullptr;
  Barrier all, warps[32];
  bool progress; /* since the scheduler last looked: a barrier opened or a thread ended */
  const std::function<void()> *body = nullptr;
};
thread_local Block block;

void enter() {
  (*block.body)();
  block.running->finished = block.progress = true;
  _longjmp(block.scheduler, 1);
}

/** Runs a fiber until its next barrier, or its end. */
void resume(Fiber &fiber) {
  block.running = &fiber;
  threadIdx = fiber.index;
  if (_setjmp(block.scheduler)) return;
  if (fiber.started) _longjmp(fiber.at, 1);
  fiber.started = true;
  getcontext(&fiber.start);
  fiber.start.uc_stack.ss_sp = fiber.stack.get();
  fiber.start.uc_stack.ss_size = kStack;
  fiber.start.uc_link = nullptr;
  makecontext(&fiber.start, enter, 0);
  setcontext(&fiber.start);
}

void runBlock(unsigned threads) {
  for (unsigned i = 0; i < threads; i++) block.fibers[i]->started = block.fibers[i]->finished = false;
  for (unsigned finished = 0; finished < threads;) {
    block.progress = false;
    finished = 0;
    for (unsigned i = 0; i < threads; i++) {
      if (!block.fibers[i]->finished) resume(*block.fibers[i]);
      finished += block.fibers[i]->finished;
    }
    if (block.progress) continue;
    std::fprintf(stderr, "a barrier is waited at that some of %u threads never reach\n", threads);
    std::abort();
  }
}

void wait(Barrier &barrier, unsigned threads) {
  if (++barrier.arrived == threads) {
    barrier.arrived = 0;
    barrier.opened++;
    block.progress = true;
    return;
  }
  for (const unsigned before = barrier.opened; barrier.opened == before;)
    if (!_setjmp(block.running->at)) _longjmp(block.scheduler, 1);
}

} // namespace

void __syncthreads() { wait(block.all, blockDim.x); }
void __syncwarp() { wait(block.warps[threadIdx.x / 32], 32); }

float4 *hostSharedMemory() { return block.shared.data(); }

void hostLaunch(dim3 grid, dim3 size, size_t sharedBytes, const std::function<void()> &body) {
  const unsigned threads = size.x * size.y * size.z;
  while (block.fibers.size() < threads) block.fibers.push_back(std::make_unique<Fiber>());
  for (unsigned i = 0; i < threads; i++)
    block.fibers[i]->index = dim3(i % size.x, i / size.x % size.y, i / size.x / size.y);
  block.body = &body;
  blockDim = size;
  gridDim = grid;
  const float nothing = std::nanf("");
  for (unsigned z = 0; z < grid.z; z++)
    for (unsigned y = 0; y < grid.y; y++)
      for (unsigned x = 0; x < grid.x; x++) {
        block.shared.assign(sharedBytes / sizeof(float4) + 1, {nothing, nothing, nothing, nothing});
        blockIdx = dim3(x, y, z);
        runBlock(threads);
      }
}

/** LRLAB_HOST_SHARED_KB: pretends to have less shared memory, as older cards do. */
cudaError_t cudaGetDeviceProperties(cudaDeviceProp *p, int) {
  const char *kilobytes = std::getenv("LRLAB_HOST_SHARED_KB");
  *p = {};
  std::snprintf(p->name, sizeof p->name, "processor in place of a GPU");
  p->totalGlobalMem = (size_t)4 << 30;
  p->sharedMemPerBlockOptin = (size_t)(kilobytes ? std::atoi(kilobytes) : 227) << 10;
  p->sharedMemPerMultiprocessor = p->sharedMemPerBlockOptin + 1024;
  p->major = 9;
  p->multiProcessorCount = 8;
  return cudaSuccess;
}
