// The observable table: what a run records about the market, one row each. A row becomes a dataset with unit and
// description, a line of the summary, a column of the manual.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/tally.hpp"
#include "model/world.hpp"

namespace spillway {

/// Dimensions after time. Those with labels of their own stand in second_axis().
enum class Shape { scalar, platform, join_cause, exit_cause, answer, supplier_class, revenue_channel, flow };

/// Sums over a recording interval, by platform.
enum class Total : std::uint8_t {
  impressions,
  ad_revenue,
  seller_sales,
  seller_commission,
  seller_incentives,
  seller_fees,
  seller_take,
  supplier_entries,
  supplier_exits
};
inline constexpr std::size_t total_kinds = 9;
using Totals = std::array<double, total_kinds>;

/// What cross-promotion would bring, and brought, from one platform to another in an interval: expected followers, in people.
struct Promotion {
  double attempted = 0, passed = 0;
  void state(Archive& archive) { archive(attempted, passed); }
};

/// One recording interval: state at its first tick, flows summed over it.
struct Sample {
  const World& world;  ///< live policies are those of the first tick
  const Tally& state;
  const Tally& flows;
  const std::vector<Totals>& totals;        ///< of the interval, by platform
  const std::vector<Promotion>& promotion;  ///< of the interval, [from * platforms + to]
  int segment = -1;                         ///< -1: everybody

  /// Sum over the segment (or all), back in the count's own unit, in agents.
  double state_sum(Count count, std::size_t platform) const { return sum(state, count, platform); }
  double flow_sum(Count count, std::size_t platform) const { return sum(flows, count, platform); }
  double total(Total what, std::size_t platform) const { return totals[platform][static_cast<std::size_t>(what)]; }
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

/// Values of one row of a series: by platform (or place a flow starts), and within that.
std::size_t outer_size(Shape shape, std::size_t platforms);
std::size_t inner_size(Shape shape, std::size_t platforms);

std::span<const Observable> observable_table();

/// Second dimension of a shape: its name, what it says, its labels; no labels where there is none.
struct Axis {
  std::string_view name, meaning;
  std::span<const std::string_view> labels;
};
Axis second_axis(Shape shape);
inline constexpr Shape shapes_with_axis[] = {Shape::join_cause, Shape::exit_cause, Shape::answer, Shape::supplier_class,
                                             Shape::revenue_channel};

inline constexpr std::string_view join_causes[] = {"spontaneous", "peer", "drag"};
inline constexpr std::string_view exit_causes[] = {"baseline", "disuse", "threshold"};
inline constexpr std::string_view answers[] = {"heard", "ignored"};
inline constexpr std::string_view supplier_classes[] = {"celebrity", "media", "brand", "small_seller"};
inline constexpr std::string_view revenue_channels[] = {"sales", "commission", "incentive"};

}  // namespace spillway
