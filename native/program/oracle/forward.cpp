/*
 * forward.cpp
 *
 *   a[t] = a[t-1] + alpha (-a[t-1] + W h[t-1] + Win x[t] + b)    h[t] = phi(a[t]) + noise[t]     leak: preactivation
 *   u[t] = W h[t-1] + Win x[t] + b    h[t] = h[t-1] + alpha (phi(u[t]) - h[t-1]) + noise[t]      leak: rate
 *   y[t] = Wout h[t] + bout
 *   a[0] = a0, h[0] = phi(a0) with the leak on the preactivation; h[0] = a0 with the leak on the rate
 */
#include "forward.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "activation.h"
#include "wiring.h"

namespace program::oracle {
namespace {

double dot(const double *x, const double *y, size_t n) {
  double sum = 0;
  for (size_t k = 0; k < n; k++) sum += x[k] * y[k];
  return sum;
}

} // namespace

Activity forward(const Setup &setup, const State &state, const Batch &batch) {
  const size_t N = setup.units, I = setup.inputs, O = setup.outputs, rows = (size_t)batch.trials * batch.steps;
  const Activation &phi = activationNamed(setup.activation);
  const Parts parts(setup);
  const double *p = state.parameters.data(), *a0 = p + parts.a0.offset;
  const Numbers W = effectiveWeights(setup, state);
  const bool leakyRate = setup.leak == LRLAB_LEAK_RATE;

  Activity activity{Numbers(a0, a0 + N), Numbers(rows * N), Numbers(rows * N), Numbers(rows * O)};
  if (!leakyRate)
    for (double &h : activity.h0) h = phi.rate(h);
  for (size_t row = 0; row < rows; row++) {
    const bool first = row % batch.steps == 0;
    const double *hBefore = first ? activity.h0.data() : &activity.h[(row - 1) * N];
    const double *aBefore = first ? a0 : &activity.drive[(row - 1) * N];
    const double *x = &batch.input[row * I];
    double *drive = &activity.drive[row * N], *h = &activity.h[row * N];
    for (size_t i = 0; i < N; i++) {
      const double alpha = setup.alpha[i], noise = batch.noise.empty() ? 0 : batch.noise[row * N + i];
      const double u = dot(&W[i * N], hBefore, N) + dot(p + parts.Win.offset + i * I, x, I) + p[parts.b.offset + i];
      drive[i] = leakyRate ? u : aBefore[i] + alpha * (-aBefore[i] + u);
      h[i] = noise + (leakyRate ? hBefore[i] + alpha * (phi.rate(u) - hBefore[i]) : phi.rate(drive[i]));
    }
    for (size_t o = 0; o < O; o++)
      activity.y[row * O + o] = dot(p + parts.Wout.offset + o * N, h, N) + p[parts.bout.offset + o];
  }
  return activity;
}

double distanceFromKinks(const Setup &setup, const Activity &activity) {
  double smallest = std::numeric_limits<double>::infinity();
  for (const double kink : activationNamed(setup.activation).kinks)
    for (const double a : activity.drive) smallest = std::min(smallest, std::fabs(a - kink));
  return smallest;
}

} // namespace program::oracle
