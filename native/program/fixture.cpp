/* fixture.cpp: see fixture.h. */
#include "fixture.h"

#include <cmath>
#include <stdexcept>

namespace program {
namespace {

lrlab_credit creditOf(const std::string &rule) {
  lrlab_credit credit{LRLAB_READOUT_WEIGHTS, LRLAB_CREDIT_TRANSPOSE, std::nan(""), 0, LRLAB_KEEPS_STATE};
  if (rule == "BPTT") return credit;
  if (rule == "e-prop") credit.recurrent = LRLAB_CREDIT_NONE;
  else if (rule == "truncated BPTT") credit.window = 10;
  else if (rule == "feedback alignment") credit.readout = LRLAB_READOUT_RANDOM;
  else if (rule == "ModProp") {
    credit.recurrent = LRLAB_CREDIT_CELL_TYPES;
    credit.slope = 0.2;
  } else throw std::runtime_error("unknown rule \"" + rule + "\"");
  return credit;
}

Setup setupOf(const Json &json) {
  const Json &given = json["settings"];
  Setup setup;
  setup.units = (int)given["n_recurrent"].number;
  setup.inputs = (int)given["n_input"].number;
  setup.outputs = (int)given["n_output"].number;
  setup.activation = given["activation_function"].text;
  setup.alpha.assign(setup.units, given["dt"].number / given["Tau"].number);
  setup.loss =
      given["loss"].text == "masked cross-entropy" ? LRLAB_CROSS_ENTROPY : LRLAB_MEAN_SQUARED_ERROR;
  setup.dale = given["dale_constraint"].number != 0;
  setup.blockPenalty = given["L2_Wrec"].number;
  setup.credit = creditOf(json["rule"].text);
  setup.optimizer.learning_rate = given["learning_rate"].number;
  setup.optimizer.beta1 = 0.9;
  setup.optimizer.beta2 = 0.999;
  setup.optimizer.epsilon = 1e-8;
  setup.optimizer.clip_norm = given["clip_gradient_norm_to"].number;
  setup.optimizer.decay_factor = 1;
  return setup;
}

Problem problemOf(const Json &json) {
  const Json &fixed = json["fixed_matrices"];
  Problem p{setupOf(json), {}, {}};
  p.state.activityPenalty = json["settings"]["regularization_activityL2"].number;
  p.state.parameters = parametersIn(json["parameters"]);
  p.state.first.assign(p.state.parameters.size(), 0);
  p.state.second = p.state.first;
  if (fixed.has("mask")) p.state.mask = numbersOf(fixed["mask"]);
  if (p.setup.credit.readout != LRLAB_READOUT_WEIGHTS) p.state.readoutFeedback = numbersOf(fixed["Wfb"]);
  if (p.setup.credit.recurrent == LRLAB_CREDIT_CELL_TYPES) {
    p.state.recurrentFeedback = numbersOf(fixed["Wab"]);
    const Numbers ends = numbersOf(fixed["tp_idx"]);
    for (size_t k = 0; k < ends.size(); k += 2) p.setup.cellTypes.push_back({(int)ends[k], (int)ends[k + 1]});
  }
  p.batch.trials = (int)json["settings"]["n_trials"].number;
  p.batch.steps = (int)json["settings"]["n_T"].number;
  p.batch.input = numbersOf(json["input"]);
  p.batch.target = numbersOf(json["target"]);
  p.batch.mask = numbersOf(json["output_mask"]);
  if (!json["activity_noise"].isNull()) p.batch.noise = numbersOf(json["activity_noise"]);
  return p;
}

} // namespace

Fixture::Fixture(const std::string &path) : json(readJson(path)) {
  name = json["name"].text;
  problem = problemOf(json);
}

Problem Fixture::with(const std::string &optimizer) const {
  Problem p = problem;
  p.setup.optimizer.weight_decay = optimizer == "AdamW" ? 0.01 : 0;
  return p;
}

Numbers parametersIn(const Json &arrays) {
  Numbers all;
  for (const char *name :
       {"ah0", "fc_x2ah.weight", "fc_h2ah.weight", "fc_x2ah.bias", "fc_h2y.weight", "fc_h2y.bias"}) {
    const Numbers part = numbersOf(arrays[name]);
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

std::vector<std::string> fixtureFiles(const std::string &folder) {
  std::vector<std::string> files;
  const Json index = readJson(folder + "/index.json"); // outlives the loop over its members
  for (const Json &each : index["cases"].items) files.push_back(each["file"].text);
  return files;
}

} // namespace program
