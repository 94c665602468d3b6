/*
 * dense.h: a tile of trials run forward and backward through time, any network.
 */
#pragma once
#include "runner.h"

namespace lrlab {

class DenseRunner : public Runner {
public:
  DenseRunner(const Model &, History &);

  void reserve(const lrlab_batch &) override;
  void start(const Pass &, Tile) override;
  void step(int t, const Pass &, Tile) override;
  void finish(const Pass &pass) override { history_.finishReadout(pass, {}); }
  MutableRows delta() override { return {d(kBlock), model_.padding.columns}; }
  void forget() override;
  void descend(const Pass &, const Paths &, int last, int first, Sums &) override;
  void addStart(const Pass &, int rows, Sums &) override;

private:
  /** Steps in a block of the gradient: 16 steps of 6 trials fit the second-level cache beside the weights. */
  static constexpr int kBlock = 16;

  /** Steps whose slopes are kept: all, or 1 where the rates tell them again. */
  int slopesOf(const lrlab_batch &) const;
  void addNoise(int t, const Pass &, Tile);
  void setError(int t, const Pass &, const Paths &, float *d, Sums &);
  void sumBlock(int firstStep, int steps, Sums &);
  void stepBack(int t, const Pass &, const float *next, float *to);

  Rows rowsOf(const Buffer &b) const { return {b.data(), model_.padding.columns}; }
  float *slope(int t, const Pass &pass) {
    return slope_.data() + (size_t)(t % slopesOf(pass.batch)) * model_.kernels.rows * model_.padding.columns;
  }
  float *d(int slot) { return d_.data() + (size_t)slot * model_.kernels.rows * model_.padding.columns; }

  Buffer slope_;                    /* (slopes, rows, columns) */
  Buffer d_;                        /* (block + 1, rows, columns): D of a block's steps, then of the step after it */
  Buffer q_, sent_, sending_;       /* (rows, columns): where errors are those of rates */
  std::vector<float> slopeBetween_; /* columns: s where it is constant, else empty */
  std::vector<float> lost_;         /* columns: share of its error that a unit loses in a step */
};

} // namespace lrlab
