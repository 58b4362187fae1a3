// D4: the counters that status changes push to contacts equal a fresh count over the network, on every kind of network.
#include <catch2/catch.hpp>

#include "support/busy_market.hpp"
#include "support/networks.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

namespace {
using Contacts = std::vector<std::vector<std::uint32_t>>;

/// Looked up once for a run: who knows whom never changes.
Contacts contacts_in(const World& world) {
  std::vector<std::uint32_t> buffer(world.contacts.max_degree());
  Contacts all;
  for (std::uint32_t user = 0; user < world.view.users; ++user)
    all.emplace_back(buffer.begin(), buffer.begin() + world.contacts.contacts_of(user, buffer.data()));
  return all;
}

std::vector<double> recount(const Contacts& all, const std::vector<double>& status, bool (*counts)(double)) {
  std::vector<double> sums;
  for (const std::vector<std::uint32_t>& contacts : all) {
    double sum = 0.0;
    for (const std::uint32_t other : contacts) sum += counts(status[other]) ? 1.0 : 0.0;
    sums.push_back(sum);
  }
  return sums;
}

// Counters after a tick must match statuses after it, and n <= v <= d.
void check_counters(const World& world, const Contacts& contacts) {
  const std::vector<double> degree = values_of(world, UserField::degree);
  REQUIRE(degree == recount(contacts, values_of(world, UserField::online), [](double on) { return on == 1.0; }));
  for (int k = 0; k < static_cast<int>(world.platforms.size()); ++k) {
    const std::vector<double> status = values_of(world, UserField::status, k);
    const std::vector<double> active = values_of(world, UserField::contacts_active, k),
                              ever = values_of(world, UserField::contacts_ever, k);
    REQUIRE(active == recount(contacts, status, [](double st) { return st == 1.0; }));
    REQUIRE(ever == recount(contacts, status, [](double st) { return st != 0.0; }));
    for (std::size_t user = 0; user < status.size(); ++user)
      if (!(active[user] <= ever[user] && ever[user] <= degree[user]))
        FAIL("user " << user << ": " << active[user] << ", " << ever[user] << ", " << degree[user]);
  }
}

void check_run(Run& run) {
  const Contacts contacts = contacts_in(*run.world);
  check_counters(*run.world, contacts);  // members from the start have been told
  for (int part = 0; part < 13; ++part) {
    run.ticks(4);
    check_counters(*run.world, contacts);
  }
}
}  // namespace

TEST_CASE("D4: contact counters, matchings enumerated from both ends", "[threads]") {
  Scenario s = busy_market(GENERATE(3000U, 4200U));
  SECTION("people come online") {}
  SECTION("everybody is online from the start") { s.population.people.points.resize(1); }
  Run run(s, {2, {}});
  check_run(run);
}

// Everybody's counters are written by pull before the first tick, by push afterwards: both count the same people.
TEST_CASE("D4: nobody, hardly anybody or everybody is a member at the start", "[threads]") {
  Scenario s = busy_market(3000, true);
  s.platforms[0].second.initial_share = GENERATE(0.0, 1e-12, 1e-3, 1.0);
  s.platforms[2].second.launch = s.time.start;  // two openings at once
  s.platforms[2].second.initial_share = 0.5;
  Run run(s, {2, {}});
  const Contacts contacts = contacts_in(*run.world);
  check_counters(*run.world, contacts);
  const double online = run.world->online, first = static_cast<double>(run.world->platforms[0].active);
  if (s.platforms[0].second.initial_share == 1.0) CHECK(first == online);
  if (s.platforms[0].second.initial_share < 1e-6) CHECK(first == 0.0);
  run.ticks(2);
  check_counters(*run.world, contacts);
}

TEST_CASE("D4: contacts of members from the start remember that they joined") {
  Run run(busy_market(3000));
  const std::vector<double> active = values_of(*run.world, UserField::contacts_active, 0);
  const FieldReader recency(*run.world, UserField::recency, 0);
  REQUIRE(run.world->view.recency_impulse > 0);
  for (std::uint32_t user = 0; user < active.size(); ++user) REQUIRE(recency(user) == active[user] * run.world->view.recency_impulse);
}

// The people of a year arrive in one tick: most of the counters move at once.
TEST_CASE("D4: a flood of newcomers", "[threads]") {
  Scenario s = busy_market(9000);
  s.population.people.points = {{s.time.start, 1e5}, {Date{s.time.start.days + 8}, 7e8}};
  Run run(s, {3, {}});
  CHECK(run.world->online < 10);
  const Contacts contacts = contacts_in(*run.world);
  for (int tick = 0; tick < 4; ++tick) {
    run.tick();
    check_counters(*run.world, contacts);
  }
  CHECK(run.world->online == 9000);
}

TEST_CASE("D4: contact counters of 16 bits where somebody has more than 255 contacts", "[threads]") {
  Scenario s = busy_market(1200);
  s.contacts.kind = ContactsKind::file;
  Run run(s, {2, {}}, cliques(1200, 300));
  REQUIRE(run.world->find(Column::contacts, 0)->cell == Cell::u64);
  check_run(run);
}

TEST_CASE("D4: contact counters of 8 bits where somebody has more than 15 contacts", "[threads]") {
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
