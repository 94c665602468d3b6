/*
 * credit.cpp: errors from the last step back, one trial at a time. passes(t) is 0 where the rule cuts between step t
 * and t - 1, else 1; alpha in front of a sum over units is that of the unit the sum runs over.
 *
 *   L[t] = Bout^T e[t] + p h[t], L[0] = 0
 *   delta[t] = phi'(a[t]) L[t] + s[t] Brec^T (alpha delta[t+1]) + (1 - alpha) delta[t+1]       leak: preactivation
 *   q[t] = L[t] + Brec^T (alpha s[t+1] q[t+1]) + (1 - alpha) q[t+1],  delta[t] = phi'(u[t]) q[t]   leak: rate
 *
 * Errors kept as by a rate take the second form whatever leaks, those not kept have no last term.
 *
 *   gW = sum alpha delta[t] h[t-1]^T    gWin = sum alpha delta[t] x[t]^T    gb = sum alpha delta[t]
 *   gWout = sum e[t] h[t]^T             gbout = sum e[t]                    ga0 = sum over trials of delta[0] or q[0]
 */
#include "credit.h"

#include <algorithm>
#include <cmath>

#include "activation.h"
#include "loss.h"
#include "wiring.h"

namespace program::oracle {
namespace {

/** Brec (N,N), empty where no error passes between units. */
Numbers recurrentFeedback(const Setup &setup, const State &state, const Numbers &W) {
  switch (setup.credit.recurrent) {
  case LRLAB_CREDIT_NONE: return {};
  case LRLAB_CREDIT_TRANSPOSE: return W;
  case LRLAB_CREDIT_CELL_TYPES:
  case LRLAB_CREDIT_RANDOM: return state.recurrentFeedback;
  case LRLAB_CREDIT_DIAGONAL: {
    Numbers diagonal(W.size(), 0.0);
    for (size_t k = 0; k < W.size(); k += setup.units + 1) diagonal[k] = W[k];
    return diagonal;
  }
  }
  return {};
}

/** out (columns) += M^T v for M (rows, columns). */
void addTransposeTimes(const double *M, const double *v, size_t rows, size_t columns, double *out) {
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < columns; c++) out[c] += M[r * columns + c] * v[r];
}

/** M (rows, columns) += u v^T, or the sizes of its entries */
void addOuter(const double *u, const double *v, size_t rows, size_t columns, double *M, Sum sum) {
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < columns; c++) {
      const double product = u[r] * v[c];
      M[r * columns + c] += sum == Sum::sizes ? std::fabs(product) : product;
    }
}

} // namespace

Numbers gradientOf(const Setup &setup, const State &state, const Batch &batch, const Activity &activity, Sum sum) {
  const size_t N = setup.units, I = setup.inputs, O = setup.outputs, T = batch.steps;
  const Activation &phi = activationNamed(setup.activation);
  const lrlab_credit &credit = setup.credit;
  const bool leakyRate = setup.leak == LRLAB_LEAK_RATE;
  const bool ofRates = leakyRate || credit.keeps == LRLAB_KEEPS_RATE;
  const Parts parts(setup);
  const double *p = state.parameters.data();
  const Numbers W = effectiveWeights(setup, state), Brec = recurrentFeedback(setup, state, W);
  const double *Bout = credit.readout != LRLAB_READOUT_WEIGHTS ? state.readoutFeedback.data() : p + parts.Wout.offset;
  const Numbers e = readoutError(setup, batch, activity);
  const double one = 1;
  const double penalty = activitySlope(state, activity);
  const auto slopeBetween = [&](double drive) {
    return std::isnan(credit.slope) ? phi.slope(drive) : credit.slope;
  };
  const auto passes = [&](size_t t) { // from step t (from 0) to t - 1
    return !Brec.empty() && !(credit.window > 0 && (T - t) % credit.window == 0);
  };

  Numbers g(parts.count(), 0.0), gW(N * N, 0.0);
  for (int trial = 0; trial < batch.trials; trial++) {
    Numbers carried(N, 0.0); // what reaches the step at hand by the leak: (1 - alpha) delta[t+1], or of q
    Numbers between(N, 0.0); // and through the units: Brec^T (alpha delta[t+1]), or of s q
    Numbers scaled(N), error(N);
    for (size_t t = T; t-- > 0;) {
      const size_t row = (size_t)trial * T + t;
      const double *drive = &activity.drive[row * N], *h = &activity.h[row * N];
      const double *hBefore = t > 0 ? h - N : activity.h0.data();
      Numbers L(N);
      for (size_t i = 0; i < N; i++) L[i] = penalty * h[i];
      addTransposeTimes(Bout, &e[row * O], O, N, L.data());
      Numbers sent(N); // alpha delta, or alpha s q: what the units send to others
      for (size_t i = 0; i < N; i++) {
        const double alpha = setup.alpha[i], slope = phi.slope(drive[i]);
        if (ofRates) {
          const double q = L[i] + between[i] + carried[i];
          scaled[i] = alpha * slope * q;
          sent[i] = alpha * slopeBetween(drive[i]) * q;
          error[i] = q;
        } else {
          error[i] = slope * L[i] + slopeBetween(drive[i]) * between[i] + carried[i];
          sent[i] = scaled[i] = alpha * error[i];
        }
        carried[i] = credit.keeps == LRLAB_KEEPS_NOTHING ? 0 : (1 - alpha) * error[i];
        between[i] = 0;
      }
      addOuter(scaled.data(), &one, N, 1, &g[parts.b.offset], sum);
      if (passes(t)) addTransposeTimes(Brec.data(), sent.data(), N, N, between.data());
      addOuter(scaled.data(), hBefore, N, N, gW.data(), sum);
      addOuter(scaled.data(), &batch.input[row * I], N, I, &g[parts.Win.offset], sum);
      addOuter(&e[row * O], h, O, N, &g[parts.Wout.offset], sum);
      addOuter(&e[row * O], &one, O, 1, &g[parts.bout.offset], sum);
    }
    for (size_t i = 0; i < N; i++) {
      const double slope = leakyRate ? 1 : slopeBetween(p[parts.a0.offset + i]);
      const double ofLeak = ofRates && !leakyRate ? phi.slope(p[parts.a0.offset + i]) : 1;
      g[parts.a0.offset + i] += slope * between[i] + ofLeak * carried[i];
    }
  }
  Numbers gWrec = rawGradient(setup, state, gW);
  addBlockGradient(setup, state, gWrec);
  std::copy(gWrec.begin(), gWrec.end(), g.begin() + parts.Wrec.offset);
  for (const Part &part : parts.all())
    if (setup.optimizer.frozen & part.bit) std::fill_n(g.begin() + part.offset, part.count, 0.0);
  return g;
}

} // namespace program::oracle
