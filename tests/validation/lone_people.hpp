// People whom no other person touches: no contacts, no suppliers, nobody brought along. What is left are taste, ads, habit, giving
// up for disuse and coming back, all at the model's defaults. So it does not matter how many of them an experiment treats.
#pragma once

#include <cmath>
#include <vector>

#include "support/runs.hpp"
#include "support/still_market.hpp"

namespace spillway::validation {

/// Utility at which a person of average taste gives each platform its share of time once habit has settled (the nested logit solved
/// for utility). People's tastes move the mean of all a little away from it.
inline std::vector<double> utilities_for(const Scenario& s, const std::vector<double>& shares) {
  double all = 0.0;
  for (const double share : shares) all += share;
  const double lambda = s.attention.nest_parameter, inclusive = std::pow(all / (1.0 - all), 1.0 / lambda);
  std::vector<double> utilities;
  for (const double share : shares) utilities.push_back(lambda * std::log(inclusive * share / all) - s.habit.strength * share);
  return utilities;
}

/// Platforms "p0", "p1", ... of which everybody is a member at the start, with these shares of time; ticks of one day.
inline Scenario lone_people(std::uint32_t users, const std::vector<double>& shares) {
  Scenario s;
  s.title = "lone people";
  s.seed = 20220701;
  s.time = {testing::day("2012-01-01"), testing::day("2060-01-01"), 1.0};
  s.population.users = users;
  s.contacts.kind = ContactsKind::mixing;
  s.suppliers.per_user = 0.0;
  s.voice.complaint_rate = 0.0;  // the ad block was calibrated without; see the README for what complaints change
  s.adoption.recency_weight = 0.0;
  s.exit.threshold_delay = never;
  for (const double utility : utilities_for(s, shares)) {
    Platform p;
    p.launch = s.time.start;
    p.initial_share = 1.0;
    p.intrinsic_utility = utility;
    p.conversation_weight = 0.0;
    p.imitation_rate = p.launch_pulse = 0.0;
    s.platforms.emplace_back("p" + std::to_string(s.platforms.size()), p);
  }
  complete(s);
  return s;
}

/// Minutes that all spent on each platform, day by day.
struct Diary {
  std::vector<std::vector<double>> minutes;  ///< [platform][day]
  double sum(std::size_t k, int from, int to) const {
    double all = 0.0;
    for (int day = from; day < to; ++day) all += minutes[k][static_cast<std::size_t>(day)];
    return all;
  }
};

inline Diary keep_diary(const Scenario& scenario, int days) {
  testing::Run run(scenario);
  Diary diary{std::vector<std::vector<double>>(scenario.platforms.size())};
  for (int day = 0; day < days; ++day) {
    const Tally& tally = run.tick();
    for (std::size_t k = 0; k < diary.minutes.size(); ++k)
      diary.minutes[k].push_back(static_cast<double>(tally.total(Count::minutes, k)) / quantum(Count::minutes));
  }
  return diary;
}

}  // namespace spillway::validation
