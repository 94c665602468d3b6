/*
 * bench.cpp: wall time of an update divided by the networks in it, minimum and median. GFLOP/s count all products as
 * dense, 2 B T N (N + I + O) forward, 2 B T N (N + I + O) for the gradient, and back in time 2 B T N (N + O), or
 * 2 B T N O with e-prop; an engine that leaves out zeros can so come out above the peak.
 */
#include "bench.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "../json.h"
#include "peak.h"
#include "tasks.h"

namespace program {
namespace {

double gflop(const Size &size, const Batch &batch, bool eprop) {
  const double N = size.units, all = N + size.inputs + size.outputs, back = size.outputs + (eprop ? 0 : N);
  return 2e-9 * batch.trials * batch.steps * N * (2 * all + back);
}

/** Seconds of each update of so many networks. */
std::vector<double> timeUpdates(const Size &size, bool eprop, int networks, const BenchOptions &options, const Work &work) {
  const int updates = options.updates;
  const Problem p = publishedProblem(size, eprop, options.activation, 1);
  std::vector<State> states;
  for (int n = 0; n < networks; n++) states.push_back(publishedProblem(size, eprop, options.activation, 1 + n).state);
  Session session(work, p.setup, states);
  const BatchArrays arrays(p.batch);
  const std::vector<lrlab_batch> batches(networks, arrays.batch);
  std::vector<lrlab_report> reports(networks);
  lrlab_message message{};
  std::vector<double> seconds;
  double spent = 0;
  for (int k = -1; updates > 0 ? k < updates : k < 3 || spent < 1; k++) { // -1: warm-up
    const auto start = std::chrono::steady_clock::now();
    const lrlab_status status = work.engine->update(session.handle(), batches.data(), reports.data(), &message);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    if (status != LRLAB_OK) throw Refusal(status, message);
    for (const lrlab_report &r : reports)
      if (r.status != LRLAB_OK) throw std::runtime_error(std::string(size.name) + ": a network diverged");
    if (k < 0) continue;
    seconds.push_back(took.count());
    spent += took.count();
  }
  std::sort(seconds.begin(), seconds.end());
  return seconds;
}

void benchOne(const Size &size, bool eprop, int networks, const BenchOptions &options, double peak, const Work &work,
              Report &report) {
  const std::vector<double> seconds = timeUpdates(size, eprop, networks, options, work);
  const double perNetwork = 1e3 / networks, least = seconds.front() * perNetwork;
  const double median = seconds[seconds.size() / 2] * perNetwork;
  const double speed = gflop(size, size.draw(1), eprop) / least * 1e3;
  const double share = peak > 0 ? speed / (peak * work.threads) : 0;
  const char *rule = eprop ? "e-prop" : "BPTT";
  const std::string ofPeak = peak > 0 ? format("%10.0f %%", 100 * share) : "";
  report.note(format("%-15s %-7s %8d %8d %8d %12.3f %12.3f %10.1f%s", size.name, rule, networks, work.threads,
                     (int)seconds.size(), least, median, speed, ofPeak.c_str()),
              format("\"size\":\"%s\",\"rule\":\"%s\",\"networks\":%d,\"threads\":%d,\"updates\":%d,\"minMs\":%.6g,"
                     "\"medianMs\":%.6g,\"gflops\":%.6g,\"peakGflops\":%.6g",
                     size.name, rule, networks, work.threads, (int)seconds.size(), least, median, speed, peak));
}

} // namespace

int bench(const BenchOptions &options, const Work &work, Report &report) {
  double peak = 0;
  if (std::string(work.engine->name) == "cpu") {
    const char *set = work.instructionSet ? work.instructionSet : lrlab_instruction_set_name(0);
    peak = peakGflops(set);
    report.note(format("%s: %.1f GFLOP/s of fused multiply-adds on one core", set, peak),
                "\"instructionSet\":" + quoted(set) + format(",\"peakGflops\":%.6g", peak));
  }
  if (!report.json())
    report.note(format("%-15s %-7s %8s %8s %8s %12s %12s %10s%s", "size", "rule", "networks", "threads", "updates",
                       "ms, least", "median", "GFLOP/s", peak > 0 ? "  of the peak" : ""),
                "");
  bool known = false;
  for (const Size &size : publishedSizes()) {
    if (!options.size.empty() && options.size != size.name) continue;
    known = true;
    for (const bool eprop : {false, true})
      for (const int networks : options.networks)
        benchOne(size, eprop, networks, options, peak, work, report);
  }
  if (!known) throw std::runtime_error("unknown size \"" + options.size + "\"");
  return 0;
}

} // namespace program
