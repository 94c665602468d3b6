/*
 * activation.cpp: the formulas, as the reference README lists them. Ties: retanh has slope 1/2 at 0, ReLU and ELU 1 at
 * 0, the clipped line 1 at -1 and 1. GELU is the tanh form with sqrt(2/pi) rounded to float32.
 */
#include "activation.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace program::oracle {
namespace {

double square(double x) { return x * x; }
double sigmoid(double a) { return 1 / (1 + std::exp(-a)); }
double softplus(double a) { return std::log(1 + std::exp(a)); }
double tanhSlope(double a) { return 1 - square(std::tanh(a)); }

constexpr double kGelu = 0.7978845238685608, kGeluCubic = 0.044715;
double geluTanh(double a) { return std::tanh(kGelu * (a + kGeluCubic * a * a * a)); }

constexpr double kLecun = 1.7159, kLecunGain = 2.0 / 3.0; // LeCun et al. 1998

const std::vector<Activation> table = {
    {"linear", [](double a) { return a; }, [](double) { return 1.0; }, {}},
    {"logistic", sigmoid, [](double a) { return sigmoid(a) * sigmoid(-a); }, {}},
    {"smoothReLU", softplus, sigmoid, {}},
    {"ReLU", [](double a) { return a < 0 ? 0.0 : a; }, [](double a) { return a < 0 ? 0.0 : 1.0; }, {0}},
    {"swish", [](double a) { return a * sigmoid(a); },
     [](double a) { return sigmoid(a) * (1 + a * sigmoid(-a)); }, {}},
    {"mish", [](double a) { return a * std::tanh(softplus(a)); },
     [](double a) { return std::tanh(softplus(a)) + a * tanhSlope(softplus(a)) * sigmoid(a); }, {}},
    {"GELU", [](double a) { return 0.5 * a * (1 + geluTanh(a)); },
     [](double a) {
       return 0.5 * (1 + geluTanh(a)) +
              0.5 * a * (1 - square(geluTanh(a))) * kGelu * (1 + 3 * kGeluCubic * square(a));
     }, {}},
    {"ELU", [](double a) { return a > 0 ? a : std::expm1(a); }, [](double a) { return a > 0 ? 1 : std::exp(a); }, {}},
    {"tanh", [](double a) { return std::tanh(a); }, tanhSlope, {}},
    {"tanhlecun", [](double a) { return kLecun * std::tanh(kLecunGain * a); },
     [](double a) { return kLecun * kLecunGain * tanhSlope(kLecunGain * a); }, {}},
    {"lineartanh", [](double a) { return std::clamp(a, -1.0, 1.0); },
     [](double a) { return std::fabs(a) <= 1 ? 1.0 : 0.0; }, {-1, 1}},
    {"retanh", [](double a) { return a < 0 ? 0 : std::tanh(a); },
     [](double a) { return a < 0 ? 0 : a == 0 ? 0.5 : tanhSlope(a); }, {0}},
};

} // namespace

const std::vector<Activation> &activations() { return table; }

const Activation &activationNamed(const std::string &name) {
  for (const Activation &a : table)
    if (name == a.name) return a;
  throw std::invalid_argument("the oracle has no activation function \"" + name + "\"");
}

} // namespace program::oracle
