// Traits that are hashed anew in every tick: their distributions, seen through the lanes of the real phase.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "support/runs.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

namespace {
constexpr std::uint32_t users = 40'960;

/// One lane of everybody.
std::vector<double> lane_of(const Scenario& s, Lane lane) {
  Run run(s);
  run.tick();
  Scratch scratch(run.world->view.platforms);
  Tally tally;
  std::vector<double> values;
  for (std::uint32_t first = 0; first < users; first += block_size) {
    for (std::uint32_t i = 0; i < block_size; ++i) scratch.lane(IntLane::user)[i] = static_cast<std::int32_t>(first + i);
    recall_traits(run.world->view, {first, block_size}, scratch, tally);
    for (std::size_t i = 0; i < block_size; ++i) values.push_back(static_cast<double>(scratch.lane(lane)[i]));
  }
  return values;
}

struct Moments {
  double mean = 0.0, sd = 0.0, fourth = 0.0;
};

Moments moments(const std::vector<double>& x) {
  Moments m;
  const double n = static_cast<double>(x.size());
  for (const double v : x) m.mean += v / n;
  double variance = 0.0;
  for (const double v : x) {
    variance += std::pow(v - m.mean, 2) / n;
    m.fourth += std::pow(v - m.mean, 4) / n;
  }
  m.sd = std::sqrt(variance);
  return m;
}

// Errors: of a mean sd/sqrt(n); of a variance sqrt((fourth - variance^2)/n), half of that over sd for the sd.
void check(const Moments& m, double mean, double sd) {
  CHECK(std::abs(m.mean - mean) < 4.0 * m.sd / std::sqrt(users));
  CHECK(std::abs(m.sd - sd) < 4.0 * std::sqrt((m.fourth - std::pow(m.sd, 4)) / users) / (2.0 * m.sd) + 1e-12);
}

Scenario people() {
  Scenario s = still_market(users, {-1.0});
  s.population = Population{};
  s.population.users = users;
  return s;
}
}  // namespace

TEST_CASE("time budgets are lognormal about their mean") {
  const std::vector<double> minutes = lane_of(people(), Lane::minutes);
  double below = 0.0;
  for (const double m : minutes) below += m < 240.0 / std::sqrt(1.36);
  CHECK(std::abs(below / users - 0.5) < 4.0 * 0.5 / std::sqrt(users));  // the median
  std::vector<double> logs;
  for (const double m : minutes) logs.push_back(std::log(m));
  const double spread = std::sqrt(std::log(1.36));  // 1 + cv^2
  check(moments(logs), std::log(240.0) - 0.5 * spread * spread, spread);
}

TEST_CASE("ad sensitivity has mean 1 and the asked spread") { check(moments(lane_of(people(), Lane::ad_sensitivity)), 1.0, 0.5); }

TEST_CASE("conversation taste is a mean of three uniforms, moved and clamped") {
  check(moments(lane_of(people(), Lane::conversation_taste)), 0.5, 1.0 / 6.0);
  Scenario moved = people();
  moved.population.conversation_taste = 0.8;
  const std::vector<double> taste = lane_of(moved, Lane::conversation_taste);
  CHECK(*std::max_element(taste.begin(), taste.end()) == 1.0);
  CHECK(*std::min_element(taste.begin(), taste.end()) > 0.29);
}

TEST_CASE("exit thresholds are uniform, contact lists a share") {
  Scenario s = people();
  s.exit.threshold_low = 0.3;
  s.exit.threshold_high = 0.7;
  check(moments(lane_of(s, Lane::exit_threshold)), 0.5, 0.4 / std::sqrt(12.0));
  const Moments list = moments(lane_of(s, Lane::contact_list));
  CHECK(std::abs(list.mean - 0.7) < 4.0 * std::sqrt(0.21 / users));
}

TEST_CASE("tastes for platforms are normal and independent of each other") {
  Scenario s = still_market(users, {0.0, 0.0});
  s.population.taste_spread = 0.5;
  Run run(s);
  const PanelRows row = run.watch(everybody(*run.world));
  std::vector<double> first, second;
  double product = 0.0;
  for (std::uint32_t user = 0; user < users; ++user) {
    first.push_back(static_cast<double>(row.utility[2 * user]));
    second.push_back(static_cast<double>(row.utility[2 * user + 1]));
    product += first.back() * second.back();
  }
  check(moments(first), 0.0, 0.5);
  check(moments(second), 0.0, 0.5);
  CHECK(std::abs(product / users) < 4.0 * 0.25 / std::sqrt(users));
}

TEST_CASE("segments have their shares and their own means") {
  Scenario s = people();
  s.population.time_budget_cv = 0.0;
  s.population.segments = {{"young", 0.25, 0.6, 300.0, 0.5}, {"old", 0.75, inherited, 120.0, inherited}};
  complete(s);
  const std::vector<double> minutes = lane_of(s, Lane::minutes), taste = lane_of(s, Lane::conversation_taste),
                            sensitivity = lane_of(s, Lane::ad_sensitivity);
  double young = 0.0, young_taste = 0.0, young_sensitivity = 0.0;
  for (std::size_t i = 0; i < users; ++i) {
    const bool is_young = std::abs(minutes[i] - 300.0) < 0.01;
    REQUIRE((is_young || std::abs(minutes[i] - 120.0) < 0.01));
    young += is_young;
    young_taste += is_young ? taste[i] : 0.0;
    young_sensitivity += is_young ? sensitivity[i] : 0.0;
  }
  CHECK(std::abs(young / users - 0.25) < 4.0 * std::sqrt(0.25 * 0.75 / users));
  CHECK(std::abs(young_taste / young - 0.6) < 4.0 / 6.0 / std::sqrt(young));
  CHECK(std::abs(young_sensitivity / young - 0.5) < 4.0 * 0.25 / std::sqrt(young));
}

}  // namespace spillway::testing
