/*
 * worker.h: what one thread works with.
 */
#pragma once
#include <memory>

#include "dense.h"
#include "silent.h"
#include "trunk.h"

namespace lrlab {

class Worker {
public:
  explicit Worker(const Model &);

  /** Room to run tiles of a batch, of which `kept` steps are kept. */
  void reserve(const lrlab_batch &, int kept);
  /** Room also to pack and to hold a gradient, and to sum one up alone. */
  void equip(const lrlab_batch &, bool alone);

  /** Gradient and loss sums of a tile's trials. */
  void train(const Pass &, Tile, const Branch &, Sums &);
  /** Readout and, unless null, rates of a tile's trials. */
  void forward(const Pass &, Tile, float *rates, float *readout);

  /** Cuts a batch into slices and plans its trunk. */
  void cut(const lrlab_batch &);

  Slices slices;
  Trunk trunk;
  std::unique_ptr<PackedWeights> weights;
  std::unique_ptr<Sums> total, slice;
  Buffer gradient;

private:
  template <class Runner> void run(Runner &, const Pass &, Tile, float *rates, float *readout);

  const Model &model_;
  History history_;
  DenseRunner dense_;
  SilentRunner silent_;
};

} // namespace lrlab
