// A minimum of a function without derivatives, in a box. The only door to NLopt.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace spillway {

struct MinimiseOptions {
  std::size_t evaluations = 200;  ///< at most
  double step = 0.1;              ///< first one, as a share of each side of the box; at most 0.49
  double tolerance = 1e-4;        ///< stops where steps get smaller, as a share of each side of the box
};

struct Minimum {
  std::vector<double> at;
  double value = 0;
  std::size_t evaluations = 0;
  std::string ended;  ///< why: "steps below the tolerance", "most evaluations", "rounding errors", "nothing to vary"
};

/// Powell's BOBYQA (2009), from `start`, moved into the box where it lies outside. Returns the best point seen. Sides of no length stay
/// where they are. NaN and infinities count as very bad values: as far above the worst seen as that is above the best. Whatever `function`
/// throws passes through. Throws InputError where `function` has no finite value at the start, and where a side's ends are not numbers in
/// order.
Minimum minimise(const std::function<double(std::span<const double>)>& function, std::vector<double> start, std::span<const double> low,
                 std::span<const double> high, const MinimiseOptions& options);

}  // namespace spillway
