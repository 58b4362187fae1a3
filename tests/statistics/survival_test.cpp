// D40, D41: how long members stay when leaving waits for others to leave, and when it does not.
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "support/runs.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

namespace {
constexpr int onset_ticks = 50;

/// Members of the first platform who joined in the tick before.
std::vector<std::uint32_t> newest(const World& world) {
  const auto status = values_of(world, UserField::status, 0), joined = values_of(world, UserField::join_time, 0);
  const double last = std::floor((world.view.now.middle_half_days + 0.5F)) * join_time_unit;
  std::vector<std::uint32_t> cohort;
  for (std::uint32_t user = 0; user < status.size(); ++user)
    if (status[user] == 1.0 && joined[user] == last) cohort.push_back(user);
  return cohort;
}

bool binomial(double seen, double n, double chance) { return std::abs(seen - n * chance) < 4.0 * std::sqrt(n * chance * (1.0 - chance)); }

/// Everybody's contacts matter for joining; leaving is constant and final.
Scenario constant_exit(double per_year) {
  Scenario s = bass(200'000, 0.3, 6.0);
  s.contacts.kind = ContactsKind::implicit;
  s.exit.baseline_churn = per_year;
  s.exit.grace = 0.0;
  s.adoption.return_factor = 0.0;
  return s;
}
}  // namespace

// Of all who were ever members, e^(-g t^2 / 2) stay at a hazard of g t; the first personal threshold, 0.7, is met at
// t = sqrt(2 ln(1/0.7) / g). The engine has no policy for that hazard: the test sets it before each tick, to g times the middle of the
// tick, so that at tick boundaries the law is exact. There the share of 200,000 scatters by 0.001, a tenth of what a tick takes.
TEST_CASE("D40: threshold exits begin when the share of those who stayed falls to the highest threshold") {
  constexpr std::uint32_t users = 200'000;
  const double high = 0.7, onset = onset_ticks * 7.0, g = 2.0 * std::log(1.0 / high) / (onset * onset);  // per day^2
  Scenario s = still_market(users, {-1.0});
  s.exit.threshold_delay = 0.1;  // whom it strikes leaves within the tick
  s.exit.threshold_low = 0.3;
  s.exit.threshold_high = high;
  s.exit.grace = 0.0;
  s.adoption.return_factor = 0.0;
  Run run(s);
  int first = -1;
  for (int tick = 0; tick < onset_ticks + 5; ++tick) {
    const double stayed = static_cast<double>(run.world->platforms[0].active) / users, begin = 7.0 * tick;
    if (first < 0) {
      INFO("tick " << tick);
      CHECK(std::abs(stayed - std::exp(-0.5 * g * begin * begin)) < 4.0 * std::sqrt(stayed * (1.0 - stayed) / users) + 1e-12);
    }
    run.world->scenario.exit.baseline_churn = g * (begin + 3.5) * days_per_year;
    if (run.tick().total(Count::exits_threshold, 0) > 0 && first < 0) first = tick;
  }
  INFO("first threshold exits in tick " << first);
  CHECK(std::abs(first - onset_ticks) <= 1);
  CHECK(static_cast<double>(run.world->platforms[0].active) < 0.6 * users);  // and then they run
}

// Joiners of many ticks, early ones among hardly any members and late ones among many: of each cohort e^(-chi t) are left after t,
// counted from the tick after the one in which they joined.
TEST_CASE("D41: joiners survive as an exponential, whatever the network does") {
  const double churn = 0.8;
  Run run(constant_exit(churn));
  std::map<int, std::vector<std::uint32_t>> cohorts;
  for (int tick = 1; tick <= 104; ++tick) {
    run.tick();
    if (tick % 8 == 0 && tick <= 64) cohorts[tick] = newest(*run.world);
  }
  const auto status = values_of(*run.world, UserField::status, 0);
  for (const auto& [tick, cohort] : cohorts) {
    double left = 0.0;
    for (const std::uint32_t user : cohort) left += status[user] == 1.0 ? 1.0 : 0.0;
    const double chance = std::exp(-churn * (104 - tick) * 7.0 / days_per_year);
    INFO("joined in tick " << tick << ": " << left << " of " << cohort.size() << ", expected " << chance);
    CHECK(cohort.size() > 500);
    CHECK(binomial(left, static_cast<double>(cohort.size()), chance));
  }
}

// In each tick members of any number of member contacts leave at the same rate.
TEST_CASE("D41: the hazard of leaving is flat in the number of contacts who are members") {
  const double churn = 2.0;
  Run run(constant_exit(churn));
  std::map<int, std::pair<double, double>> seen;  // contacts who are members: members, exits
  for (int tick = 0; tick < 78; ++tick) {
    const auto before = values_of(*run.world, UserField::status, 0), contacts = values_of(*run.world, UserField::contacts_active, 0);
    run.tick();
    const auto after = values_of(*run.world, UserField::status, 0);
    for (std::size_t user = 0; user < before.size(); ++user) {
      if (before[user] != 1.0) continue;
      auto& [members, exits] = seen[static_cast<int>(contacts[user]) / 2];
      members += 1.0;
      exits += after[user] == 2.0 ? 1.0 : 0.0;
    }
  }
  const double chance = 1.0 - std::exp(-churn * 7.0 / days_per_year);
  int classes = 0;
  for (const auto& [pairs, counts] : seen) {
    INFO(2 * pairs << " or " << 2 * pairs + 1 << " contacts: " << counts.second << " of " << counts.first << ", expected " << chance);
    CHECK(binomial(counts.second, counts.first, chance));
    classes += counts.first > 10'000.0 ? 1 : 0;
  }
  CHECK(classes >= 4);
}

}  // namespace spillway::testing
