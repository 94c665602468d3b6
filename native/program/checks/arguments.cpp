/*
 * arguments.cpp: whatever is wrong with the arguments, a call gives a status and a text, and the networks stay as they
 * were. Sizes that are too large for memory come with arrays that are not, so an engine must refuse before it reads.
 * An unknown leak or loss is not tried: an enumeration of two cannot hold a third value in C++.
 */
#include <cmath>
#include <functional>
#include <limits>

#include "bits.h"
#include "checks.h"
#include "generate.h"

namespace program {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr int32_t kHuge = std::numeric_limits<int32_t>::max();
constexpr int kUnits = 8, kTrials = 4, kSteps = 5;

/** What one attempt may spoil before the call. */
struct Given {
  SetupArrays setup;
  StateArrays state;
  BatchArrays batch;
};

using Spoil = std::function<void(Given &)>;
struct Attempt {
  const char *name;
  Spoil spoil;
};

Problem sound(bool classes) {
  const lrlab_credit byTypes{LRLAB_READOUT_RANDOM, LRLAB_CREDIT_CELL_TYPES, 0.2, 0, LRLAB_KEEPS_STATE};
  Problem p = plainProblem({kUnits, 2, 3, kTrials, kSteps, "retanh", LRLAB_LEAK_PREACTIVATION,
                            classes ? LRLAB_CROSS_ENTROPY : LRLAB_MEAN_SQUARED_ERROR, byTypes},
                           5);
  p.setup.cellTypes = {{0, 4}, {4, kUnits}};
  p.state.mask.assign(kUnits * kUnits, 1);
  p.state.recurrentFeedback.assign(kUnits * kUnits, 0.125);
  return p;
}

const std::vector<Attempt> openings{
    {"no networks", [](Given &g) { g.setup.setup.networks = 0; }},
    {"a negative number of networks", [](Given &g) { g.setup.setup.networks = -1; }},
    {"no units", [](Given &g) { g.setup.setup.units = 0; }},
    {"a negative number of units", [](Given &g) { g.setup.setup.units = -3; }},
    {"sizes that overflow",
     [](Given &g) { g.setup.setup.units = g.setup.setup.inputs = g.setup.setup.outputs = kHuge; }},
    {"no inputs", [](Given &g) { g.setup.setup.inputs = 0; }},
    {"a negative number of inputs", [](Given &g) { g.setup.setup.inputs = -1; }},
    {"no outputs", [](Given &g) { g.setup.setup.outputs = 0; }},
    {"a negative number of outputs", [](Given &g) { g.setup.setup.outputs = -1; }},
    {"no activation function", [](Given &g) { g.setup.setup.activation = nullptr; }},
    {"an unknown activation function", [](Given &g) { g.setup.setup.activation = "sawtooth"; }},
    {"no alpha", [](Given &g) { g.setup.setup.alpha = nullptr; }},
    {"alpha 0", [](Given &g) { g.setup.alpha[kUnits - 1] = 0; }},
    {"alpha 2", [](Given &g) { g.setup.alpha[kUnits - 1] = 2; }},
    {"alpha NaN", [](Given &g) { g.setup.alpha[0] = kNaN; }},
    {"an unknown way of credit",
     [](Given &g) { g.setup.setup.credit.recurrent = (lrlab_recurrent_credit)5; }},
    {"a negative window", [](Given &g) { g.setup.setup.credit.window = -1; }},
    {"a negative number of cell types", [](Given &g) { g.setup.setup.cell_types = -1; }},
    {"credit by cell types without cell types", [](Given &g) { g.setup.setup.cell_types = 0; }},
    {"no ranges of cell types", [](Given &g) { g.setup.setup.cell_type_ranges = nullptr; }},
    {"a range before the first unit", [](Given &g) { g.setup.ranges[0] = -1; }},
    {"a range past the last unit", [](Given &g) { g.setup.ranges[3] = kUnits + 1; }},
    {"a range that ends before it starts", [](Given &g) { g.setup.ranges[1] = -1; }},
    {"a block penalty that is no number", [](Given &g) { g.setup.setup.block_penalty = kNaN; }},
    {"a learning rate that is no number", [](Given &g) { g.setup.setup.optimizer.learning_rate = kNaN; }},
    {"beta1 of 1", [](Given &g) { g.setup.setup.optimizer.beta1 = 1; }},
    {"beta2 of 1", [](Given &g) { g.setup.setup.optimizer.beta2 = 1; }},
    {"a negative decay period", [](Given &g) { g.setup.setup.optimizer.decay_every = -1; }},
    {"no parameters", [](Given &g) { g.state.state.parameters = nullptr; }},
    {"no first moment", [](Given &g) { g.state.state.first_moment = nullptr; }},
    {"no second moment", [](Given &g) { g.state.state.second_moment = nullptr; }},
    {"no feedback to the readout", [](Given &g) { g.state.state.readout_feedback = nullptr; }},
    {"no feedback between units", [](Given &g) { g.state.state.recurrent_feedback = nullptr; }},
    {"NaN among the weights", [](Given &g) { g.state.parameters[40] = kNaN; }},
    {"infinity among the weights", [](Given &g) { g.state.parameters[0] = HUGE_VALF; }},
    {"NaN among the moments", [](Given &g) { g.state.second[3] = kNaN; }},
    {"a negative second moment", [](Given &g) { g.state.second[3] = -1; }},
    {"NaN in the mask of connections", [](Given &g) { g.state.mask[3] = kNaN; }},
    {"NaN in the feedback to the readout", [](Given &g) { g.state.readoutFeedback[2] = kNaN; }},
    {"NaN in the feedback between units", [](Given &g) { g.state.recurrentFeedback[2] = kNaN; }},
    {"a negative number of updates", [](Given &g) { g.state.state.update = -1; }},
    {"an activity penalty that is no number", [](Given &g) { g.state.state.activity_penalty = kNaN; }},
};

const std::vector<Attempt> openingsOfCpu{
    {"no threads", [](Given &g) { g.setup.setup.threads = 0; }},
    {"a negative number of threads", [](Given &g) { g.setup.setup.threads = -1; }},
    {"an unknown instruction set", [](Given &g) { g.setup.setup.instruction_set = "z80"; }},
    {"TF32, which it does not have", [](Given &g) { g.setup.setup.precision = LRLAB_TF32; }},
};

const std::vector<Attempt> batches{
    {"a negative number of trials", [](Given &g) { g.batch.batch.trials = -1; }},
    {"no steps", [](Given &g) { g.batch.batch.steps = 0; }},
    {"a negative number of steps", [](Given &g) { g.batch.batch.steps = -2; }},
    {"sizes that overflow", [](Given &g) { g.batch.batch.trials = g.batch.batch.steps = kHuge; }},
    {"no input", [](Given &g) { g.batch.batch.input = nullptr; }},
    {"no target", [](Given &g) { g.batch.batch.target = nullptr; }},
    {"no mask", [](Given &g) { g.batch.batch.mask = nullptr; }},
    {"a mask that is 0 everywhere", [](Given &g) { g.batch.mask.assign(g.batch.mask.size(), 0); g.batch.batch.mask = g.batch.mask.data(); }},
};

const std::vector<Attempt> classes{
    {"a class past the last one", [](Given &g) { g.batch.target[0] = 3; }},
    {"a negative class", [](Given &g) { g.batch.target[0] = -1; }},
    {"a class that is no number", [](Given &g) { g.batch.target[0] = kNaN; }},
    {"a class far out of range", [](Given &g) { g.batch.target[0] = 1e30f; }},
};

/** Numbers that are not finite need not be looked for: the loss or the gradient shows them. */
const std::vector<Attempt> notFinite{
    {"NaN in the input", [](Given &g) { g.batch.input[3] = kNaN; }},
    {"infinity in the input", [](Given &g) { g.batch.input[3] = HUGE_VALF; }},
};

class Caller {
public:
  Caller(const Work &work, Report &report) : work_(work), engine_(*work.engine), report_(report) {}

