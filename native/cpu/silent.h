/*
 * silent.h: a tile of trials of rectified units run forward and backward through time, silent units left out.
 *
 * Forward, a unit whose rate is 0 in all trials of the tile drives nobody. Backward, time is cut into stretches, and
 * what happens in one is computed among the units alone that are not silent throughout, see compact.cpp.
 * For rectified activations without noise, the leak on the preactivation and equal in all units, and the true slope
 * between units.
 */
#pragma once
#include <vector>

#include "history.h"

namespace lrlab {

class SilentRunner {
public:
  SilentRunner(const Model &, History &);

  /** Whether this way is open to a batch. */
  static bool fits(const Model &, const lrlab_batch &);

  /** Once the history has its room. */
  void reserve();

  /** Gradient and loss sums of a tile's trials. */
  void train(const Pass &, Tile, Sums &);

  void start(const Pass &, Tile);
  void step(int t, const Pass &, Tile);
  void finish(const Pass &pass) { history_.finishReadout(pass, firing()); }

private:
  void rectify(int t);
  Firing firing() const { return {firing_.data(), (int)firing_.size()}; }
  void backward(const Pass &, Tile, Sums &);
  int chooseStretch(int last, int steps);
  void enterStretch(const Pass &, int last);
  void runBlock(const Pass &, Tile, int first, int last, Sums &);
  void stepBack(const Pass &, int t, int slot, int nextSlot);
  void setError(const Pass &, Tile, int t, int slot, Sums &);
  void leaveStretch(int last, int steps, Sums &);
  void addStart(const Pass &, Tile, Sums &);

  uint32_t *responsive(int t) { return responsive_.data() + (size_t)(t % history_.steps()) * model_.padding.columns; }
  float *slot(Buffer &b, int index) { return b.data() + (size_t)index * model_.kernels.rows * stride_; }

  const Model &model_;
  History &history_;
  const int stride_;                /* of all that follows but what lies in panels */
  std::vector<uint32_t> responsive_; /* (steps, columns) */
  std::vector<int> firing_;
  std::vector<float> penalty_;      /* rows */

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
