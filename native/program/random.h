/* random.h: numbers that are the same everywhere for one seed: SplitMix64 (Steele, Lea & Flood 2014). */
#pragma once
#include <cmath>
#include <cstdint>
#include <vector>

namespace program {

class Random {
public:
  explicit Random(uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15u + 1) {}

  uint64_t bits() {
    uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

  /** in [0, 1) */
  double uniform() { return (double)(bits() >> 11) * 0x1p-53; }
  double uniform(double from, double to) { return from + (to - from) * uniform(); }

  /** from, ..., to */
  int whole(int from, int to) { return from + (int)(bits() % (uint64_t)(to - from + 1)); }
  bool chance(double p) { return uniform() < p; }

  template <class T> T oneOf(const std::vector<T> &values) { return values[bits() % values.size()]; }

  /** Box & Muller 1958 */
  double normal() {
    constexpr double turn = 6.283185307179586;
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(turn * uniform());
  }

  /** Normal numbers, rounded to float32 so that an engine is given the very same. */
  std::vector<double> normals(size_t count, double deviation) {
    std::vector<double> out(count);
    for (double &x : out) x = (float)(deviation * normal());
    return out;
  }

private:
  uint64_t state_;
};

} // namespace program
