// D26, D28: risks that do not know of each other, and risks that compete.
#include <catch2/catch.hpp>
#include <cmath>

#include "support/runs.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

namespace {
constexpr std::uint32_t users = 200'000;

struct Cause {
  Count count;
  double hazard;  ///< per tick
};

/// Of `n` people with these hazards for one tick, each cause takes its share of 1 - e^-(sum): binomial.
void check_causes(const Tally& tally, std::size_t platform, double n, const std::vector<Cause>& causes) {
  double sum = 0.0;
  for (const Cause& cause : causes) sum += cause.hazard;
  for (const Cause& cause : causes) {
    const double expected = cause.hazard / sum * (1.0 - std::exp(-sum));
    const double share = static_cast<double>(tally.total(cause.count, platform)) / n;
    INFO("cause of hazard " << cause.hazard << ": " << share << ", expected " << expected);
    CHECK(std::abs(share - expected) < 4.0 * std::sqrt(expected * (1.0 - expected) / n));
  }
}
}  // namespace

// Joining and leaving at rates that differ by platform, contagion through everybody. N P(both) is binomial given the two numbers of
// members; the error of P(both) - P1 P2 is sqrt(P1 (1-P1) P2 (1-P2) / N).
TEST_CASE("D26: memberships of platforms that do not compete are independent") {
  Scenario s = bass(users, 0.3, 2.0);
  s.exit.baseline_churn = 0.5;
  s.exit.grace = 0.0;
  s.platforms.emplace_back("other", s.platforms[0].second);
  s.platforms[1].second.innovation_rate = 0.1;
  s.platforms[1].second.imitation_rate = 4.0;
  Run run(s);
  for (int year = 1; year <= 3; ++year) {
    run.ticks(52);
    const auto here = values_of(*run.world, UserField::status, 0), there = values_of(*run.world, UserField::status, 1);
    double both = 0.0;
    for (std::uint32_t user = 0; user < users; ++user) both += here[user] == 1.0 && there[user] == 1.0 ? 1.0 : 0.0;
    const double p = static_cast<double>(run.world->platforms[0].active) / users,
                 q = static_cast<double>(run.world->platforms[1].active) / users;
    INFO("year " << year << ": " << p << " and " << q << ", both " << both / users);
    CHECK(p * q > 0.01);
    CHECK(std::abs(both / users - p * q) < 4.0 * std::sqrt(p * (1.0 - p) * q * (1.0 - q) / users));
  }
}

// Everybody is on p0 with half of the day and follows one supplier there from the first tick on; in the second tick p1 opens its
// doors. Joining by oneself, by the 30 % who are there already, and behind the supplier compete for one tick.
TEST_CASE("D28: causes of joining share the joins as they share the hazard") {
  Scenario s = still_market(users, {0.0, 0.0});
  s.suppliers.count = 50;
  s.suppliers.slots = 1;
  s.suppliers.celebrity.share = s.suppliers.effort_audience_elasticity = 0.0;
  s.suppliers.behaviour = SupplierBehaviour::fixed;
  s.utility.supply = 0.0;
  s.adoption.utility_gate = 0.0;
  s.following.organic_rate = 1e5;
  s.following.unfollow_rate = 0.0;
  s.cross_promotion.drag_rate = 0.2;
  s.cross_promotion.install_friction = 1.0;
  for (auto& [name, platform] : s.platforms) platform.sellers.presence = 1.0;
  s.platforms[1].second.initial_share = 0.3;
  const double by_self = 0.3, by_all_peers = 1.5;  // per tick
  intervene(s, 1, "innovation_rate", by_self * days_per_year / 7.0, 7);
  intervene(s, 1, "imitation_rate", by_all_peers * days_per_year / 7.0, 7);
  Run run(s);
  run.tick();
  const double members = static_cast<double>(run.world->platforms[1].active), share = members / users;
  REQUIRE(share == Approx(0.3).margin(0.01));
  const Tally& tally = run.tick();
  check_causes(tally, 1, users - members,
               {{Count::joins_spontaneous, by_self}, {Count::joins_peer, by_all_peers * share}, {Count::joins_drag, 0.2 * 0.5 * 7.0}});
}

// Habit is the attention of the first day, 1/(1+e). Once the first have left, everybody whose threshold is 1 feels abandoned.
TEST_CASE("D28: causes of leaving share the exits as they share the hazard") {
  Scenario s = still_market(users, {-1.0});
  s.exit = {.baseline_churn = 0.2 * days_per_year / 7.0,
            .disuse_churn = 1.0 * days_per_year / 7.0,
            .disuse_share = 0.5,
            .threshold_delay = 7.0 / 0.6,
            .threshold_low = 1.0,
            .threshold_high = 1.0,
            .grace = 0.0};
  s.adoption.return_factor = 0.0;
  Run run(s);
  const double disuse = std::exp(-1.0 / (1.0 + std::exp(1.0)) / 0.5);
  check_causes(run.tick(), 0, users, {{Count::exits_baseline, 0.2}, {Count::exits_disuse, disuse}});
  const double left = static_cast<double>(run.world->platforms[0].active);
  check_causes(run.tick(), 0, left, {{Count::exits_baseline, 0.2}, {Count::exits_disuse, disuse}, {Count::exits_threshold, 0.6}});
}

}  // namespace spillway::testing
