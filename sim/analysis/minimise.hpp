// A minimum of a function without derivatives, in a box. The only door to NLopt.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace spillway {

struct MinimiseOptions {
  std::size_t evaluations = 200;  ///< at most
  double step = 0.1;              ///< first one, as a share of each side of the box
  double tolerance = 1e-4;        ///< stops where steps get smaller, as a share of each side of the box
};

struct Minimum {
  std::vector<double> at;
  double value = 0;
  std::size_t evaluations = 0;
  std::string ended;  ///< why: "steps below the tolerance", "most evaluations"
};

/// Powell's BOBYQA (2009), from `start`. Returns the best point seen. NaN counts as a very bad value. Whatever `function` throws passes
/// through.
Minimum minimise(const std::function<double(std::span<const double>)>& function, std::vector<double> start, std::span<const double> low,
                 std::span<const double> high, const MinimiseOptions& options);

}  // namespace spillway
