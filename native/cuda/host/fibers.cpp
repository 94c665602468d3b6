/*
 * fibers.cpp: the threads of a block on one processor thread, see cuda_runtime.h.
 *
 * A fiber is started with makecontext; later switches are _setjmp and _longjmp, which make no system calls. A barrier
 * gives way to the next thread, so that all have reached it when the first one goes on. A kernel in which some threads
 * of a block miss a barrier is stopped with a message: that would hang a GPU.
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

struct Block {
  std::vector<std::unique_ptr<Fiber>> fibers;
  std::vector<float4> shared;
  ucontext_t outside;
  jmp_buf scheduler;
  Fiber *running = nullptr;
  const std::function<void()> *body = nullptr;
};
thread_local Block block;

void enter() {
  (*block.body)();
  block.running->finished = true;
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
    finished = 0;
    for (unsigned i = 0; i < threads; i++) {
      resume(*block.fibers[i]);
      finished += block.fibers[i]->finished;
    }
    if (finished == 0 || finished == threads) continue;
    std::fprintf(stderr, "a barrier was missed by %u of %u threads\n", finished, threads);
    std::abort();
  }
}

} // namespace

void __syncthreads() {
  if (!_setjmp(block.running->at)) _longjmp(block.scheduler, 1);
}

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
