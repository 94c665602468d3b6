/* session.h: engines, and networks held by one, with float64 problems turned into the float32 of lrlab.h. */
#pragma once
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "problem.h"

namespace program {

/** What an engine refused, with its status and its words. */
struct Refusal : std::runtime_error {
  lrlab_status status;
  Refusal(lrlab_status s, const lrlab_message &message) : std::runtime_error(message.text), status(s) {}
};

/** "cpu", or "cuda" from the library at the path. Throws std::runtime_error where it cannot be had. */
const lrlab_engine &engineNamed(const std::string &name, const std::string &library);

/** How a session works, beside the problem. */
struct Work {
  const lrlab_engine *engine = nullptr;
  int threads = 1;
  const char *instructionSet = nullptr;
  lrlab_precision precision = LRLAB_FLOAT32;
};

/** A setup as lrlab.h has it, pointing into itself. */
struct SetupArrays {
  std::vector<float> alpha;
  std::vector<int32_t> ranges;
  lrlab_setup setup{};
  SetupArrays(const Setup &, const Work &, size_t networks);
  SetupArrays(const SetupArrays &) = delete;
};

struct StateArrays {
  std::vector<float> parameters, first, second, mask, readoutFeedback, recurrentFeedback;
  lrlab_state state{};
  explicit StateArrays(const State &);
  StateArrays(StateArrays &&) = default; // moving a vector leaves its numbers where they are
  StateArrays(const StateArrays &) = delete;
};

struct BatchArrays {
  std::vector<float> input, target, mask, noise;
  lrlab_batch batch{};
  explicit BatchArrays(const Batch &);
  BatchArrays(BatchArrays &&) = default;
  BatchArrays(const BatchArrays &) = delete;
};

class Session {
public:
  /** Throws Refusal, as all calls below do. */
  Session(const Work &, const Setup &, const std::vector<State> &);
  explicit Session(const Work &work, const Problem &p) : Session(work, p.setup, {p.state}) {}

  struct Gradient {
    lrlab_report report;
    Numbers gradient;
  };
  struct Forward {
    Numbers rates, readout;
  };

  /** batches: one per network. */
  std::vector<lrlab_report> update(const std::vector<BatchArrays> &batches);
  lrlab_report update(const Batch &);
  Gradient gradient(int network, const Batch &);
  Forward forward(int network, const Batch &);
  State state(int network);
  lrlab_networks *handle() const { return networks_.get(); }

private:
  const lrlab_engine &engine_;
  const Setup setup_;
  const std::vector<State> states_; // as opened: which arrays a state has
  std::unique_ptr<lrlab_networks, void (*)(lrlab_networks *)> networks_;
};

} // namespace program
