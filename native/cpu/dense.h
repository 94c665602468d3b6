/*
 * dense.h: a tile of trials run forward and backward through time, any network.
 */
#pragma once
#include <vector>

#include "history.h"

namespace lrlab {

class DenseRunner {
public:
  DenseRunner(const Model &, History &);

  /** Once the history has its room. */
  void reserve();

  /** Gradient and loss sums of a tile's trials. */
  void train(const Pass &, Tile, Sums &);

  void start(const Pass &, Tile);
  void step(int t, const Pass &, Tile);
  void finish(const Pass &pass) { history_.finishReadout(pass, {}); }

private:
  void addNoise(int t, const Pass &, Tile, Sums &);
  void setError(int t, const Pass &, Tile, float *d, Sums &);
  void sumBlock(int firstStep, int steps, Sums &);
  void stepBack(int t, const Pass &, const float *next, float *to);
  void backward(const Pass &, Tile, Sums &);
  void addStart(Tile, Sums &);

  Rows rowsOf(const Buffer &b) const { return {b.data(), model_.padding.columns}; }
  float *slope(int t) {
    return slope_.data() + (size_t)(t % history_.steps()) * model_.kernels.rows * model_.padding.columns;
  }
  float *d(int slot) { return d_.data() + (size_t)slot * model_.kernels.rows * model_.padding.columns; }

  const Model &model_;
  History &history_;
  Buffer slope_;                    /* (steps, rows, columns) */
  Buffer d_;                        /* (block + 1, rows, columns) */
  Buffer q_, sent_, sending_;       /* (rows, columns): where errors are those of rates */
  std::vector<float> slopeBetween_; /* columns: s where it is constant, else empty */
  std::vector<float> lost_;         /* columns: share of its error that a unit loses in a step */
  std::vector<float> trials_;       /* rows: 1, 0 for rows without a trial */
  std::vector<float> penalty_;      /* rows */
};

} // namespace lrlab
