/*
 * setup.cpp: see setup.h. What the values may be is checked behind the C interface.
 */
#include "setup.h"

#include <cmath>

#include "values.h"

namespace lrlab::addon {

namespace {

/** Behind the interface 0 means "none"; here null does. */
int32_t positiveIn(const Napi::Object &given, const char *name) {
  const int32_t number = wholeNumberIn(given, name);
  if (number == 0) throw expected(given.Env(), name, "1 or more, found 0");
  return number;
}

/* In the order of the C interface; of each the GPU knows the first ones. */
constexpr std::initializer_list<const char *> kReadout = {"transpose", "random", "adaptive"};
constexpr std::initializer_list<const char *> kRecurrent = {"none", "transpose", "cell-types", "diagonal", "random"};
constexpr std::initializer_list<const char *> kKeeps = {"state", "rate", "nothing"};
constexpr std::initializer_list<const char *> kPrecisions = {"float32", "tf32", "bf16"};

Napi::Object formsOf(Napi::Env env, size_t readout, size_t recurrent, size_t keeps) {
  const auto first = [env](std::initializer_list<const char *> names, size_t count) {
    Napi::Array array = Napi::Array::New(env);
    for (size_t i = 0; i < count; i++) array.Set((uint32_t)i, names.begin()[i]);
    return array;
  };
  Napi::Object forms = Napi::Object::New(env);
  forms.Set("readout", first(kReadout, readout));
  forms.Set("recurrent", first(kRecurrent, recurrent));
  forms.Set("keeps", first(kKeeps, keeps));
  return forms;
}

lrlab_credit creditOf(const Napi::Object &given) {
  lrlab_credit credit{};
  credit.readout = (lrlab_readout_credit)choiceIn(given, "readout", kReadout);
  credit.recurrent = (lrlab_recurrent_credit)choiceIn(given, "recurrent", kRecurrent);
  credit.keeps = (lrlab_keeps)choiceIn(given, "keeps", kKeeps);
  credit.slope = isNull(given.Get("slope")) ? NAN : numberIn(given, "slope");
  credit.window = isNull(given.Get("window")) ? 0 : positiveIn(given, "window");
  return credit;
}

uint32_t frozenOf(const Napi::Value &given) {
  static const char *const names[] = {"a0", "Win", "Wrec", "b", "Wout", "bout"}; /* in the order of lrlab_parameter */
  const Napi::Array frozen = arrayOf(given, "frozen");
  uint32_t bits = 0;
  for (uint32_t i = 0; i < frozen.Length(); i++) {
    const std::string name = textOf(frozen.Get(i), "frozen");
    uint32_t bit = 0;
    while (bit < 6 && name != names[bit]) bit++;
    if (bit == 6) throw expected(given.Env(), "frozen", "names of parameters, found \"" + name + "\"");
    bits |= 1u << bit;
  }
  return bits;
}

lrlab_optimizer optimizerOf(const Napi::Object &given) {
  lrlab_optimizer optimizer{};
  optimizer.learning_rate = numberIn(given, "learningRate");
  optimizer.beta1 = numberIn(given, "beta1");
  optimizer.beta2 = numberIn(given, "beta2");
  optimizer.epsilon = numberIn(given, "epsilon");
  optimizer.weight_decay = numberIn(given, "weightDecay");
  optimizer.clip_norm = isNull(given.Get("clipNorm")) ? 0 : numberIn(given, "clipNorm");
  if (!isNull(given.Get("decay"))) {
    const Napi::Object decay = objectOf(given.Get("decay"), "decay");
    optimizer.decay_every = positiveIn(decay, "every");
    optimizer.decay_factor = numberIn(decay, "factor");
  }
  optimizer.frozen = frozenOf(given.Get("frozen"));
  return optimizer;
}

} // namespace

Napi::Object creditForms(Napi::Env env) {
  Napi::Object forms = Napi::Object::New(env);
  forms.Set("cpu", formsOf(env, kReadout.size(), kRecurrent.size(), kKeeps.size()));
  forms.Set("cuda", formsOf(env, 2, 3, 1));
  return forms;
}

Napi::Object precisions(Napi::Env env) {
  const auto those = [env](std::initializer_list<lrlab_precision> kinds) {
    Napi::Array array = Napi::Array::New(env);
    for (const lrlab_precision kind : kinds) array.Set(array.Length(), kPrecisions.begin()[kind]);
    return array;
  };
  Napi::Object all = Napi::Object::New(env);
  const bool bf16 = lrlab_has_precision(LRLAB_BF16, nullptr);
  all.Set("cpu", bf16 ? those({LRLAB_FLOAT32, LRLAB_BF16}) : those({LRLAB_FLOAT32}));
  all.Set("cuda", those({LRLAB_FLOAT32, LRLAB_TF32}));
  return all;
}

Setup::Setup(const Napi::Object &given, int32_t networks) {
  setup_.networks = networks;
  setup_.units = wholeNumberIn(given, "units");
  setup_.inputs = wholeNumberIn(given, "inputs");
  setup_.outputs = wholeNumberIn(given, "outputs");
  activation_ = textOf(given.Get("activation"), "activation");
  setup_.activation = activation_.c_str();
  const float *alpha = floatsIn(given, "alpha", setup_.units);
  alpha_.assign(alpha, alpha + setup_.units);
  setup_.alpha = alpha_.data();
  setup_.leak = (lrlab_leak)choiceIn(given, "leak", {"preactivation", "rate"});
  setup_.loss = (lrlab_loss)choiceIn(given, "loss", {"mean-squared-error", "cross-entropy"});
  setup_.dale = flagIn(given, "dale");
  setup_.block_penalty = numberIn(given, "blockPenalty");
  if (!isNull(given.Get("cellTypes"))) {
    const Napi::Array ranges = arrayOf(given.Get("cellTypes"), "cellTypes");
    for (uint32_t i = 0; i < ranges.Length(); i++) {
      const Napi::Array range = arrayOf(ranges.Get(i), "cellTypes");
      for (uint32_t end = 0; end < 2; end++) cellTypes_.push_back(wholeNumberOf(range.Get(end), "cellTypes"));
    }
  }
  setup_.cell_types = (int32_t)(cellTypes_.size() / 2);
  setup_.cell_type_ranges = cellTypes_.empty() ? nullptr : cellTypes_.data();
  setup_.credit = creditOf(objectOf(given.Get("credit"), "credit"));
  setup_.readout_decay = numberIn(objectOf(given.Get("credit"), "credit"), "decay");
  setup_.optimizer = optimizerOf(objectOf(given.Get("optimizer"), "optimizer"));
  setup_.precision = (lrlab_precision)choiceIn(given, "precision", kPrecisions);
  setup_.threads = wholeNumberIn(given, "threads");
  if (!isNull(given.Get("instructionSet"))) {
    instructionSet_ = textOf(given.Get("instructionSet"), "instructionSet");
    setup_.instruction_set = instructionSet_.c_str();
  }
}

} // namespace lrlab::addon
