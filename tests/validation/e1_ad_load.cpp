// E1: Pandora gave each of nine groups of listeners an ad load of its own for 21 months. Demand fell in a straight line with the load, and
// three times as steeply at the end as after a month [Goli25].
#include <array>
#include <cmath>

#include "validation/estimate.hpp"
#include "validation/lone_people.hpp"
#include "validation/regression.hpp"

namespace spillway::validation {

namespace {
constexpr std::array<double, 9> arms{0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4};  // of the base load: the top is 2.3 times the bottom
constexpr double base_load = 0.10;                                                  // the model's load of the broadcast platform
constexpr double share = 0.15;                      // of people's time, at which the ad block was calibrated
constexpr int warm_up = 900;                        // days; irritation starts at nothing, and e^-6 of its way to the base load is left
constexpr int month = 30, months = 21, days = 639;  // 21 months of 365.25/12 days
// The ratio of one replicate strays by 0.03; four standard errors of eight are then 0.04, a twentieth of the target's width.
constexpr int replicates = 8;
constexpr std::uint32_t users = 3'000;

/// Demand of the arms in the first and the last month, relative to the arm that keeps the base load.
struct Demand {
  std::vector<double> first, last;
};

// Every arm is a run of its own with the same seed: the same people, with the same luck, under nine loads. As nobody touches another
// person, that is what a random split of one crowd estimates, without the noise of the split, for which Pandora took 35 million.
Demand demand(const Scenario& market) {
  Demand seen;
  for (const double arm : arms) {
    Scenario s = market;
    s.platforms[0].second.ads.load = base_load;
    testing::intervene(s, 0, "ads.load", arm * base_load, warm_up);
    const Diary diary = keep_diary(s, warm_up + days);
    seen.first.push_back(diary.sum(0, warm_up, warm_up + month));
    seen.last.push_back(diary.sum(0, warm_up + days - month, warm_up + days));
  }
  constexpr std::size_t base = arms.size() / 2;
  for (std::vector<double>* row : {&seen.first, &seen.last}) {
    const double kept = (*row)[base];
    for (double& x : *row) x /= kept;
  }
  return seen;
}

Scenario market(int replicate) {
  Scenario s = lone_people(users, {share});
  // Utility at a share is asked for with ads on.
  s.platforms[0].second.intrinsic_utility += base_load * (s.ad_response.flow_nuisance + s.ad_response.stock_nuisance);
  s.replicate = static_cast<std::uint32_t>(replicate);
  return s;
}

double ratio_of_slopes(const Demand& d, const std::vector<double>& loads) {
  return straight_line(loads, d.last).slope / straight_line(loads, d.first).slope;
}
}  // namespace

std::vector<Finding> ad_load() {
  std::vector<double> loads;
  for (const double arm : arms) loads.push_back(arm * base_load);
  const auto as_it_is = replicate(replicates, [&](int r) {
    const Demand d = demand(market(r));
    return std::vector<double>{ratio_of_slopes(d, loads), straight_line(loads, d.first).r_squared, straight_line(loads, d.last).r_squared};
  });
  const auto no_stock = replicate(replicates / 2, [&](int r) {
    Scenario s = market(r);
    s.ad_response.stock_nuisance = 0.0;
    return std::vector<double>{ratio_of_slopes(demand(s), loads)};
  });
  return {
      within("slope of demand, month 21 over month 1", as_it_is[0], 2.5, 3.5),
      at_least("demand is linear in the load: R^2 over the arms, month 1", as_it_is[1], 0.98),
      at_least("the same, month 21", as_it_is[2], 0.98),
      outside("no irritation: slope, month 21 over month 1", no_stock[0], 2.5, 3.5),
  };
}

}  // namespace spillway::validation