  void opening(const Attempt &attempt) {
    const Problem p = sound(false);
    Given given{{p.setup, work_, 1}, StateArrays(p.state), BatchArrays(p.batch)};
    attempt.spoil(given);
    lrlab_networks *opened = nullptr;
    refused([&](lrlab_message *m) { return engine_.open(&given.setup.setup, &given.state.state, &opened, m); },
            std::string("opening with ") + attempt.name);
    if (opened) engine_.close(opened);
  }

  void openingNull() {
    const Problem p = sound(false);
    const Given given{{p.setup, work_, 1}, StateArrays(p.state), BatchArrays(p.batch)};
    lrlab_networks *opened = nullptr;
    refused([&](lrlab_message *m) { return engine_.open(nullptr, &given.state.state, &opened, m); }, "no setup");
    refused([&](lrlab_message *m) { return engine_.open(&given.setup.setup, nullptr, &opened, m); }, "no states");
    refused([&](lrlab_message *m) { return engine_.open(&given.setup.setup, &given.state.state, nullptr, m); },
            "nowhere to put the networks");
    engine_.close(nullptr);
  }

  /** update and gradient with a spoilt batch. */
  void batch(const Attempt &attempt, bool withClasses, bool mayDiverge = false) {
    const Problem p = sound(withClasses);
    Session session(work_, p);
    Given given{{p.setup, work_, 1}, StateArrays(p.state), BatchArrays(p.batch)};
    attempt.spoil(given);
    lrlab_report found{};
    std::vector<float> gradient(p.state.parameters.size());
    const auto update = [&](lrlab_message *m) {
      const lrlab_status status = engine_.update(session.handle(), &given.batch.batch, &found, m);
      return mayDiverge && status == LRLAB_OK && found.status == LRLAB_DIVERGED ? divergence(m) : status;
    };
    refused(update, std::string("an update with ") + attempt.name);
    if (!mayDiverge)
      refused([&](lrlab_message *m) {
                return engine_.gradient(session.handle(), 0, &given.batch.batch, gradient.data(), &found, m);
              },
              std::string("a gradient with ") + attempt.name);
    report_.expect(same(session.state(0), p.state), std::string("after ") + attempt.name + ", the state is as before");
  }

