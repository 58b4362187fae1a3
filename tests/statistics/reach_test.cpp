// D36: a new member finds contacts again with time; an imported contact list has its share at once. Age at the middle of the tick.
#include <catch2/catch.hpp>
#include <cmath>

#include "support/runs.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

namespace {
constexpr double import_share = 0.3, time_constant = 60.0;
constexpr std::uint32_t users = 300;

/// Some have a contact list, some have none; p0 is open from the start, p1 opens on day 84. Everybody is a member of both.
Scenario two_openings(double step, ContactsKind kind) {
  Scenario s = still_market(users, {-1.0, -1.0}, step);
  s.contacts.kind = kind;
  s.population.contact_list_share = 0.5;
  s.adoption.rediscovery_time = time_constant;
  for (auto& [name, platform] : s.platforms) platform.contact_import = import_share;
  s.platforms[1].second.launch = Date{s.time.start.days + 84};
  return s;
}

/// Largest distance from 1 - (1 - iota Q) e^(-age/tau), Q being 0 or 1; counts users of each kind.
struct Fit {
  double worst = 0.0;
  std::size_t with_list = 0, without = 0;
};

Fit fit(const PanelRows& row, std::size_t k, double age) {
  Fit f;
  const double left = std::exp(-age / time_constant), without = 1.0 - left, with = 1.0 - (1.0 - import_share) * left;
  for (std::uint32_t user = 0; user < users; ++user) {
    const double seen = static_cast<double>(row.reach[2 * user + k]);
    const double to_with = std::abs(seen - with), to_without = std::abs(seen - without);
    ++(to_with < to_without ? f.with_list : f.without);
    f.worst = std::max(f.worst, std::min(to_with, to_without));
  }
  return f;
}
}  // namespace

TEST_CASE("D36: link completeness") {
  const double step = GENERATE(1.0, 7.0, 12.0);  // 12 d runs as two ticks of 6 d
  const ContactsKind kind = GENERATE(ContactsKind::mixing, ContactsKind::implicit);
  const Scenario s = two_openings(step, kind);
  const double dt = tick_days(s.time);
  Run run(s);
  const PanelUsers all = everybody(*run.world);
  for (int tick = 0; tick * dt < 280.0; ++tick) {
    const PanelRows row = run.watch(all);
    const double middle = (tick + 0.5) * dt;
    const Fit first = fit(row, 0, middle + 0.5 * dt);  // members from the start joined in the middle of the tick before it
    REQUIRE(first.worst < 1e-5);
    CHECK(std::abs(static_cast<double>(first.with_list) - 150.0) < 4.0 * std::sqrt(75.0));
    if (middle > 84.0 + dt) REQUIRE(fit(row, 1, middle - 84.0 - 0.5 * dt).worst < 1e-5);  // joined in the middle of the launch tick
  }
}

// Whoever is no member reaches those that an imported list names, and nobody else.
TEST_CASE("D36: reach of non-members") {
  Scenario s = still_market(users, {-1.0});
  s.platforms[0].second.initial_share = 0.5;
  s.platforms[0].second.contact_import = import_share;
  s.population.contact_list_share = 0.5;
  Run run(s);
  const double members = static_cast<double>(run.world->platforms[0].active) / users;
  const PanelRows row = run.watch(everybody(*run.world));
  std::size_t none = 0, some = 0;
  for (std::uint32_t user = 0; user < users; ++user) {
    if (row.status[user] == 1) continue;
    const double seen = static_cast<double>(row.reach[user]);
    none += seen == 0.0;
    some += std::abs(seen - import_share * members) < 1e-6;
  }
  CHECK(none + some == users - static_cast<std::size_t>(run.world->platforms[0].active));
  CHECK(none > 30);
  CHECK(some > 30);
}

}  // namespace spillway::testing
