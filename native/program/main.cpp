/* main.cpp: one command, one report. */
#include <cstdio>
#include <exception>
#include <stdexcept>

#include "bench/bench.h"
#include "checks/checks.h"
#include "fixtures.h"
#include "json.h"
#include "leak.h"
#include "options.h"
#include "report.h"
#include "session.h"

namespace program {
namespace {

std::string instructionSets(const char *separator, const char *quote) {
  std::string names;
  for (int i = 0; const char *name = lrlab_instruction_set_name(i); i++)
    names += (i > 0 ? separator : "") + std::string(quote) + name + quote;
  return names;
}

/** Name and description of the device, which says what the figures are worth; of a processor what it can do. */
void describe(const lrlab_engine &engine, Report &report) {
  lrlab_device device{};
  lrlab_message message{};
  if (engine.device(&device, &message) != LRLAB_OK)
    throw std::runtime_error(std::string(engine.name) + " engine: " + message.text);
  std::string text = format("%s engine: %s, %s", engine.name, device.name, device.description);
  std::string members = "\"engine\":" + quoted(engine.name) + ",\"device\":" + quoted(device.name) +
                        ",\"description\":" + quoted(device.description);
  if (std::string(engine.name) == "cpu") {
    text += "; instruction sets " + instructionSets(", ", "");
    members += ",\"instructionSets\":[" + instructionSets(",", "\"") + "]";
  }
  report.note(text, members);
}

int run(const Options &o) {
  Report report(o.json);
  const lrlab_engine &engine = engineNamed(o.engine, o.library);
  describe(engine, report);
  if (o.command == "device") return 0;
  const Work work{&engine, o.threads, o.instructionSet.empty() ? nullptr : o.instructionSet.c_str(), o.precision};
  if (o.command == "check") checkAll(o.problems, work, report);
  else if (o.command == "fixtures") checkFixtures(o.folder, work, report);
  else if (o.command == "leak") checkMemory(o.updates, work, report);
  else if (o.command == "bench") return bench({o.size, o.activation, o.networks, o.updates}, work, report);
  else throw std::runtime_error("unknown command \"" + o.command + "\"");
  return report.finish();
}

} // namespace
} // namespace program

int main(int argc, char **argv) {
  program::Options options;
  try {
    options = program::parseOptions(argc, argv);
  } catch (const std::exception &e) {
    std::fprintf(stderr, "%s\n\n%s", e.what(), program::kUsage);
    return 2;
  }
  try {
    return program::run(options);
  } catch (const std::exception &e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 2;
  }
}
