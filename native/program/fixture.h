/* fixture.h: a training step and three updates of the published code (reference README, fixtures/training). */
#pragma once
#include "json.h"
#include "problem.h"

namespace program {

struct Fixture {
  std::string name;
  Json json;
  Problem problem; // optimizer: Adam

  explicit Fixture(const std::string &path);

  /** The problem with Adam, or AdamW with the published weight decay. */
  Problem with(const std::string &optimizer) const;
};

/** Arrays by their published names, in the order of Parts. */
Numbers parametersIn(const Json &arrays);

/** Names of all cases in the folder, from its index. */
std::vector<std::string> fixtureFiles(const std::string &folder);

} // namespace program
