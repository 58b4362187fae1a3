// A number measured on several replicates, and whether it lies within published bounds.
#pragma once

#include <functional>
#include <vector>

#include "validation/experiment.hpp"

namespace spillway::validation {

struct Estimate {
  double mean;
  double error;  ///< standard error of the mean
};

Estimate estimate(const std::vector<double>& values);

/// Numbers by name of column, one row per replicate: run(replicate) gives one row. Returns one estimate per column.
std::vector<Estimate> replicate(int replicates, const std::function<std::vector<double>(int)>& run);

/// Holds if the mean with four standard errors to either side lies within the bounds: a result that could be luck does not pass.
Finding within(std::string what, const Estimate& seen, double low, double high);

/// The same with a lower bound alone.
Finding at_least(std::string what, const Estimate& seen, double low);

/// And with an upper bound alone.
Finding at_most(std::string what, const Estimate& seen, double high);

/// Shares, printed in per cent.
Finding within_percent(std::string what, const Estimate& seen, double low, double high);

/// A published share that the model is known to miss, for want of what `lacking` says: as stated as long as the mean with four
/// standard errors lies outside the bounds.
Finding missed_percent(std::string what, const Estimate& seen, double low, double high, std::string lacking);

/// A control, in which the mechanism is taken away: holds if the mean with four standard errors lies outside the bounds.
Finding outside(std::string what, const Estimate& seen, double low, double high);

}  // namespace spillway::validation
