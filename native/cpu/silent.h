/*
 * silent.h: a tile of trials of rectified units run forward and backward through time, silent units left out.
 *
 * Forward, a unit whose rate is 0 in all trials of the tile drives nobody. Backward, time is cut into stretches, and
 * what happens in one is computed among the units alone that are not silent throughout, see compact.cpp.
 * For rectified activations without noise, the leak on the preactivation and equal in all units, errors kept as by the
 * state, and the true slope between units.
 */
#pragma once
#include <vector>

#include "history.h"

namespace lrlab {

/** Where a tile branches off a path that trials share, see trunk.h; step 0: it does not. */
struct Branch {
  int step = 0;
  const int *rows = nullptr;     /* rows: path of each row */
  Rows rates{}, preactivations{}; /* (paths, N): of that step */
  MutableRows handover{};        /* (rows, N+O): delta[step+1] | e[step], written */
};

/** How many trials the rows of a tile stand for, and their errors at the readout: a trial each, or more on a path. */
struct Paths {
  virtual float followers(int row, int t) const = 0;
  /** See History::readError. */
  virtual double readError(int t, const Pass &, History &, float *error, ptrdiff_t stride) const = 0;
};

class SilentRunner {
public:
  SilentRunner(const Model &, History &);

  /** Whether this way is open to a batch. */
  static bool fits(const Model &, const lrlab_batch &);

  /** Once the history has its room. */
  void reserve();

  /** Gradient and loss sums of a tile's trials, from where it branches off. */
  void train(const Pass &, Tile, const Branch &, Sums &);

  void start(const Pass &, Tile);
  void step(int t, const Pass &, Tile);
  void finish(const Pass &pass) { history_.finishReadout(pass, firing()); }

  /** Squares of the rates of steps first ... last. */
  void sumRates(const Paths &, int first, int last, Sums &);
  /** delta of all units, and e beside it, after the steps that are still to be gone back. */
  float *delta() { return delta_.data(); }
  void forget() { delta_.clear(); }
  /** Goes back from step `last` to `first`. */
  void descend(const Pass &, const Paths &, int last, int first, Sums &);
  /** From step 1 to the start. */
  void addStart(const Pass &, int rows, Sums &);

private:
  /** Steps in a block of the gradient: 16 steps of 6 trials fit the second-level cache beside the weights. */
  static constexpr int kBlock = 16;

  void rectify(int t);
  /** Numbers of the units that respond. */
  void list(const uint32_t *responsive, std::vector<int> &units) const;
  Firing firing() const { return {firing_.data(), (int)firing_.size()}; }
  void join(const Pass &, Tile, const Branch &);
  int chooseStretch(int last, int lowest, int steps);
  void enterStretch(const Pass &, int last);
  void runBlock(const Pass &, const Paths &, int first, int last, Sums &);
  void stepBack(const Pass &, const Paths &, int t, int slot, int nextSlot);
  void setError(const Pass &, const Paths &, int t, int slot, Sums &);
  void leaveStretch(int last, int steps, Sums &);

  uint32_t *responsive(int t) { return responsive_.data() + (size_t)(t % history_.steps()) * model_.padding.columns; }
  float *slot(Buffer &b, int index) { return b.data() + (size_t)index * model_.kernels.rows * stride_; }

  const Model &model_;
  History &history_;
  const int stride_;                /* of all that follows but what lies in panels */
  std::vector<uint32_t> responsive_; /* (steps, columns) */
  std::vector<int> firing_;
  std::vector<float> trials_, penalty_; /* rows */

  /* One stretch: its C units, and then N, N+1 ... */
  std::vector<int> places_;
  int units_ = 0;                   /* C */
  std::vector<uint32_t> chosen_, block_; /* columns */
  Buffer weights_;                  /* panels (C+O, C): alpha Brec over Bout */
  Buffer z_, slope_, d_;            /* (block + 1, rows, stride): compact Z and slope from the step before, D */
  Buffer own_, before_;             /* (rows, stride): own | e of the step at hand and the one after */
  Buffer recurrent_, trace_;        /* (rows, stride) */
  Buffer sum_;                      /* (K, stride) */
  Buffer scratch_;                  /* stride */
  float decay_ = 1;                 /* (1 - alpha)^steps since the stretch's end */

  Buffer delta_, silent_;           /* (rows, stride): delta of all units before the stretch, and without the C */
  Buffer whole_;                    /* (rows, stride) */
};

} // namespace lrlab