  void batchOfOtherSize() {
    const Problem p = sound(false);
    Session session(work_, p.setup, {p.state, p.state});
    const BatchArrays one(p.batch), other(randomBatch(p.setup, kTrials + 1, kSteps, 1));
    const lrlab_batch given[2] = {one.batch, other.batch};
    lrlab_report reports[2]{};
    refused([&](lrlab_message *m) { return engine_.update(session.handle(), given, reports, m); },
            "batches of unequal trials");
  }

  /** Nulls and numbers of networks that there are not, in the calls on open networks. */
  void calls() {
    const Problem p = sound(false);
    Session session(work_, p);
    lrlab_networks *networks = session.handle();
    const BatchArrays arrays(p.batch);
    const lrlab_batch *b = &arrays.batch;
    StateArrays copy(p.state);
    lrlab_report found{};
    std::vector<float> gradient(p.state.parameters.size()), readout(kTrials * kSteps * 3);
    float *g = gradient.data(), *y = readout.data();
    const float *x = b->input;
    refused([&](lrlab_message *m) { return engine_.update(nullptr, b, &found, m); }, "an update of nothing");
    refused([&](lrlab_message *m) { return engine_.update(networks, nullptr, &found, m); }, "an update without batches");
    refused([&](lrlab_message *m) { return engine_.update(networks, b, nullptr, m); }, "an update without reports");
    refused([&](lrlab_message *m) { return engine_.gradient(nullptr, 0, b, g, &found, m); }, "a gradient of nothing");
    refused([&](lrlab_message *m) { return engine_.gradient(networks, 0, nullptr, g, &found, m); },
            "a gradient without a batch");
    refused([&](lrlab_message *m) { return engine_.gradient(networks, 0, b, nullptr, &found, m); },
            "a gradient without an array");
    refused([&](lrlab_message *m) { return engine_.gradient(networks, 0, b, g, nullptr, m); },
            "a gradient without a report");
    refused([&](lrlab_message *m) { return engine_.forward(nullptr, 0, kTrials, kSteps, x, nullptr, y, m); },
            "a pass of nothing");
    refused([&](lrlab_message *m) { return engine_.forward(networks, 0, kTrials, kSteps, nullptr, nullptr, y, m); },
            "a pass without input");
    refused([&](lrlab_message *m) { return engine_.forward(networks, 0, kTrials, kSteps, x, nullptr, nullptr, m); },
            "a pass without readout");
    refused([&](lrlab_message *m) { return engine_.forward(networks, 0, 0, kSteps, x, nullptr, y, m); },
            "a pass without trials");
    refused([&](lrlab_message *m) { return engine_.forward(networks, 0, kTrials, -1, x, nullptr, y, m); },
            "a pass of negative steps");
    refused([&](lrlab_message *m) { return engine_.forward(networks, 0, kHuge, kHuge, x, nullptr, y, m); },
            "a pass of sizes that overflow");
    refused([&](lrlab_message *m) { return engine_.copy_state(nullptr, 0, &copy.state, m); }, "a state of nothing");
    refused([&](lrlab_message *m) { return engine_.copy_state(networks, 0, nullptr, m); }, "a state to nowhere");
    for (const int32_t network : {-1, 1, kHuge}) {
      refused([&](lrlab_message *m) { return engine_.gradient(networks, network, b, g, &found, m); },
              "a gradient of a network that there is not");
      refused([&](lrlab_message *m) { return engine_.forward(networks, network, kTrials, kSteps, x, nullptr, y, m); },
              "a pass of a network that there is not");
      refused([&](lrlab_message *m) { return engine_.copy_state(networks, network, &copy.state, m); },
              "a state of a network that there is not");
    }
  }

private:
  using Call = std::function<lrlab_status(lrlab_message *)>;

  static lrlab_status divergence(lrlab_message *message) {
    if (message) message->text[0] = '!'; // the report says it, not the message
    return LRLAB_DIVERGED;
  }

  /** Once with a message, once without. */
  void refused(const Call &call, const std::string &name) {
    lrlab_message message{};
    const lrlab_status status = call(&message);
    report_.expect(status != LRLAB_OK, name, "was not refused");
    if (status == LRLAB_OK) return;
    report_.expect(message.text[0] != '\0', name, "was refused without a word");
    report_.expect(call(nullptr) == status, name, "another status without a message");
  }

  const Work &work_;
  const lrlab_engine &engine_;
  Report &report_;
};

} // namespace

void checkArguments(const Work &work, Report &report) {
  report.section("bad arguments give a status and a text");
  Caller caller(work, report);
  caller.openingNull();
  for (const Attempt &attempt : openings) caller.opening(attempt);
  if (std::string(work.engine->name) == "cpu")
    for (const Attempt &attempt : openingsOfCpu) caller.opening(attempt);
  for (const Attempt &attempt : batches)
    for (const bool withClasses : {false, true}) caller.batch(attempt, withClasses);
  for (const Attempt &attempt : classes) caller.batch(attempt, true);
  for (const Attempt &attempt : notFinite) caller.batch(attempt, false, true);
  caller.batchOfOtherSize();
  caller.calls();
}

} // namespace program
