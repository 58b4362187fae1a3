// Sensitivity indices out of a gathered sweep.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/recording.hpp"
#include "model/sensitivity.hpp"

namespace spillway {

struct SensitivityOptions {
  std::optional<SensitivityMethod> method;  ///< none: what the design was made for
  std::vector<std::string> outcomes;        ///< none: all
  double confidence = 0.95;
  std::size_t resamples = 1000;  ///< of the bootstrap; chosen: intervals' ends are then sure to about 3 % of their width
  std::uint64_t seed = 1;        ///< of the bootstrap
};

/// Of a gathered sweep (model/sweep_view.hpp). Points are means over replicates. Throws InputError where the design does not
/// suit the method, naming designs that do, or too few points are there.
Sensitivity sensitivity_of(const Recording& sweep, const SensitivityOptions& options);

}  // namespace spillway
