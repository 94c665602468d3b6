/*
 * runners.h: both ways of running a tile, over one history.
 */
#pragma once
#include "dense.h"
#include "silent.h"

namespace lrlab {

class Runners {
public:
  explicit Runners(const Model &m) : history(m), model_(m), dense_(m, history), silent_(m, history) {}

  /** Room to run tiles of a batch, of which `kept` steps are kept. */
  void reserve(const lrlab_batch &batch, int kept) {
    history.reserve(kept);
    of(batch).reserve(batch);
  }

  /** The way that a batch goes. */
  Runner &of(const lrlab_batch &batch) {
    if (SilentRunner::fits(model_, batch)) return silent_;
    return dense_;
  }

  History history;

private:
  const Model &model_;
  DenseRunner dense_;
  SilentRunner silent_;
};

} // namespace lrlab
