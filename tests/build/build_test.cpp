// From a scenario to the world before its first tick.
#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.hpp"
#include "support/busy_market.hpp"
#include "support/networks.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

TEST_CASE("a network of another size is an input error") {
  Scenario s = busy_market(100);
  s.contacts.kind = ContactsKind::file;
  CHECK_THROWS_AS(build_world(s, {}, ring(99)), InputError);
  CHECK_THROWS_AS(build_world(s), InputError);
  CHECK_THROWS_WITH(build_world(s, {}, ring(99)), Catch::Contains("99") && Catch::Contains("100"));
  CHECK_NOTHROW(build_world(s, {}, ring(100)));
}

TEST_CASE("an agent stands for the largest population over the agents") {
  const auto world = build_world(busy_market(1000));
  CHECK(world->people_per_agent == 7e5);
}

// Initial members are hashed: binomial. They have been told to their contacts, and count as joined half a tick ago.
TEST_CASE("members from the start") {
  Scenario s = busy_market(20'000);
  s.population.people.points.resize(1);
  s.platforms[0].second.initial_share = 0.3;
  Run run(s);
  CHECK(std::abs(static_cast<double>(run.world->platforms[0].active) - 6000.0) < 4.0 * std::sqrt(20'000 * 0.3 * 0.7));
  CHECK(run.world->platforms[1].active == 0);
  const auto status = values_of(*run.world, UserField::status, 0), joined = values_of(*run.world, UserField::join_time, 0);
  for (std::size_t user = 0; user < status.size(); ++user)
    if (status[user] == 1.0) REQUIRE(joined[user] - join_time_offset == -3.5);
}

// A platform that opens later takes its share of those online in the launch tick, before which it is empty. With every other way
// of joining shut, that number is binomial, and nobody follows.
TEST_CASE("members from the launch day") {
  Scenario s = busy_market(20'000);
  s.cross_promotion.drag_rate = 0.0;
  Platform& chat = s.platforms[1].second;
  chat.innovation_rate = chat.imitation_rate = chat.launch_pulse = 0.0;
  Run run(s);
  run.ticks(9);
  CHECK(run.world->platforms[1].ever == 0);
  run.tick();  // 2012-03-04 to 2012-03-11; opens on the 7th
  const double online = run.world->online, joined = static_cast<double>(run.world->platforms[1].ever);
  CHECK(std::abs(joined - 0.1 * online) < 4.0 * std::sqrt(online * 0.09));
  run.ticks(10);
  CHECK(static_cast<double>(run.world->platforms[1].ever) == joined);
}

}  // namespace spillway::testing
