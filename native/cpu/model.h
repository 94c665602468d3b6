/*
 * model.h: what all networks of one call have in common. A copy of lrlab_setup that outlives it.
 */
#pragma once
#include <algorithm>
#include <vector>

#include "layout.h"

namespace lrlab {

/** Units [first, end) of one cell type. */
struct CellType {
  int first, end;
};

struct Model {
  const Kernels &kernels;
  const Layout layout;
  const Padding padding;
  const Activate activate;
  const SlopeByRate slopeByRate;    /* null where the rates kept do not tell the slopes */
  const Gradient gradient;          /* by the precision */
  const Rectifier *const rectifier; /* null unless the activation is rectified */
  const lrlab_leak leak;
  const lrlab_loss loss;
  const bool dale;
  const double blockPenalty;
  const lrlab_credit credit;
  const double readoutDecay;
  const lrlab_optimizer optimizer;
  const std::vector<CellType> cellTypes;
  const std::vector<float> alpha; /* (columns): dt / tau of units, 1 beyond */

  /** The setup must have passed the checks of shared/checks.h. */
  Model(const lrlab_setup &, const Kernels &, int activation);

  /** Whether Brec is a matrix of the network's own. */
  bool hasRecurrentFeedback() const {
    return credit.recurrent == LRLAB_CREDIT_CELL_TYPES || credit.recurrent == LRLAB_CREDIT_RANDOM;
  }
  bool adaptsReadoutFeedback() const {
    return credit.readout == LRLAB_READOUT_ADAPTIVE && !(optimizer.frozen & LRLAB_WOUT);
  }
  bool errorPassesBetweenUnits() const { return credit.recurrent != LRLAB_CREDIT_NONE; }
  bool alphaIsShared() const { return std::equal(alpha.begin() + 1, alpha.begin() + layout.units, alpha.begin()); }
  bool leakyRate() const { return leak == LRLAB_LEAK_RATE; }
  /** Whether units carry errors of their rates (q) back in time, or of their preactivations (delta). */
  bool errorsOfRates() const { return leakyRate() || credit.keeps == LRLAB_KEEPS_RATE; }
};

} // namespace lrlab
