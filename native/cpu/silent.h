/*
 * silent.h: a tile of trials of rectified units run forward and backward through time, silent units left out.
 *
 * Forward, a unit whose rate is 0 in all trials of the tile drives nobody. Backward, time is cut into stretches, and
 * what happens in one is computed among the units alone that are not silent throughout, see compact.cpp.
 * For rectified activations without noise, the leak on the preactivation and equal in all units, errors kept as by the
 * state, and the true slope between units.
 */
#pragma once
#include "runner.h"

namespace lrlab {

class SilentRunner : public Runner {
public:
  SilentRunner(const Model &m, History &history) : Runner(m, history), stride_(m.padding.zStride) {}

  /** Whether this way is open to a batch. */
  static bool fits(const Model &, const lrlab_batch &);

  void reserve(const lrlab_batch &) override;
  void start(const Pass &, Tile) override;
  void step(int t, const Pass &, Tile) override;
  void finish(const Pass &pass) override { history_.finishReadout(pass, firing()); }
  MutableRows delta() override { return {delta_.data(), stride_}; }
  void forget() override { delta_.clear(); }
  void descend(const Pass &, const Paths &, int last, int first, Sums &) override;
  void addStart(const Pass &, int rows, Sums &) override;

protected:
  void join(const Pass &, Tile, const Branch &) override;

private:
  /** Steps in a block of the gradient: 16 steps of 6 trials fit the second-level cache beside the weights. */
  static constexpr int kBlock = 16;

  void rectify(int t);
  /** Numbers of the units that respond. */
  void list(const uint32_t *responsive, std::vector<int> &units) const;
  Firing firing() const { return {firing_.data(), (int)firing_.size()}; }
  int chooseStretch(int last, int lowest, int steps);
  void enterStretch(const Pass &, int last);
  void runBlock(const Pass &, const Paths &, int first, int last, Sums &);
  void stepBack(const Pass &, const Paths &, int t, int slot, int nextSlot);
  void setError(const Pass &, const Paths &, int t, int slot, Sums &);
  void leaveStretch(int last, int steps, Sums &);

  uint32_t *responsive(int t) { return responsive_.data() + (size_t)(t % history_.steps()) * model_.padding.columns; }
  float *slot(Buffer &b, int index) { return b.data() + (size_t)index * model_.kernels.rows * stride_; }

  const int stride_;                /* of all that follows but what lies in panels */
  std::vector<uint32_t> responsive_; /* (steps, columns) */
  std::vector<int> firing_;

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
