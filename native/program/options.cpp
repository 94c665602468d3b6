/* options.cpp: see options.h. */
#include "options.h"

#include <cstdlib>
#include <functional>
#include <map>
#include <sstream>
#include <stdexcept>

namespace program {

const char *const kUsage =
    R"(lrlab-native: checks and times a native engine of Learning Rule Lab through its C interface.

  lrlab-native device            what the engine runs on
  lrlab-native check             the engine against float64 loops, repeatability, refusal of bad arguments
  lrlab-native fixtures FOLDER   the published training steps (reference/fixtures/training)
  lrlab-native leak              resident memory over 10,000 updates and 1,000 networks (Linux)
  lrlab-native bench             milliseconds per update of the published sizes

  --engine cpu|cuda            default cpu
  --library PATH               of the CUDA engine, default build/cuda/lrlab_cuda.so
  --instruction-set NAME       of the CPU engine, default the best of this machine
  --precision NAME             float32 (default), tf32 (CUDA) or bf16 (CPU), the latter two less accurate than what check
                               and fixtures demand
  --threads N                  of the CPU engine, default 1
  --problems N                 check: the first N random problems only
  --size NAME                  bench: hatsopoulos200, mante200 or mante400 only
  --activation NAME            bench: default retanh, which leaves half of the units silent; tanh leaves none
  --networks N,N,...           bench: networks side by side, default 1,2,4,8,16,32,64
  --updates N                  bench: updates timed, default as many as fit a second, at least 3; leak: default 10,000
  --json                       one JSON object per line

Exit status 0: all passed; 1: something failed; 2: it could not run.
)";

namespace {

int wholeNumber(const std::string &text) {
  char *end = nullptr;
  const long value = std::strtol(text.c_str(), &end, 10);
  if (text.empty() || *end || value < 1 || value > 1000000000)
    throw std::runtime_error("expected a whole number from 1, found \"" + text + "\"");
  return (int)value;
}

std::vector<int> wholeNumbers(const std::string &text) {
  std::vector<int> values;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) values.push_back(wholeNumber(part));
  return values;
}

lrlab_precision precisionNamed(const std::string &name) {
  if (name == "float32") return LRLAB_FLOAT32;
  if (name == "tf32") return LRLAB_TF32;
  if (name == "bf16") return LRLAB_BF16;
  throw std::runtime_error("unknown precision \"" + name + "\": float32, tf32 or bf16");
}

} // namespace

Options parseOptions(int argc, char **argv) {
  Options o;
  const std::map<std::string, std::function<void(const std::string &)>> known{
      {"--engine", [&](auto &v) { o.engine = v; }},
      {"--library", [&](auto &v) { o.library = v; }},
      {"--instruction-set", [&](auto &v) { o.instructionSet = v; }},
      {"--precision", [&](auto &v) { o.precision = precisionNamed(v); }},
      {"--threads", [&](auto &v) { o.threads = wholeNumber(v); }},
      {"--problems", [&](auto &v) { o.problems = wholeNumber(v); }},
      {"--size", [&](auto &v) { o.size = v; }},
      {"--activation", [&](auto &v) { o.activation = v; }},
      {"--networks", [&](auto &v) { o.networks = wholeNumbers(v); }},
      {"--updates", [&](auto &v) { o.updates = wholeNumber(v); }},
  };
  std::vector<std::string> words;
  for (int i = 1; i < argc; i++) {
    const std::string word = argv[i];
    const auto option = known.find(word);
    if (word == "--json") o.json = true;
    else if (option == known.end() && word.rfind("--", 0) == 0) throw std::runtime_error("unknown option " + word);
    else if (option == known.end()) words.push_back(word);
    else if (++i == argc) throw std::runtime_error(word + " needs a value");
    else option->second(argv[i]);
  }
  if (words.empty()) throw std::runtime_error("no command");
  o.command = words[0];
  const size_t wanted = o.command == "fixtures" ? 2 : 1;
  if (words.size() != wanted)
    throw std::runtime_error(o.command == "fixtures" ? "fixtures needs one folder" : "too many words");
  if (wanted == 2) o.folder = words[1];
  return o;
}

} // namespace program
