// The observable table: what a run records about the market, one row each. A row becomes a dataset with unit and
// description, a line of the summary, a column of the manual.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/tally.hpp"
#include "model/world.hpp"

namespace spillway {

/// Dimensions after time.
enum class Shape { scalar, platform, join_cause, exit_cause, flow };

/// One recording interval: state at its first tick, flows summed over it.
struct Sample {
  const World& world;  ///< live policies are those of the first tick
  const Tally& state;
  const Tally& flows;
  const std::vector<double>& impressions;  ///< ad and other impressions shown in the interval, by platform
  const std::vector<double>& ad_revenue;   ///< CNY in the interval, by platform
  int segment = -1;                        ///< -1: everybody

  /// Sum over the segment (or all), back in the count's own unit, in agents.
  double state_sum(Count count, std::size_t platform) const { return sum(state, count, platform); }
  double flow_sum(Count count, std::size_t platform) const { return sum(flows, count, platform); }
  double people(double agents) const { return agents * world.people_per_agent; }

 private:
  double sum(const Tally& tally, Count count, std::size_t platform) const;
};

struct Observable {
  std::string_view name;
  Shape shape;
  std::string_view unit;
  std::string_view long_name;
  std::string_view cell_methods;  ///< "time: point" for states, "time: sum" for flows
  bool per_segment;
  bool (*needed)(const Scenario&);
  /// `a` is the platform (or `from`), `b` the cause (or `to`; 0 is the outside); NaN where there is nothing to average.
  double (*value)(const Sample&, std::size_t a, std::size_t b);
};

std::span<const Observable> observable_table();

inline constexpr std::string_view join_causes[] = {"spontaneous", "peer", "drag"};
inline constexpr std::string_view exit_causes[] = {"baseline", "disuse", "threshold"};

}  // namespace spillway
