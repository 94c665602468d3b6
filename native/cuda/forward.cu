/*
 * forward.cu: the network runs from the first step to the last without leaving the kernel.
 *
 *   u[t] = W h[t-1] + Win x[t] + b
 *   a[t] = a[t-1] + alpha (u[t] - a[t-1])    h[t] = phi(a[t]) + noise[t]                       leak: preactivation
 *                                            h[t] = h[t-1] + alpha (phi(u[t]) - h[t-1]) + noise[t]     leak: rate
 *
 * A block has some trials of one network; trials never wait for each other. v, in shared memory, is the row Z[t-1] of
 * each trial, and u its product with the weights. Writes h into Z (where the noise lies before), phi' into D.
 * float32; sums run over k from 0. Twin: cpu/forward.cpp.
 */
#include "activation.h"
#include "kernels.h"
#include "launchSliced.h"
#include "matrix.h"

namespace lrlab::cuda {

template <class Tile, int Threads> __global__ __launch_bounds__(Threads, 1) void forwardKernel(SlicedWork p) {
  const Work &w = p.work;
  const Slicing &s = p.slicing;
  const Layout &l = w.layout;
  const int slot = blockIdx.y, firstTrial = blockIdx.x * s.trials, trials = min(s.trials, w.trials - firstTrial);
  const int thread = threadIdx.x, threads = blockDim.x, n = l.columns, K = l.zStride, C = l.dStride;
  const size_t firstRow = (size_t)firstTrial * (w.steps + 1);
  const size_t zTrial = (size_t)(w.steps + 1) * K, dTrial = (size_t)(w.steps + 1) * C;
  float *const z = zOf(w, slot) + firstRow * K;
  float *const d = w.d ? dOf(w, slot) + firstRow * C : nullptr;
  const bool leakyRate = w.leak == LRLAB_LEAK_RATE;

  float *const v = reinterpret_cast<float *>(sharedMemory());
  Matrix matrix(w.forwardWeights + (size_t)slot * K * n, s.matrix, v + s.vFloats());
  for (int i = thread; i < s.vFloats(); i += threads) {
    const int trial = i / s.vStride, k = i % s.vStride;
    v[i] = trial < trials && k < K ? Tile::rounded(z[trial * zTrial + k]) : 0.0f;
  }

  const bool works = thread < s.across * s.down * Tile::threads;
  const int count = works ? trials : 0; /* trials from here on are nobody's */
  Tile tile(works ? thread : thread % Tile::threads, s.across, n);
  const auto owns = [&](int r, int j) { return tile.trial(r) < count && tile.hasUnit(j); };
  Quad alpha[Tile::quads], state[Tile::trials][Tile::quads]; /* state: a, or h with the leak on the rate */
#pragma unroll
  for (int j = 0; j < Tile::quads; j++) {
    const int unit = tile.hasUnit(j) ? tile.unit(j) : 0;
    alpha[j] = loadQuad(w.alpha + unit);
#pragma unroll
    for (int r = 0; r < Tile::trials; r++) state[r][j] = loadQuad(w.start + (size_t)slot * n + unit);
  }

  const int inputQuads = (K - n) / 4; /* of x and 1 */
  const auto inputIn = [&](float *rows, size_t trialStride, int i) {
    return rows + i / inputQuads * trialStride + n + 4 * (i % inputQuads);
  };

  const auto factor = [](Quad q) {
#pragma unroll
    for (float &x : q.of) x = Tile::rounded(x);
    return q;
  };

  for (int t = 1; t <= w.steps; t++) {
    float *const zNow = z + (size_t)t * K;
    Quad input = {}; /* fetched before it is needed */
    if (thread < trials * inputQuads) input = loadQuad(inputIn(zNow, zTrial, thread));

    tile.clear();
    matrix.multiply(tile, v, s.vStride);
    __syncthreads(); /* nobody reads this v any more */

    if (thread < trials * inputQuads) storeQuad(inputIn(v, s.vStride, thread), factor(input));
    for (int i = thread + threads; i < trials * inputQuads; i += threads)
      storeQuad(inputIn(v, s.vStride, i), factor(loadQuad(inputIn(zNow, zTrial, i))));

#pragma unroll
    for (int r = 0; r < Tile::trials; r++)
#pragma unroll
      for (int j = 0; j < Tile::quads; j++) {
        Quad drive = tile.sum[r][j];
        if (!leakyRate) {
#pragma unroll
          for (int i = 0; i < 4; i++)
            drive.of[i] = state[r][j].of[i] += alpha[j].of[i] * (drive.of[i] - state[r][j].of[i]);
        }
        if (owns(r, j)) storeQuad(v + tile.trial(r) * s.vStride + tile.unit(j), drive);
      }

#pragma unroll 1 /* the activation function once in the code; v holds what a thread hands to itself */
    for (int q = 0; q < Tile::trials * Tile::quads; q++) {
      const int trial = tile.trial(q / Tile::quads), unit = tile.unit(q % Tile::quads);
      if (!owns(q / Tile::quads, q % Tile::quads)) continue;
      Quad h = loadQuad(v + trial * s.vStride + unit), slope;
#pragma unroll
      for (int i = 0; i < 4; i++) h.of[i] = activate(w.activation, h.of[i], &slope.of[i]);
      storeQuad(v + trial * s.vStride + unit, h);
      if (d) storeQuad(d + trial * dTrial + (size_t)(t - 1) * C + unit, slope);
    }

#pragma unroll
    for (int r = 0; r < Tile::trials; r++)
#pragma unroll
      for (int j = 0; j < Tile::quads; j++) {
        if (!owns(r, j)) continue;
        float *const inShared = v + tile.trial(r) * s.vStride + tile.unit(j);
        float *const inZ = zNow + tile.trial(r) * zTrial + tile.unit(j);
        Quad h = loadQuad(inShared);
        if (leakyRate) {
#pragma unroll
          for (int i = 0; i < 4; i++)
            h.of[i] = state[r][j].of[i] + alpha[j].of[i] * (h.of[i] - state[r][j].of[i]);
        }
        if (w.noise) {
          const Quad noise = loadQuad(inZ);
#pragma unroll
          for (int i = 0; i < 4; i++) h.of[i] += noise.of[i];
        }
        if (leakyRate) state[r][j] = h;
        storeQuad(inShared, factor(h));
        storeQuad(inZ, h);
      }
  }
}

struct ForwardKernel {
  template <class Tile, int Threads> static constexpr auto form = forwardKernel<Tile, Threads>;
};

void forward(const Work &w, const Device &device, int slots, cudaStream_t stream) {
  const Layout &l = w.layout;
  const Slicing s = sliceTrials(device, w.precision, l.zStride, l.columns, l.zStride, slots, w.trials);
  launchSliced<ForwardKernel>({w, s}, slots, stream);
}

} // namespace lrlab::cuda
