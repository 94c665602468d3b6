/*
 * network.cpp: see network.h. Arrays are made by JavaScript and filled here; calls block the thread that makes them.
 */
#include "network.h"

#include "values.h"

namespace lrlab::addon {

namespace {

void require(Napi::Env env, lrlab_status status, const lrlab_message &message) {
  if (status != LRLAB_OK) throw errorOf(env, status, message.text);
}

Napi::Object toObject(Napi::Env env, const lrlab_report &report) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("update", (double)report.update);
  object.Set("main", report.main_loss);
  object.Set("activity", report.activity_loss);
  object.Set("gradientNorm", report.gradient_norm);
  object.Set("activityPenalty", report.activity_penalty);
  return object;
}

} // namespace

Napi::Function Network::define(Napi::Env env) {
  return DefineClass(env, "Network",
                     {InstanceMethod<&Network::update>("update"), InstanceMethod<&Network::gradient>("gradient"),
                      InstanceMethod<&Network::forward>("forward"), InstanceMethod<&Network::copyState>("copyState"),
                      InstanceMethod<&Network::close>("close")});
}

Network::Network(const Napi::CallbackInfo &info) : Napi::ObjectWrap<Network>(info) {
  const Napi::Object given = objectAt(info, 0);
  units_ = wholeNumberOf(given, "units");
  inputs_ = wholeNumberOf(given, "inputs");
  outputs_ = wholeNumberOf(given, "outputs");
  const std::string activation = given.Get("activation").ToString().Utf8Value();
  const std::string instructionSet =
      isNull(given, "instructionSet") ? std::string() : given.Get("instructionSet").ToString().Utf8Value();

  lrlab_setup setup{};
  setup.units = units_;
  setup.inputs = inputs_;
  setup.outputs = outputs_;
  setup.activation = activation.c_str();
  setup.alpha = numberOf(given, "alpha");
  setup.recurrent_credit = given.Get("recurrentCredit").ToBoolean();
  setup.learning_rate = numberOf(given, "learningRate");
  setup.beta1 = numberOf(given, "beta1");
  setup.beta2 = numberOf(given, "beta2");
  setup.epsilon = numberOf(given, "epsilon");
  setup.weight_decay = numberOf(given, "weightDecay");
  setup.clip_norm = isNull(given, "clipNorm") ? 0 : numberOf(given, "clipNorm");
  setup.threads = wholeNumberOf(given, "threads");
  setup.instruction_set = instructionSet.empty() ? nullptr : instructionSet.c_str();

  const lrlab_state state = stateOf(objectAt(info, 1));
  lrlab_message message{};
  require(info.Env(), lrlab_open(&setup, &state, &network_, &message), message);
}

lrlab_network *Network::open(Napi::Env env) const {
  if (!network_) throw errorOf(env, LRLAB_BAD_ARGUMENT, "this network is closed");
  return network_;
}

lrlab_state Network::stateOf(const Napi::Object &object) const {
  const size_t count = lrlab_parameter_count(units_, inputs_, outputs_);
  lrlab_state state{};
  state.update = (int64_t)numberOf(object, "update");
  state.activity_penalty = numberOf(object, "activityPenalty");
  state.parameters = floatsOf(object, "parameters", count);
  state.first_moment = floatsOf(object, "first", count);
  state.second_moment = floatsOf(object, "second", count);
  return state;
}

lrlab_batch Network::batchOf(const Napi::Object &object) const {
  lrlab_batch batch{};
  batch.trials = wholeNumberOf(object, "trials");
  batch.steps = wholeNumberOf(object, "steps");
  const size_t rows = (size_t)batch.trials * batch.steps;
  batch.input = floatsOf(object, "input", rows * inputs_);
  batch.target = floatsOf(object, "target", rows * outputs_);
  batch.mask = floatsOf(object, "mask", rows * outputs_);
  batch.noise = isNull(object, "noise") ? nullptr : floatsOf(object, "noise", rows * units_);
  return batch;
}

Napi::Value Network::update(const Napi::CallbackInfo &info) {
  const lrlab_batch batch = batchOf(objectAt(info, 0));
  lrlab_report report{};
  lrlab_message message{};
  require(info.Env(), lrlab_update(open(info.Env()), &batch, &report, &message), message);
  return toObject(info.Env(), report);
}

/** (batch, {gradient}) */
Napi::Value Network::gradient(const Napi::CallbackInfo &info) {
  const lrlab_batch batch = batchOf(objectAt(info, 0));
  float *gradient = floatsOf(objectAt(info, 1), "gradient", lrlab_parameter_count(units_, inputs_, outputs_));
  lrlab_report report{};
  lrlab_message message{};
  require(info.Env(), lrlab_gradient(open(info.Env()), &batch, gradient, &report, &message), message);
  return toObject(info.Env(), report);
}

/** ({trials, steps, input, rates or null, readout}) */
void Network::forward(const Napi::CallbackInfo &info) {
  const Napi::Object given = objectAt(info, 0);
  const int32_t trials = wholeNumberOf(given, "trials"), steps = wholeNumberOf(given, "steps");
  const size_t rows = (size_t)trials * steps;
  const float *input = floatsOf(given, "input", rows * inputs_);
  float *rates = isNull(given, "rates") ? nullptr : floatsOf(given, "rates", rows * units_);
  float *readout = floatsOf(given, "readout", rows * outputs_);
  lrlab_message message{};
  require(info.Env(), lrlab_forward(open(info.Env()), trials, steps, input, rates, readout, &message), message);
}

/** Fills {parameters, first, second}; returns {update, activityPenalty}. */
Napi::Value Network::copyState(const Napi::CallbackInfo &info) {
  const Napi::Object given = objectAt(info, 0);
  const size_t count = lrlab_parameter_count(units_, inputs_, outputs_);
  lrlab_state state{};
  state.parameters = floatsOf(given, "parameters", count);
  state.first_moment = floatsOf(given, "first", count);
  state.second_moment = floatsOf(given, "second", count);
  lrlab_message message{};
  require(info.Env(), lrlab_copy_state(open(info.Env()), &state, &message), message);
  Napi::Object result = Napi::Object::New(info.Env());
  result.Set("update", (double)state.update);
  result.Set("activityPenalty", state.activity_penalty);
  return result;
}

void Network::close(const Napi::CallbackInfo &) {
  lrlab_close(network_);
  network_ = nullptr;
}

} // namespace lrlab::addon
