/*
 * tasks.cpp
 *
 * Reaching: B = 100, T = 300. A cue (sine and cosine of one of 8 directions, times a bump of 23 steps) starts after
 * 25 to 105 steps; a hold signal is 1 until 25 to 105 steps after it; then 51 steps of movement to be read out, after
 * which nothing is counted.
 * Choice: B = 72, T = 113, one trial per context (2), motion (6) and colour (6). Fixation and context until the
 * decision (the last 20 steps), evidence in steps 23...72, order of targets throughout; each step divided by its norm.
 */
#include "tasks.h"

#include <algorithm>
#include <cmath>

#include "../checks/generate.h"
#include "../random.h"

namespace program {
namespace {

constexpr double kTurn = 6.283185307179586;
constexpr int kBump = 23, kMovement = 51;

Batch reaching(uint64_t seed) {
  constexpr int B = 100, T = 300;
  Random random(seed);
  Batch batch{B, T, Numbers(B * T * 3), Numbers(B * T * 2), Numbers(B * T * 2), {}};
  for (int trial = 0; trial < B; trial++) {
    const double direction = kTurn * (trial < 8 ? trial : random.whole(0, 7)) / 8;
    const int cue = random.whole(25, 105), go = cue + kBump + random.whole(25, 105);
    for (int t = 0; t < T; t++) {
      const size_t row = (size_t)trial * T + t;
      const bool inBump = t >= cue && t < cue + kBump, moving = t >= go && t < go + kMovement;
      const double bump = inBump ? std::sin(kTurn / 2 * (t - cue + 1) / (kBump + 1)) : 0;
      const double speed = moving ? std::sin(kTurn / 2 * (t - go) / kMovement) : 0;
      batch.input[row * 3] = std::sin(direction) * bump;
      batch.input[row * 3 + 1] = std::cos(direction) * bump;
      batch.input[row * 3 + 2] = t < go;
      batch.target[row * 2] = speed * std::cos(direction);
      batch.target[row * 2 + 1] = speed * std::sin(direction);
      batch.mask[row * 2] = batch.mask[row * 2 + 1] = t < go + kMovement;
    }
  }
  return batch;
}

Batch choice(uint64_t) {
  constexpr int B = 72, T = 113, I = 9, decision = 93;
  constexpr double coherences[6] = {-0.5, -0.15, -0.05, 0.05, 0.15, 0.5};
  Batch batch{B, T, Numbers(B * T * I), Numbers(B * T), Numbers(B * T, 1), {}};
  for (int trial = 0; trial < B; trial++) {
    const double motion = coherences[trial / 2 % 6], colour = coherences[trial / 12];
    const bool byMotion = trial % 2 == 0;
    for (int t = 0; t < T; t++) {
      const double before = t < decision;
      const bool evidence = t >= 23 && t < 73;
      double x[I] = {before, 0, 0, 0, 0, byMotion ? before : 0, byMotion ? 0 : before, 1, 0};
      if (evidence) x[1] = (1 + motion) / 2, x[2] = (1 - motion) / 2, x[3] = (1 + colour) / 2, x[4] = (1 - colour) / 2;
      double squares = 0;
      for (const double v : x) squares += v * v;
      for (int k = 0; k < I; k++) batch.input[((size_t)trial * T + t) * I + k] = x[k] / std::sqrt(squares);
      if (before == 0) batch.target[(size_t)trial * T + t] = (byMotion ? motion : colour) > 0 ? 2 : 1;
    }
  }
  return batch;
}

const std::vector<Size> sizes{
    {"hatsopoulos200", 200, reaching, 3, 2, LRLAB_MEAN_SQUARED_ERROR},
    {"mante200", 200, choice, 9, 3, LRLAB_CROSS_ENTROPY},
    {"mante400", 400, choice, 9, 3, LRLAB_CROSS_ENTROPY},
};

} // namespace

const std::vector<Size> &publishedSizes() { return sizes; }

Problem publishedProblem(const Size &size, bool eprop, const std::string &activation, uint64_t seed) {
  Form form{size.units, size.inputs, size.outputs, 1, 1, activation, LRLAB_LEAK_PREACTIVATION, size.loss};
  if (eprop) form.credit = localCredit();
  Problem p = plainProblem(form, seed);
  const Parts parts(p.setup);
  p.setup.alpha.assign(size.units, (float)0.1);
  p.setup.optimizer.learning_rate = 3e-4;
  p.state.activityPenalty = 10;
  double *w = p.state.parameters.data();
  for (const Part &atRest : {parts.a0, parts.b, parts.bout}) std::fill_n(w + atRest.offset, atRest.count, 0.0);
  for (size_t k = 0; k < parts.Wrec.count; k++) w[parts.Wrec.offset + k] *= 1.5; // drawn with deviation 1 / sqrt(N)
  p.batch = size.draw(seed);
  return p;
}

} // namespace program
