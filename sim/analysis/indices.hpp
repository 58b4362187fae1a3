// The three methods, each for one outcome of a sweep.
#pragma once

#include <string>
#include <vector>

#include "analysis/sweep_data.hpp"
#include "model/sensitivity.hpp"

namespace spillway {

/// Where a method's result for one outcome goes: indices into `out` (factors are there by name), sentences into `warnings`.
struct Finding {
  OutcomeSensitivity& out;
  std::vector<std::string>& warnings;
};

/// Each throws InputError where points do not form the design, fills `out.rows`, and leaves indices NaN where too little is left.
void morris_indices(const SweepData& data, const OutcomeData& outcome, Finding finding);
void sobol_indices(const SweepData& data, const OutcomeData& outcome, Finding finding);
void prcc_indices(const SweepData& data, const OutcomeData& outcome, Finding finding);

}  // namespace spillway
