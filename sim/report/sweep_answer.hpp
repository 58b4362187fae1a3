// What a sweep says, in one sentence and a few more.
#pragma once

#include <string>
#include <vector>

#include "model/sensitivity.hpp"
#include "report/sweep_table.hpp"

namespace spillway {

struct SweepAnswer {
  std::string sentence;  ///< of the first outcome
  std::vector<std::string> details;
};

/// Which factor moves the first outcome most, in the method's own terms, how sure that is; then the same of the other outcomes, and of
/// grids where the outcome is highest and lowest.
SweepAnswer sweep_answer(const SweepTable& table, const Sensitivity* sensitivity);

}  // namespace spillway
