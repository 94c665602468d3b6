/* session.cpp: see session.h. */
#include "session.h"

#ifndef _WIN32
#include <dlfcn.h>
#endif

namespace program {
namespace {

std::vector<float> floats(const Numbers &numbers) { return {numbers.begin(), numbers.end()}; }
Numbers doubles(const std::vector<float> &numbers) { return {numbers.begin(), numbers.end()}; }

float *orNull(std::vector<float> &values) { return values.empty() ? nullptr : values.data(); }

void require(lrlab_status status, const lrlab_message &message) {
  if (status != LRLAB_OK) throw Refusal(status, message);
}

const lrlab_engine &cudaEngine(const std::string &library) {
#ifdef _WIN32
  throw std::runtime_error("the CUDA engine is not loaded on Windows by this program");
#else
  void *handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!handle) throw std::runtime_error(std::string("loading the CUDA engine: ") + dlerror());
  using Entry = const lrlab_engine *(*)();
  const auto entry = (Entry)dlsym(handle, "lrlab_cuda_engine");
  if (!entry) throw std::runtime_error("\"" + library + "\" has no lrlab_cuda_engine");
  return *entry();
#endif
}

} // namespace

const lrlab_engine &engineNamed(const std::string &name, const std::string &library) {
  if (name == "cpu") return *lrlab_cpu_engine();
  if (name == "cuda") return cudaEngine(library);
  throw std::runtime_error("unknown engine \"" + name + "\": cpu or cuda");
}

SetupArrays::SetupArrays(const Setup &s, const Work &work, size_t networks) : alpha(floats(s.alpha)) {
  for (const auto &[start, end] : s.cellTypes) ranges.insert(ranges.end(), {start, end});
  setup.networks = (int32_t)networks;
  setup.units = s.units;
  setup.inputs = s.inputs;
  setup.outputs = s.outputs;
  setup.activation = s.activation.c_str();
  setup.alpha = alpha.data();
  setup.leak = s.leak;
  setup.loss = s.loss;
  setup.dale = s.dale;
  setup.block_penalty = s.blockPenalty;
  setup.cell_types = (int32_t)s.cellTypes.size();
  setup.cell_type_ranges = ranges.data();
  setup.credit = s.credit;
  setup.readout_decay = s.readoutDecay;
  setup.optimizer = s.optimizer;
  setup.precision = work.precision;
  setup.threads = work.threads;
  setup.instruction_set = work.instructionSet;
}

StateArrays::StateArrays(const State &s)
    : parameters(floats(s.parameters)), first(floats(s.first)), second(floats(s.second)), mask(floats(s.mask)),
      readoutFeedback(floats(s.readoutFeedback)), recurrentFeedback(floats(s.recurrentFeedback)) {
  state.update = s.update;
  state.activity_penalty = s.activityPenalty;
  state.parameters = parameters.data();
  state.first_moment = first.data();
  state.second_moment = second.data();
  state.mask = orNull(mask);
  state.readout_feedback = orNull(readoutFeedback);
  state.recurrent_feedback = orNull(recurrentFeedback);
}

BatchArrays::BatchArrays(const Batch &b)
    : input(floats(b.input)), target(floats(b.target)), mask(floats(b.mask)), noise(floats(b.noise)) {
  batch = {b.trials, b.steps, input.data(), target.data(), mask.data(), orNull(noise)};
}

Session::Session(const Work &work, const Setup &setup, const std::vector<State> &states)
    : engine_(*work.engine), setup_(setup), states_(states), networks_(nullptr, work.engine->close) {
  const SetupArrays arrays(setup_, work, states.size());
  std::vector<StateArrays> stateArrays(states.begin(), states.end());
  std::vector<lrlab_state> given;
  for (const StateArrays &each : stateArrays) given.push_back(each.state);
  lrlab_networks *opened = nullptr;
  lrlab_message message{};
  require(engine_.open(&arrays.setup, given.data(), &opened, &message), message);
  networks_.reset(opened);
}

std::vector<lrlab_report> Session::update(const std::vector<BatchArrays> &batches) {
  std::vector<lrlab_batch> given;
  for (const BatchArrays &each : batches) given.push_back(each.batch);
  std::vector<lrlab_report> reports(batches.size());
  lrlab_message message{};
  require(engine_.update(networks_.get(), given.data(), reports.data(), &message), message);
  return reports;
}

lrlab_report Session::update(const Batch &batch) {
  std::vector<BatchArrays> batches;
  batches.emplace_back(batch);
  return update(batches)[0];
}

Session::Gradient Session::gradient(int network, const Batch &batch) {
  const BatchArrays arrays(batch);
  std::vector<float> gradient(Parts(setup_).count());
  lrlab_report report{};
  lrlab_message message{};
  require(engine_.gradient(networks_.get(), network, &arrays.batch, gradient.data(), &report, &message), message);
  return {report, doubles(gradient)};
}

Session::Forward Session::forward(int network, const Batch &batch) {
  const std::vector<float> input = floats(batch.input);
  const size_t rows = (size_t)batch.trials * batch.steps;
  std::vector<float> rates(rows * setup_.units), readout(rows * setup_.outputs);
  lrlab_message message{};
  require(engine_.forward(networks_.get(), network, batch.trials, batch.steps, input.data(), rates.data(),
                          readout.data(), &message),
          message);
  return {doubles(rates), doubles(readout)};
}

State Session::state(int network) {
  StateArrays arrays(states_[network]);
  lrlab_message message{};
  require(engine_.copy_state(networks_.get(), network, &arrays.state, &message), message);
  State copy = states_[network];
  copy.update = arrays.state.update;
  copy.activityPenalty = arrays.state.activity_penalty;
  copy.parameters = doubles(arrays.parameters);
  copy.first = doubles(arrays.first);
  copy.second = doubles(arrays.second);
  copy.readoutFeedback = doubles(arrays.readoutFeedback);
  copy.recurrentFeedback = doubles(arrays.recurrentFeedback);
  return copy;
}

} // namespace program
