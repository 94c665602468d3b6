/*
 * backward.cu: credit assignment, from the last step to the first without leaving the kernel.
 *
 *   L[t] = Bout^T e[t] + p h[t]
 *   delta[t] = phi'(a[t]) L[t] + s[t] (Brec^T alpha delta[t+1]) + (1 - alpha) delta[t+1]             leak: preactivation
 *   q[t] = L[t] + Brec^T (alpha s[t+1] q[t+1]) + (1 - alpha) q[t+1],  delta[t] = phi'(u[t]) q[t]     leak: rate
 *
 * s: slope between units, phi' unless the rule says otherwise. Where the rule cuts, Brec counts as 0. Without errors
 * between units there is no product, and each trial and unit has a thread of its own (scanKernel).
 * v, in shared memory, is what the units of each trial send: alpha delta, or alpha s q; behind it e of this step and
 * of the one before. Reads phi' and e in D, h in Z; writes delta over phi', and what reaches a0.
 * float32; sums run over k from 0, and fused products are written out, so that all tiles round alike.
 * Twin: cpu/backward.cpp.
 */
#include "kernels.h"
#include "launchSliced.h"
#include "matrix.h"

namespace lrlab::cuda {

/** One unit at one step. carried: (1 - alpha) delta[t+1], or of q, and then that of t. Returns delta, and what is sent. */
struct CreditStep {
  bool leakyRate;
  float constantSlope; /* NaN: phi' */

