/*
 * runner.h: a tile of trials run forward and backward through time. What both ways of doing it have in common: dense.h,
 * for any network, and silent.h, which leaves silent units out.
 */
#pragma once
#include <vector>

#include "history.h"

namespace lrlab {

/** Where a tile branches off a path that trials share, see trunk.h; step 0: it does not. */
struct Branch {
  int step = 0;
  const int *rows = nullptr;      /* rows: path of each row */
  Rows rates{}, preactivations{}; /* (paths, N): of that step */
  MutableRows handover{};         /* (rows, N+O): delta[step+1] | e[step], written */
};

/** How many trials the rows of a tile stand for, and their errors at the readout: a trial each, or more on a path. */
struct Paths {
  virtual float followers(int row, int t) const = 0;
  /** See History::readError. */
  virtual double readError(int t, const Pass &, History &, float *error, ptrdiff_t stride) const = 0;
};

class Runner {
public:
  virtual ~Runner() = default;

  /** Room for batches like this one, once the history has its own. */
  virtual void reserve(const lrlab_batch &) = 0;

  /** Gradient and loss sums of a tile's trials, from where it branches off. */
  void train(const Pass &, Tile, const Branch &, Sums &);

  virtual void start(const Pass &, Tile) = 0;
  virtual void step(int t, const Pass &, Tile) = 0;
  /** The readout of the last step. */
  virtual void finish(const Pass &) = 0;

  /** Squares of the rates of steps first ... last. */
  void sumRates(const Paths &, int first, int last, Sums &);
  /** (rows, N+O): delta, and e beside it, after the steps that are still to be gone back. Where trunk.h applies. */
  virtual MutableRows delta() = 0;
  /** Nothing comes back from later steps. */
  virtual void forget() = 0;
  /** Goes back from step `last` to `first`. */
  virtual void descend(const Pass &, const Paths &, int last, int first, Sums &) = 0;
  /** From step 1 to the start. */
  virtual void addStart(const Pass &, int rows, Sums &) = 0;

protected:
  Runner(const Model &m, History &history)
      : model_(m), history_(history), penalty_(m.kernels.rows), followers_(m.kernels.rows) {}

  /** Takes up the state of a path. */
  virtual void join(const Pass &, Tile, const Branch &);
  /** `penalty_` of step t. */
  void setPenalty(int t, const Pass &, const Paths &);

  const Model &model_;
  History &history_;
  std::vector<float> penalty_; /* rows: 2 r / (B T N) for each trial that a row stands for */

private:
  std::vector<float> followers_; /* rows */
};

} // namespace lrlab
