// A gathered sweep as the methods of sensitivity need it: points, and one outcome's means over replicates.
#pragma once

#include <string>
#include <vector>

#include "analysis/design.hpp"
#include "analysis/sensitivity.hpp"
#include "model/recording.hpp"
#include "model/sweep_view.hpp"

namespace spillway {

struct SweepData {
  SweepData(const Recording& sweep, const SensitivityOptions& options);

  std::size_t factor_count() const { return factors.size(); }

  const SensitivityOptions& options;
  std::vector<SweepFactor> factors;
  Matrix points;  ///< factors' values as numbers
  std::size_t replicates = 0;
  std::string design;
  std::size_t levels = 0, trajectories = 0, samples = 0;
  bool second_order = false;
};

struct OutcomeData {
  OutcomeData(const Recording& sweep, const SweepData& data, const std::string& name);

  std::string name, unit, long_name;
  std::vector<double> means;  ///< by point, over the replicates that are there; NaN where none is
  std::size_t missing = 0;    ///< points without any
  double noise = 0;           ///< as in OutcomeSensitivity
};

/// Share of the variance between points' means that is luck. Of y = point + replicate + rest it is the rest that counts: what a
/// replicate has in common at all points, where they share their luck, moves no point against another. Estimated from the points
/// that have all replicates; NaN with fewer than two points or replicates.
double noise_share(const Matrix& runs);

/// Whether values differ by no more than sums of the same numbers may, by rounding. NaN are left out.
bool is_constant(const std::vector<double>& values);

}  // namespace spillway
