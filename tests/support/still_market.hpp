// Identical people, all of them members of everything from the first tick, nobody comes or goes: what is left is one person's
// equations, whose values are known in closed form. Tests switch single mechanisms back on.
#pragma once

#include <string>
#include <vector>

#include "support/scenarios.hpp"

namespace spillway::testing {

inline Platform still_platform(double utility) {
  Platform p;
  p.launch = day("2012-01-01");
  p.initial_share = 1.0;
  p.intrinsic_utility = utility;
  p.conversation_weight = 0.0;
  p.innovation_rate = p.imitation_rate = p.launch_pulse = 0.0;
  return p;
}

/// Platforms "p0", "p1", ... with these utilities; ticks of `step` days, without end in practice.
inline Scenario still_market(std::uint32_t users, const std::vector<double>& utilities, double step = 7.0) {
  Scenario s;
  s.title = "still market";
  s.seed = 5;
  s.time = {day("2012-01-01"), day("2060-01-01"), step};
  s.population.users = users;
  s.population.taste_spread = 0.0;
  s.population.time_budget_cv = 0.0;
  s.population.ad_sensitivity_cv = 0.0;
  s.contacts.kind = ContactsKind::mixing;
  s.suppliers.per_user = 0.0;
  s.voice.complaint_rate = 0.0;
  s.adoption.recency_weight = 0.0;
  s.habit.strength = s.habit.friends_feed_strength = 0.0;
  s.exit = {.baseline_churn = 0.0, .disuse_churn = 0.0, .threshold_delay = never};
  s.numerics.stocks = StockType::f32;
  for (const double utility : utilities) s.platforms.emplace_back("p" + std::to_string(s.platforms.size()), still_platform(utility));
  complete(s);
  return s;
}

/// A policy of platform `k` that takes `value` from day `on` (to day `until`, if that is later) of the run.
inline void intervene(Scenario& s, std::size_t k, const std::string& policy, double value, int on, int until = 0) {
  Intervention change;
  change.on = Date{s.time.start.days + on};
  change.has_until = until > on;
  change.until = Date{s.time.start.days + until};
  change.set = {{"platforms.p" + std::to_string(k) + "." + policy, value}};
  s.interventions.emplace_back("change_" + std::to_string(s.interventions.size()), change);
}

}  // namespace spillway::testing
