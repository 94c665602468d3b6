/*
 * problem.h: one training problem in float64, as the oracle computes it and as an engine is given it (see session.h).
 *
 * B trials, T time steps, N units, I inputs, O outputs; arrays are row-major and shaped as lrlab.h says. An empty
 * array stands for the null pointer there.
 */
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "lrlab.h"

namespace program {

using Numbers = std::vector<double>;

struct Setup {
  int units = 1, inputs = 1, outputs = 1;
  std::string activation = "tanh";
  Numbers alpha; // N
  lrlab_leak leak = LRLAB_LEAK_PREACTIVATION;
  lrlab_loss loss = LRLAB_MEAN_SQUARED_ERROR;
  bool dale = false;
  double blockPenalty = 0;
  std::vector<std::array<int32_t, 2>> cellTypes; // [start, end)
  lrlab_credit credit{};
  double readoutDecay = 0;
  lrlab_optimizer optimizer{};
};

struct State {
  int64_t update = 0;
  double activityPenalty = 0;
  Numbers parameters, first, second; // in the order of Parts
  Numbers mask;                      // N,N
  Numbers readoutFeedback;           // O,N
  Numbers recurrentFeedback;         // N,N
};

struct Batch {
  int trials = 1, steps = 1;
  Numbers input, target, mask, noise;
};

struct Problem {
  Setup setup;
  State state;
  Batch batch;
};

/** One parameter in the flat array. */
struct Part {
  const char *name;
  lrlab_parameter bit;
  size_t offset, count;
};

/** a0, Win, Wrec, b, Wout, bout. */
struct Parts {
  Part a0, Win, Wrec, b, Wout, bout;

  explicit Parts(const Setup &s) : Parts(s.units, s.inputs, s.outputs) {}
  Parts(size_t N, size_t I, size_t O)
      : a0{"a0", LRLAB_A0, 0, N}, Win{"Win", LRLAB_WIN, after(a0), N * I}, Wrec{"Wrec", LRLAB_WREC, after(Win), N * N},
        b{"b", LRLAB_B, after(Wrec), N}, Wout{"Wout", LRLAB_WOUT, after(b), O * N},
        bout{"bout", LRLAB_BOUT, after(Wout), O} {}

  std::array<Part, 6> all() const { return {a0, Win, Wrec, b, Wout, bout}; }
  size_t count() const { return after(bout); }

private:
  static size_t after(const Part &p) { return p.offset + p.count; }
};

/** Softmax targets are one class per step; targets of squared errors are one value per output. */
inline size_t targetsPerStep(const Setup &s) { return s.loss == LRLAB_CROSS_ENTROPY ? 1 : (size_t)s.outputs; }

} // namespace program
