/*
 * guarded.h: how a call of the C interface ends: with a status and a text, whatever is thrown inside.
 */
#pragma once
#include <cstdio>
#include <new>
#include <stdexcept>
#include <string>

#include "lrlab.h"

namespace lrlab {

/** A call that cannot be done, with its status and the reason in words. */
struct Failure : std::runtime_error {
  lrlab_status status;
  Failure(lrlab_status s, const std::string &text) : std::runtime_error(text), status(s) {}
};

/** Runs body; nothing is thrown past it. */
template <class Body> lrlab_status guarded(lrlab_message *message, Body body) {
  const auto say = [&](lrlab_status status, const char *text) {
    if (message) std::snprintf(message->text, sizeof message->text, "%s", text);
    return status;
  };
  try {
    body();
    return LRLAB_OK;
  } catch (const Failure &e) {
    return say(e.status, e.what());
  } catch (const std::bad_alloc &) {
    return say(LRLAB_OUT_OF_MEMORY, "not enough memory");
  } catch (const std::exception &e) {
    return say(LRLAB_INTERNAL, e.what());
  } catch (...) {
    return say(LRLAB_INTERNAL, "unknown failure");
  }
}

} // namespace lrlab
