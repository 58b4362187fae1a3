// D4: the counters that status changes push to contacts equal a fresh count over the network, on every kind of network.
#include <catch2/catch.hpp>

#include "support/busy_market.hpp"
#include "support/networks.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

namespace {
std::vector<double> recount(const World& world, const std::vector<double>& status, bool (*counts)(double)) {
  std::vector<std::uint32_t> contacts(world.contacts.max_degree());
  std::vector<double> sums;
  for (std::uint32_t user = 0; user < world.view.users; ++user) {
    double sum = 0.0;
    const std::uint32_t n = world.contacts.contacts_of(user, contacts.data());
    for (std::uint32_t c = 0; c < n; ++c) sum += counts(status[contacts[c]]) ? 1.0 : 0.0;
    sums.push_back(sum);
  }
  return sums;
}

// Counters after a tick must match statuses after it, and n <= v <= d.
void check_counters(const World& world) {
  const std::vector<double> degree = values_of(world, UserField::degree);
  REQUIRE(degree == recount(world, values_of(world, UserField::online), [](double on) { return on == 1.0; }));
  for (int k = 0; k < static_cast<int>(world.platforms.size()); ++k) {
    const std::vector<double> status = values_of(world, UserField::status, k);
    const std::vector<double> active = values_of(world, UserField::contacts_active, k), ever = values_of(world, UserField::contacts_ever, k);
    REQUIRE(active == recount(world, status, [](double st) { return st == 1.0; }));
    REQUIRE(ever == recount(world, status, [](double st) { return st != 0.0; }));
    for (std::size_t user = 0; user < status.size(); ++user)
      if (!(active[user] <= ever[user] && ever[user] <= degree[user]))
        FAIL("user " << user << ": " << active[user] << ", " << ever[user] << ", " << degree[user]);
  }
}

void check_run(Run& run) {
  check_counters(*run.world);  // members from the start have been told
  for (int part = 0; part < 13; ++part) {
    run.ticks(4);
    check_counters(*run.world);
  }
}
}  // namespace

TEST_CASE("D4: contact counters, matchings enumerated from both ends") {
  Scenario s = busy_market(GENERATE(3000U, 4200U));
  SECTION("people come online") {}
  SECTION("everybody is online from the start") { s.population.people.points.resize(1); }
  Run run(s, {2, {}});
  check_run(run);
}

TEST_CASE("D4: contact counters of 16 bits where somebody has more than 255 contacts") {
  Scenario s = busy_market(1200);
  s.contacts.kind = ContactsKind::file;
  Run run(s, {2, {}}, cliques(1200, 300));
  REQUIRE(run.world->find(Column::contacts, 0)->cell == Cell::u64);
  check_run(run);
}

TEST_CASE("D4: contact counters of 8 bits where somebody has more than 15 contacts") {
  Scenario s = busy_market(1200);
  s.contacts.kind = ContactsKind::file;
  Run run(s, {2, {}}, cliques(1200, 40));
  REQUIRE(run.world->find(Column::contacts, 0)->cell == Cell::u32);
  check_run(run);
}

TEST_CASE("D4: contact counters on a graph that was read in") {
  Scenario s = busy_market(2000);
  s.contacts.kind = ContactsKind::file;
  Run run(s, {}, random_regular(2000, 7, 5));
  REQUIRE(run.world->find(Column::contacts, 0)->cell == Cell::u16);
  check_run(run);
}

}  // namespace spillway::testing
