// What pushing a lever does at once, person by person: both runs share state and luck up to the tick in which the lever moves,
// so the sign must hold for every single user, not on average.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "support/busy_market.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

namespace {
constexpr std::size_t stage = 0, chat = 1;

/// The tick that begins on 2012-06-24, seen in two runs that differ in one policy of the stage from that day on.
struct Pair {
  PanelRows low, high;
  std::size_t users = 0;
};

PanelRows row_with(const std::string& policy, double value, const std::function<void(Scenario&)>& prepare) {
  Scenario s = busy_market(2000);
  prepare(s);
  s.interventions.push_back({"zz_lever", {day("2012-06-24"), false, {}, {{"platforms.stage." + policy, value}}, {}}});
  Run run(s);
  run.ticks(25);
  return run.watch(everybody(*run.world));
}

Pair pair_of(
    const std::string& policy, double low, double high, const std::function<void(Scenario&)>& prepare = [](Scenario&) {}) {
  Pair pair{row_with(policy, low, prepare), row_with(policy, high, prepare), 2000};
  REQUIRE(pair.low.status == pair.high.status);
  return pair;
}

/// +1 where all members gained (at least 90 % of them strictly), -1 where all lost, 0 where some gained and some lost.
int direction(const Pair& p, std::vector<float> PanelRows::*lane, std::size_t platform, std::size_t of_members = stage) {
  std::size_t up = 0, down = 0, members = 0;
  for (std::size_t user = 0; user < p.users; ++user) {
    if (p.low.status[2 * user + of_members] != 1 || p.low.status[2 * user + platform] != 1) continue;
    ++members;
    const float before = (p.low.*lane)[2 * user + platform], after = (p.high.*lane)[2 * user + platform];
    up += after > before;
    down += after < before;
  }
  REQUIRE(members > 100);
  if (down == 0 && 10 * up >= 9 * members) return 1;
  return up == 0 && 10 * down >= 9 * members ? -1 : 0;
}
}  // namespace

TEST_CASE("more ads: less attention there, more on the rival, more irritation") {
  const Pair p = pair_of("ads.load", 0.1, 0.4);
  CHECK(direction(p, &PanelRows::attention_share, stage) == -1);
  CHECK(direction(p, &PanelRows::attention_share, chat) == 1);
  CHECK(direction(p, &PanelRows::irritation, stage) == 1);
}

TEST_CASE("levers on utility: more attention there, less on the rival") {
  const char* policy = GENERATE("utility_shock", "intrinsic_utility", "friends_feed_weight", "conversation_weight", "contact_import");
  const bool levels = std::string(policy) == "intrinsic_utility";
  // With the whole list imported at once everybody with a list gains reach; who has no list gains nothing.
  const Pair p = pair_of(policy, levels ? -2.5 : 0.0, levels ? -2.0 : 0.5, [](Scenario& s) { s.population.contact_list_share = 1.0; });
  INFO(policy);
  // contacts may all be elsewhere: then reach and all that hangs on it stay zero, so only the sign is asked of everybody
  std::size_t wrong = 0, right = 0;
  for (std::size_t user = 0; user < p.users; ++user) {
    if (p.low.status[2 * user + stage] != 1) continue;
    const float mine = p.high.attention_share[2 * user + stage] - p.low.attention_share[2 * user + stage];
    const float rival = p.high.attention_share[2 * user + chat] - p.low.attention_share[2 * user + chat];
    wrong += mine < 0.0F || rival > 0.0F;
    right += mine > 0.0F;
  }
  CHECK(wrong == 0);
  CHECK(right > 100);
}

// With equal luck a larger joining hazard keeps every join that the smaller one made.
TEST_CASE("more spontaneous joining: the same people join, and more") {
  const auto members = [](double rate) {
    Scenario s = busy_market(3000);
    s.platforms[stage].second.innovation_rate = rate;
    Run run(s);
    run.tick();
    return values_of(*run.world, UserField::status, stage);
  };
  const std::vector<double> few = members(2.0), many = members(20.0);
  std::size_t more = 0;
  for (std::size_t user = 0; user < few.size(); ++user) {
    if (few[user] == 1.0) REQUIRE(many[user] == 1.0);
    more += many[user] == 1.0 && few[user] != 1.0;
  }
  CHECK(more > 100);
}

TEST_CASE("more churn: nobody who left stays") {
  const auto status = [](double churn) {
    Scenario s = busy_market(3000);
    s.exit.grace = 0.0;
    s.exit.baseline_churn = churn;
    Run run(s);
    run.tick();
    return values_of(*run.world, UserField::status, stage);
  };
  const std::vector<double> few = status(1.0), many = status(10.0);
  std::size_t more = 0;
  for (std::size_t user = 0; user < few.size(); ++user) {
    if (few[user] == 2.0) REQUIRE(many[user] == 2.0);
    more += many[user] == 2.0 && few[user] != 2.0;
  }
  CHECK(more > 20);
}

// Follow bits of the tick after the lever: every supplier who was present stays present when presence rises.
TEST_CASE("more presence: suppliers are added, none is taken away") {
  const auto present = [](double share) {
    Scenario s = busy_market(100);
    s.platforms[stage].second.sellers.presence = share;
    Run run(s);
    run.tick();
    std::vector<bool> here;
    for (std::uint32_t j = 0; j < 200; ++j) here.push_back((SupplierTable::flags(run.world->view.suppliers.row(j)) & 1U) != 0);
    return here;
  };
  const std::vector<bool> few = present(0.3), many = present(0.6);
  std::size_t added = 0;
  for (std::size_t j = 0; j < few.size(); ++j) {
    if (few[j]) REQUIRE(many[j]);
    added += many[j] && !few[j];
  }
  CHECK(added > 30);
}

}  // namespace spillway::testing
