/*
 * networks.cpp: see networks.h. Arrays are made by JavaScript and filled here; calls block the thread that makes them.
 */
#include "networks.h"

#include "engines.h"
#include "values.h"

namespace lrlab::addon {

namespace {

Napi::Object toObject(Napi::Env env, const lrlab_report &report) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("diverged", report.status == LRLAB_DIVERGED);
  object.Set("update", (double)report.update);
  object.Set("main", report.main_loss);
  object.Set("activity", report.activity_loss);
  object.Set("weights", report.weight_loss);
  object.Set("gradientNorm", report.gradient_norm);
  object.Set("activityPenalty", report.activity_penalty);
  return object;
}

} // namespace

Napi::Function Networks::define(Napi::Env env) {
  return DefineClass(env, "Networks",
                     {InstanceMethod<&Networks::update>("update"), InstanceMethod<&Networks::gradient>("gradient"),
                      InstanceMethod<&Networks::forward>("forward"),
                      InstanceMethod<&Networks::copyState>("copyState"), InstanceMethod<&Networks::close>("close")});
}

Networks::Networks(const Napi::CallbackInfo &info)
    : Napi::ObjectWrap<Networks>(info), engine_(engineNamed(info.Env(), textOf(info[0], "engine"))) {
  const Napi::Array given = arrayOf(info[2], "states");
  const Setup setup(objectOf(info[1], "setup"), (int32_t)given.Length());
  count_ = setup.value().networks;
  units_ = setup.value().units;
  inputs_ = setup.value().inputs;
  outputs_ = setup.value().outputs;
  loss_ = setup.value().loss;
  std::vector<lrlab_state> states;
  for (uint32_t i = 0; i < given.Length(); i++) states.push_back(stateOf(objectOf(given.Get(i), "state")));
  lrlab_message message{};
  require(info.Env(), engine_->open(&setup.value(), states.data(), &networks_, &message), message);
}

lrlab_networks *Networks::open(Napi::Env env) const {
  if (!networks_) throw errorOf(env, LRLAB_BAD_ARGUMENT, "these networks are closed");
  return networks_;
}

lrlab_state Networks::stateOf(const Napi::Object &object) const {
  const size_t count = lrlab_parameter_count(units_, inputs_, outputs_), N = units_, O = outputs_;
  lrlab_state state{};
  state.update = (int64_t)numberIn(object, "update");
  state.activity_penalty = numberIn(object, "activityPenalty");
  state.parameters = floatsIn(object, "parameters", count);
  state.first_moment = floatsIn(object, "first", count);
  state.second_moment = floatsIn(object, "second", count);
  state.mask = floatsOrNullIn(object, "mask", N * N);
  state.readout_feedback = floatsOrNullIn(object, "Bout", O * N);
  state.recurrent_feedback = floatsOrNullIn(object, "Brec", N * N);
  return state;
}

lrlab_batch Networks::batchOf(const Napi::Object &object) const {
  lrlab_batch batch{};
  batch.trials = wholeNumberIn(object, "trials");
  batch.steps = wholeNumberIn(object, "steps");
  const size_t rows = (size_t)batch.trials * batch.steps;
  const size_t targets = loss_ == LRLAB_CROSS_ENTROPY ? rows : rows * outputs_;
  batch.input = floatsIn(object, "input", rows * inputs_);
  batch.target = floatsIn(object, "target", targets);
  batch.mask = floatsIn(object, "mask", targets);
  batch.noise = floatsOrNullIn(object, "noise", rows * units_);
  return batch;
}

/** (batches): one per network, null where it sits this update out; returns one report or null per network. */
Napi::Value Networks::update(const Napi::CallbackInfo &info) {
  const Napi::Env env = info.Env();
  const Napi::Array given = arrayOf(info[0], "batches");
  if (given.Length() != (uint32_t)count_)
    throw expected(env, "batches", std::to_string(count_) + ", found " + std::to_string(given.Length()));
  std::vector<lrlab_batch> batches((size_t)count_);
  for (uint32_t i = 0; i < given.Length(); i++)
    if (const Napi::Value batch = given.Get(i); !isNull(batch)) batches[i] = batchOf(objectOf(batch, "batch"));
  std::vector<lrlab_report> reports((size_t)count_);
  lrlab_message message{};
  require(env, engine_->update(open(env), batches.data(), reports.data(), &message), message);
  Napi::Array result = Napi::Array::New(env, given.Length());
  for (uint32_t i = 0; i < given.Length(); i++)
    result.Set(i, batches[i].trials == 0 ? env.Null() : Napi::Value(toObject(env, reports[i])));
  return result;
}

/** (network, batch, {gradient}) */
Napi::Value Networks::gradient(const Napi::CallbackInfo &info) {
  const Napi::Env env = info.Env();
  const int32_t network = wholeNumberOf(info[0], "network");
  const lrlab_batch batch = batchOf(objectOf(info[1], "batch"));
  float *gradient =
      floatsIn(objectOf(info[2], "into"), "gradient", lrlab_parameter_count(units_, inputs_, outputs_));
  lrlab_report report{};
  lrlab_message message{};
  require(env, engine_->gradient(open(env), network, &batch, gradient, &report, &message), message);
  return toObject(env, report);
}

/** (network, {trials, steps, input, rates or null, readout}) */
void Networks::forward(const Napi::CallbackInfo &info) {
  const int32_t network = wholeNumberOf(info[0], "network");
  const Napi::Object given = objectOf(info[1], "pass");
  const int32_t trials = wholeNumberIn(given, "trials"), steps = wholeNumberIn(given, "steps");
  const size_t rows = (size_t)trials * steps;
  const float *input = floatsIn(given, "input", rows * inputs_);
  float *rates = floatsOrNullIn(given, "rates", rows * units_);
  float *readout = floatsIn(given, "readout", rows * outputs_);
  lrlab_message message{};
  require(info.Env(),
          engine_->forward(open(info.Env()), network, trials, steps, input, rates, readout, &message), message);
}

/** (network, {parameters, first, second, Bout and Brec or null}): fills them; returns {update, activityPenalty}. */
Napi::Value Networks::copyState(const Napi::CallbackInfo &info) {
  const int32_t network = wholeNumberOf(info[0], "network");
  const Napi::Object given = objectOf(info[1], "into");
  const size_t count = lrlab_parameter_count(units_, inputs_, outputs_);
  lrlab_state state{};
  state.parameters = floatsIn(given, "parameters", count);
  state.first_moment = floatsIn(given, "first", count);
  state.second_moment = floatsIn(given, "second", count);
  state.readout_feedback = floatsOrNullIn(given, "Bout", (size_t)outputs_ * units_);
  state.recurrent_feedback = floatsOrNullIn(given, "Brec", (size_t)units_ * units_);
  lrlab_message message{};
  require(info.Env(), engine_->copy_state(open(info.Env()), network, &state, &message), message);
  Napi::Object result = Napi::Object::New(info.Env());
  result.Set("update", (double)state.update);
  result.Set("activityPenalty", state.activity_penalty);
  return result;
}

void Networks::close(const Napi::CallbackInfo &) { shut(); }

void Networks::shut() {
  if (networks_) engine_->close(networks_);
  networks_ = nullptr;
}

} // namespace lrlab::addon
