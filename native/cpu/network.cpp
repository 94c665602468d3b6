/*
 * network.cpp: see network.h.
 */
#include "network.h"

#include <algorithm>

namespace lrlab {
namespace {

std::vector<float> copyOf(const float *values, size_t count) {
  return values ? std::vector<float>(values, values + count) : std::vector<float>();
}

} // namespace

Network::Network(const Model &m, const lrlab_state &s)
    : update(s.update), activityPenalty(s.activity_penalty), parameters(copyOf(s.parameters, m.layout.count)),
      first(copyOf(s.first_moment, m.layout.count)), second(copyOf(s.second_moment, m.layout.count)),
      mask(copyOf(s.mask, (size_t)m.layout.units * m.layout.units)),
      readoutFeedback(copyOf(m.credit.readout != LRLAB_READOUT_WEIGHTS ? s.readout_feedback : nullptr,
                             (size_t)m.layout.outputs * m.layout.units)),
      recurrentFeedback(copyOf(m.hasRecurrentFeedback() ? s.recurrent_feedback : nullptr,
                               (size_t)m.layout.units * m.layout.units)) {}

void Network::copyTo(lrlab_state &state) const {
  state.update = update;
  state.activity_penalty = activityPenalty;
  std::copy(parameters.begin(), parameters.end(), state.parameters);
  std::copy(first.begin(), first.end(), state.first_moment);
  std::copy(second.begin(), second.end(), state.second_moment);
  if (!readoutFeedback.empty() && state.readout_feedback)
    std::copy(readoutFeedback.begin(), readoutFeedback.end(), state.readout_feedback);
  if (!recurrentFeedback.empty() && state.recurrent_feedback)
    std::copy(recurrentFeedback.begin(), recurrentFeedback.end(), state.recurrent_feedback);
}

} // namespace lrlab
