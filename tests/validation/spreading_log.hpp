// What an observer of a spreading service writes down day by day: who could have adopted or given up, what share of his contacts had
// the service, and whether he did.
#pragma once

#include <vector>

#include "model/scenario.hpp"
#include "validation/regression.hpp"

namespace spillway::validation {

constexpr std::size_t share_steps = 20;  ///< cells of width 1/20; no contact at all has a cell of its own

struct SpreadingLog {
  std::vector<std::vector<Cell>> adopting;  ///< [month][cell]: people who never had the service, by share of contacts who have it
  std::vector<std::vector<Cell>> leaving;   ///< [month][cell]: members, likewise
  std::vector<Cell> deserted;               ///< members without and with contacts who gave up: x is 0 or 1

  /// Over all months.
  static std::vector<Cell> by_share(const std::vector<std::vector<Cell>>& months);
  /// Over all shares, or the first cell alone; x is the year.
  static std::vector<Cell> by_month(const std::vector<std::vector<Cell>>& months, bool only_without_contacts);
};

/// Runs the scenario, with ticks of one day, on its first platform.
SpreadingLog observe_spreading(const Scenario& scenario, int months);

/// Slope of the rate on the share of contacts, by comparing people of the same month only. Later both the share and the rate are higher,
/// for everybody; shuffled adoption times keep that, and [Karsai14] takes off what they show. This is the mean of such shuffles within
/// months, taken off without drawing any. Coefficient 0 is the slope.
RateCurve slope_within_months(const std::vector<std::vector<Cell>>& months);

}  // namespace spillway::validation