  LRLAB_DEVICE float operator()(float slope, float signal, float between, float alpha, float *carried,
                                float *sent) const {
    const float s = constantSlope == constantSlope ? constantSlope : slope;
    const float error =
        leakyRate ? signal + between + *carried : fmaf(slope, signal, fmaf(s, between, *carried));
    *carried = fmaf(-alpha, error, error);
    *sent = alpha * (leakyRate ? s * error : error);
    return leakyRate ? slope * error : error;
  }
};

template <class Tile, int Threads> __global__ __launch_bounds__(Threads, 1) void backwardKernel(SlicedWork p) {
  const Work &w = p.work;
  const Slicing &s = p.slicing;
  const Layout &l = w.layout;
  const int slot = blockIdx.y, firstTrial = blockIdx.x * s.trials, trials = min(s.trials, w.trials - firstTrial);
  const int thread = threadIdx.x, threads = blockDim.x, n = l.columns, K = l.zStride, C = l.dStride;
  const size_t firstRow = (size_t)firstTrial * (w.steps + 1);
  const size_t zTrial = (size_t)(w.steps + 1) * K, dTrial = (size_t)(w.steps + 1) * C;
  const float *const z = zOf(w, slot) + firstRow * K;
  float *const d = dOf(w, slot) + firstRow * C;
  const float *const feedback = w.feedback + (size_t)slot * l.outputs * n;
  const float penalty = w.orders[slot].penaltySlope;
  const CreditStep step{w.leak == LRLAB_LEAK_RATE, (float)w.credit.slope};
  const auto passes = [&](int t) { /* from step t + 1 to t */
    return t < w.steps && (w.credit.window == 0 || (w.steps - t) % w.credit.window != 0);
  };

  float *const v = reinterpret_cast<float *>(sharedMemory());
  Matrix matrix(w.backwardWeights + (size_t)slot * n * n, s.matrix, v + s.vFloats());
  const int errorQuads = (C - n) / 4;
  const auto errorInD = [&](int t, int i) {
    return d + i / errorQuads * dTrial + (size_t)t * C + n + 4 * (i % errorQuads);
  };
  const auto errorInV = [&](int t, int i) {
    return v + i / errorQuads * s.vStride + n + (t & 1) * (C - n) + 4 * (i % errorQuads);
  };
  for (int i = thread; i < s.vFloats(); i += threads) v[i] = 0.0f;
  __syncthreads();
  for (int i = thread; i < trials * errorQuads; i += threads)
    storeQuad(errorInV(w.steps, i), loadQuad(errorInD(w.steps, i)));

  const bool works = thread < s.across * s.down * Tile::threads;
  const int count = works ? trials : 0; /* trials from here on are nobody's */
  Tile tile(works ? thread : thread % Tile::threads, s.across, n);
  const auto owns = [&](int r, int j) { return tile.trial(r) < count && tile.hasUnit(j); };
  Quad alpha[Tile::quads], carried[Tile::trials][Tile::quads];
#pragma unroll
  for (int j = 0; j < Tile::quads; j++) {
    alpha[j] = loadQuad(w.alpha + (tile.hasUnit(j) ? tile.unit(j) : 0));
#pragma unroll
    for (int r = 0; r < Tile::trials; r++) carried[r][j] = {};
  }

  for (int t = w.steps; t >= 1; t--) {
    Quad error = {}, slope[Tile::trials][Tile::quads], rate[Tile::trials][Tile::quads];
    const auto fetch = [&](int r) {
#pragma unroll
      for (int j = 0; j < Tile::quads; j++) {
        if (!owns(r, j)) continue;
        slope[r][j] = loadQuad(d + tile.trial(r) * dTrial + (size_t)(t - 1) * C + tile.unit(j));
        rate[r][j] = {};
        if (penalty != 0.0f) rate[r][j] = loadQuad(z + tile.trial(r) * zTrial + (size_t)t * K + tile.unit(j));
      }
    };
    constexpr bool ahead = Tile::trials * Tile::quads * Threads <= 2560; /* registers to fetch before the product */
    if (ahead) {
#pragma unroll
      for (int r = 0; r < Tile::trials; r++) fetch(r);
    }
    if (t > 1 && thread < trials * errorQuads) error = loadQuad(errorInD(t - 1, thread));

    tile.clear();
    if (passes(t)) matrix.multiply(tile, v, s.vStride);
    __syncthreads(); /* nobody reads this v any more; e of this step is there */

    if (t > 1 && thread < trials * errorQuads) storeQuad(errorInV(t - 1, thread), error);
    for (int i = thread + threads; t > 1 && i < trials * errorQuads; i += threads)
      storeQuad(errorInV(t - 1, i), loadQuad(errorInD(t - 1, i)));

#pragma unroll
    for (int r = 0; r < Tile::trials; r++) {
      if (!ahead) fetch(r);
      const float *const e = v + tile.trial(r) * s.vStride + n + (t & 1) * (C - n);
#pragma unroll
      for (int j = 0; j < Tile::quads; j++) {
        if (!owns(r, j)) continue;
        Quad signal, delta, sent;
#pragma unroll
        for (int i = 0; i < 4; i++) signal.of[i] = penalty * rate[r][j].of[i];
        for (int o = 0; o < l.outputs; o++) {
          const Quad weight = loadQuad(feedback + (size_t)o * n + tile.unit(j));
#pragma unroll
          for (int i = 0; i < 4; i++) signal.of[i] = fmaf(weight.of[i], e[o], signal.of[i]);
        }
#pragma unroll
        for (int i = 0; i < 4; i++) {
          delta.of[i] = step(slope[r][j].of[i], signal.of[i], tile.sum[r][j].of[i], alpha[j].of[i],
                             &carried[r][j].of[i], &sent.of[i]);
          sent.of[i] = Tile::rounded(sent.of[i]);
        }
        storeQuad(v + tile.trial(r) * s.vStride + tile.unit(j), sent);
        storeQuad(d + tile.trial(r) * dTrial + (size_t)(t - 1) * C + tile.unit(j), delta);
      }
    }
  }

  tile.clear();
  if (passes(0)) matrix.multiply(tile, v, s.vStride);
#pragma unroll
  for (int r = 0; r < Tile::trials; r++)
#pragma unroll
    for (int j = 0; j < Tile::quads; j++) {
      if (!owns(r, j)) continue;
      const Quad slope = loadQuad(w.slope0 + (size_t)slot * n + tile.unit(j));
      Quad error;
#pragma unroll
      for (int i = 0; i < 4; i++) error.of[i] = slope.of[i] * tile.sum[r][j].of[i] + carried[r][j].of[i];
      storeQuad(w.startError + ((size_t)slot * w.trials + firstTrial + tile.trial(r)) * n + tile.unit(j), error);
    }
}

constexpr int kScanThreads = 128;

/** No error passes between units. One thread per trial and unit; some steps are fetched at once. */
__global__ __launch_bounds__(kScanThreads) void scanKernel(Work w) {
  const Layout &l = w.layout;
  const int n = l.columns, K = l.zStride, C = l.dStride, slot = blockIdx.y;
  const int item = blockIdx.x * kScanThreads + threadIdx.x, trial = item / n, unit = item % n;
  if (trial >= w.trials) return;
  const float *const z = zOf(w, slot) + (size_t)trial * (w.steps + 1) * K + unit;
  float *const d = dOf(w, slot) + (size_t)trial * (w.steps + 1) * C;
  const float *const feedback = w.feedback + (size_t)slot * l.outputs * n + unit;
  const float penalty = w.orders[slot].penaltySlope, alpha = w.alpha[unit];
  const CreditStep step{w.leak == LRLAB_LEAK_RATE, (float)w.credit.slope};
  constexpr int kSteps = 8;
  float carried = 0.0f, unused;
  for (int last = w.steps; last >= 1; last -= kSteps) {
    float signal[kSteps], slope[kSteps];
#pragma unroll
    for (int i = 0; i < kSteps; i++) {
      const int t = last - i;
      if (t < 1) continue;
      slope[i] = d[(size_t)(t - 1) * C + unit];
      signal[i] = penalty != 0.0f ? penalty * z[(size_t)t * K] : 0.0f;
    }
    for (int o = 0; o < l.outputs; o++) {
      const float weight = feedback[(size_t)o * n];
#pragma unroll
      for (int i = 0; i < kSteps; i++)
        if (last - i >= 1) signal[i] += weight * d[(size_t)(last - i) * C + n + o];
    }
#pragma unroll
    for (int i = 0; i < kSteps; i++)
      if (last - i >= 1)
        d[(size_t)(last - i - 1) * C + unit] = step(slope[i], signal[i], 0.0f, alpha, &carried, &unused);
  }
  w.startError[((size_t)slot * w.trials + trial) * n + unit] = carried;
}

struct BackwardKernel {
  template <class Tile, int Threads> static constexpr auto form = backwardKernel<Tile, Threads>;
};

void backward(const Work &w, const Device &device, int slots, cudaStream_t stream) {
  const Layout &l = w.layout;
  if (w.credit.recurrent == LRLAB_CREDIT_NONE) {
    launch(scanKernel, dim3(blocksFor((size_t)w.trials * l.columns, kScanThreads), slots), kScanThreads, 0, stream, w);
    return;
  }
  const int vFloats = l.columns + 2 * (l.dStride - l.columns);
  const Slicing s = sliceTrials(device, w.precision, l.columns, l.columns, vFloats, slots, w.trials);
  launchSliced<BackwardKernel>({w, s}, slots, stream);
}

} // namespace lrlab::cuda
