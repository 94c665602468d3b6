/*
 * setup.h: a JavaScript setup as the C interface's, with the memory that it points to.
 */
#pragma once
#include <napi.h>

#include <string>
#include <vector>

#include "lrlab.h"

namespace lrlab::addon {

/** {cpu, cuda}: ways of credit each engine knows, {readout, recurrent, keeps}. */
Napi::Object creditForms(Napi::Env);

/** {cpu, cuda}: names of the precisions each engine has; on the processor, those of its best instruction set. */
Napi::Object precisions(Napi::Env);

class Setup {
public:
  Setup(const Napi::Object &given, int32_t networks);
  const lrlab_setup &value() const { return setup_; }

private:
  lrlab_setup setup_{};
  std::string activation_, instructionSet_;
  std::vector<float> alpha_;
  std::vector<int32_t> cellTypes_;
};

} // namespace lrlab::addon
