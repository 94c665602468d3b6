/* activation.h: rate phi(a), its slope, and where the slope jumps, in float64, by the name lrlab.h knows it by. */
#pragma once
#include <string>
#include <vector>

namespace program::oracle {

struct Activation {
  const char *name;
  double (*rate)(double a);
  double (*slope)(double a); // at a kink what automatic differentiation gives in the published code
  std::vector<double> kinks;
};

const std::vector<Activation> &activations();

/** Throws std::invalid_argument where there is none of that name. */
const Activation &activationNamed(const std::string &name);

} // namespace program::oracle
