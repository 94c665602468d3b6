/*
 * network.cpp: see network.h. Networks of one update are taken side by side, as many as the memory has room for.
 */
#include "network.h"

#include <cmath>

#include "scratch.h"

namespace lrlab::cuda {

namespace {

/** Share of the free memory that scratch may take. */
constexpr double kScratch = 0.8;
/** Trials of a forward pass are taken in runs of about so many floats of Z. */
constexpr size_t kForwardFloats = (size_t)64 << 20;

double nextActivityPenalty(double r, const Outcome &o) { return o.activity >= o.main / 2 ? r * 2 / 3 : r; }

} // namespace

Networks::Networks(const lrlab_setup &s, int activation, const lrlab_state *states)
    : device_(findDevice()), form_{} {
  const Layout &l = form_.layout = Layout(s.units, s.inputs, s.outputs);
  form_.activation = activation;
  form_.leak = s.leak;
  form_.loss = s.loss;
  form_.dale = s.dale;
  form_.blockPenalty = s.block_penalty;
  form_.cellTypes = s.cell_types;
  form_.credit = s.credit;
  form_.optimizer = s.optimizer;
  form_.precision = s.precision;
  if (s.precision == LRLAB_TF32 && device_.capability < 80)
    throw Failure(LRLAB_BAD_ARGUMENT, "TF32 needs a GPU of compute capability 8.0 or later");

  const size_t S = s.networks, N = l.units, O = l.outputs;
  std::vector<float> alpha(l.columns, 1.0f);
  std::copy_n(s.alpha, N, alpha.begin());
  const auto keep = [&](auto &array, const auto *from, size_t count) {
    array.reserve(count);
    upload_.copy(array.data(), from, count);
  };
  keep(alpha_, alpha.data(), alpha.size());
  keep(cellTypeRanges_, s.cell_type_ranges, 2 * (size_t)s.cell_types);
  form_.alpha = alpha_.data();
  form_.cellTypeRanges = cellTypeRanges_.data();

  /* One array per network, side by side; absent unless any network has it, `missing` where this one has not. */
  const auto keepOfAll = [&](DeviceArray<float> &array, auto member, size_t count, float missing) {
    bool any = false;
    for (size_t i = 0; i < S; i++) any |= states[i].*member != nullptr;
    if (!any) return (float *)nullptr;
    array.reserve(S * count);
    const std::vector<float> substitute(count, missing);
    for (size_t i = 0; i < S; i++) {
      const float *from = states[i].*member;
      upload_.copy(array.data() + i * count, from ? from : substitute.data(), count);
    }
    return array.data();
  };
  form_.parameters = keepOfAll(parameters_, &lrlab_state::parameters, l.count, 0);
  form_.first = keepOfAll(first_, &lrlab_state::first_moment, l.count, 0);
  form_.second = keepOfAll(second_, &lrlab_state::second_moment, l.count, 0);
  form_.mask = keepOfAll(mask_, &lrlab_state::mask, N * N, 1);
  form_.readoutFeedback = keepOfAll(readoutFeedback_, &lrlab_state::readout_feedback, O * N, 0);
  form_.recurrentFeedback = keepOfAll(recurrentFeedback_, &lrlab_state::recurrent_feedback, N * N, 0);
  for (size_t i = 0; i < S; i++) progress_.push_back({states[i].update, states[i].activity_penalty});
  stream_.wait();
  sliceTrials(device_, s.precision, l.zStride, l.columns, l.zStride, 1, 1); /* throws where these networks are too large */
}

/** Scratch for up to so many slots; returns for how many. w.trials, w.steps and w.noise (null or not) are set. */
int Networks::reserve(Work &w, int slots) {
  const bool withNoise = w.noise != nullptr, forwardOnly = w.readout != nullptr;
  const auto bytes = [&](int count) {
    Work sizes = w;
    return placeArrays(sizes, count, withNoise, forwardOnly, nullptr);
  };
  if (bytes(slots) > scratch_.size()) {
    scratch_ = {};
    size_t free = 0, total = 0;
    check(cudaMemGetInfo(&free, &total));
    while (slots > 1 && (double)bytes(slots) > kScratch * (double)free) slots = (slots + 1) / 2;
    scratch_.reserve(bytes(slots));
  }
  placeArrays(w, slots, withNoise, forwardOnly, scratch_.data());
  return slots;
}

Order Networks::orderOf(const Work &w, int network) const {
  const lrlab_optimizer &o = w.optimizer;
  const Progress &p = progress_[network];
  const double k = (double)(p.update + 1), decays = o.decay_every > 0 ? std::floor((double)p.update / o.decay_every) : 0;
  const double rate = o.learning_rate * (decays > 0 ? std::pow(o.decay_factor, decays) : 1);
  Order order{};
  order.network = network;
  order.activityPenalty = p.activityPenalty;
  order.penaltySlope = (float)(2 * p.activityPenalty / ((double)w.trials * w.steps * w.layout.units));
  order.keep = (float)(1 - rate * o.weight_decay);
  order.step = (float)(rate / (1 - std::pow(o.beta1, k)));
  order.root = (float)std::sqrt(1 - std::pow(o.beta2, k));
  return order;
}

void Networks::upload(const Work &w, const int *networks, int slots) {
  std::vector<Order> orders;
  for (int i = 0; i < slots; i++) orders.push_back(orderOf(w, networks[i]));
  upload_.copy(const_cast<Order *>(w.orders), orders.data(), orders.size());
}

/** Loss and gradient of some networks. batches: of all networks. */
void Networks::pass(const Work &w, const lrlab_batch *batches, const int *networks, int slots) {
  const Layout &l = w.layout;
  const size_t trialSteps = (size_t)w.trials * w.steps;
  const size_t targets = trialSteps * (w.loss == LRLAB_CROSS_ENTROPY ? 1 : l.outputs);
  upload(w, networks, slots);
  const auto copy = [&](const float *array, int slot, const float *from, size_t count) {
    float *const to = const_cast<float *>(array) + slot * count;
    if (from) upload_.copy(to, from, count);
    else check(cudaMemsetAsync(to, 0, count * sizeof(float), stream_));
  };
  for (int slot = 0; slot < slots; slot++) {
    const lrlab_batch &b = batches[networks[slot]];
    copy(w.input, slot, b.input, trialSteps * l.inputs);
    copy(w.target, slot, b.target, targets);
    copy(w.lossMask, slot, b.mask, targets);
    if (w.noise) copy(w.noise, slot, b.noise, trialSteps * l.units);
  }
  packWeights(w, slots, stream_);
  prepare(w, slots, stream_);
  cuda::forward(w, device_, slots, stream_);
  cuda::loss(w, slots, stream_);
  backward(w, device_, slots, stream_);
  cuda::gradient(w, slots, stream_);
  judge(w, slots, stream_);
}

std::vector<Outcome> Networks::outcomes(const Work &w, int slots) {
  std::vector<Outcome> found(slots);
  check(cudaMemcpyAsync(found.data(), w.outcomes, slots * sizeof(Outcome), cudaMemcpyDeviceToHost, stream_));
  stream_.wait();
  return found;
}

lrlab_report Networks::reportOf(const Outcome &o, int network) const {
  const Progress &p = progress_[network];
  lrlab_report report{};
  report.status = o.accepted ? LRLAB_OK : LRLAB_DIVERGED;
  report.update = p.update + 1;
  report.main_loss = o.main;
  report.activity_loss = o.activity;
  report.weight_loss = o.weights;
  report.gradient_norm = o.norm;
  report.activity_penalty = o.accepted ? nextActivityPenalty(p.activityPenalty, o) : p.activityPenalty;
  return report;
}

void Networks::update(const lrlab_batch *batches, lrlab_report *reports) {
  std::vector<int> active;
  Work w = form_;
  for (int i = 0; i < count(); i++) {
    reports[i] = {};
    reports[i].update = progress_[i].update;
    reports[i].activity_penalty = progress_[i].activityPenalty;
    if (batches[i].trials == 0) continue;
    active.push_back(i);
    w.trials = batches[i].trials;
    w.steps = batches[i].steps;
    if (batches[i].noise) w.noise = batches[i].noise;
  }
  if (active.empty()) return;
  const int atOnce = reserve(w, (int)active.size());
  for (size_t first = 0; first < active.size(); first += atOnce) {
    const int *const networks = active.data() + first;
    const int slots = (int)std::min<size_t>(atOnce, active.size() - first);
    pass(w, batches, networks, slots);
    changeWeights(w, slots, stream_);
    const std::vector<Outcome> found = outcomes(w, slots);
    for (int slot = 0; slot < slots; slot++) {
      lrlab_report &report = reports[networks[slot]] = reportOf(found[slot], networks[slot]);
      report.gradient_norm *= found[slot].clip;
      if (report.status == LRLAB_OK) progress_[networks[slot]] = {report.update, report.activity_penalty};
    }
  }
}

lrlab_report Networks::gradient(int network, const lrlab_batch &batch, float *gradient) {
  Work w = form_;
  w.trials = batch.trials;
  w.steps = batch.steps;
  w.noise = batch.noise;
  reserve(w, 1);
  std::vector<lrlab_batch> batches(count());
  batches[network] = batch;
  pass(w, batches.data(), &network, 1);
  check(cudaMemcpyAsync(gradient, w.gradient, w.layout.count * sizeof(float), cudaMemcpyDeviceToHost, stream_));
  return reportOf(outcomes(w, 1)[0], network);
}

void Networks::forward(int network, int trials, int steps, const float *input, float *rates, float *readout) {
  const size_t N = form_.layout.units, I = form_.layout.inputs, O = form_.layout.outputs, K = form_.layout.zStride;
  Work w = form_;
  w.trials = (int)std::min<size_t>(trials, std::max<size_t>(1, kForwardFloats / ((steps + 1) * K)));
  w.steps = steps;
  w.readout = readout; /* not null: forward pass alone */
  reserve(w, 1);
  upload(w, &network, 1);
  packWeights(w, 1, stream_);
  for (int first = 0; first < trials; first += w.trials) {
    w.trials = std::min(w.trials, trials - first);
    const size_t firstRow = (size_t)first * steps, rows = (size_t)w.trials * steps;
    upload_.copy(const_cast<float *>(w.input), input + firstRow * I, rows * I);
    prepare(w, 1, stream_);
    cuda::forward(w, device_, 1, stream_);
    cuda::readout(w, 1, stream_);
    check(cudaMemcpyAsync(readout + firstRow * O, w.readout, rows * O * sizeof(float), cudaMemcpyDeviceToHost, stream_));
    for (int trial = 0; rates && trial < w.trials; trial++)
      check(cudaMemcpy2DAsync(rates + (firstRow + (size_t)trial * steps) * N, N * sizeof(float),
                              w.z + ((size_t)trial * (steps + 1) + 1) * K, K * sizeof(float), N * sizeof(float), steps,
                              cudaMemcpyDeviceToHost, stream_));
    stream_.wait();
  }
}

void Networks::copyState(int network, lrlab_state &state) const {
  const size_t count = form_.layout.count, feedback = (size_t)form_.layout.units * form_.layout.units;
  const auto copy = [&](float *to, const float *from, size_t size) {
    if (!to || !from) return;
    check(cudaMemcpyAsync(to, from + network * size, size * sizeof(float), cudaMemcpyDeviceToHost, stream_));
  };
  state.update = progress_[network].update;
  state.activity_penalty = progress_[network].activityPenalty;
  copy(state.parameters, form_.parameters, count);
  copy(state.first_moment, form_.first, count);
  copy(state.second_moment, form_.second, count);
  copy(state.recurrent_feedback, form_.recurrentFeedback, feedback);
  stream_.wait();
}

} // namespace lrlab::cuda
