// A mechanism that is switched off takes no memory, and its neutral value gives what is left the same lives to the bit.
#include <catch2/catch.hpp>
#include <functional>

#include "build/memory.hpp"
#include "support/busy_market.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

namespace {
struct Switch {
  const char* name;
  std::function<void(Scenario&)> off;
  std::vector<Column> gone;  ///< columns that must not be allocated
};

void no_ads(Scenario& s) {
  for (auto& [name, platform] : s.platforms) platform.ads.load = 0.0;
  s.interventions.erase(s.interventions.begin());  // more_ads
}

const std::vector<Switch> switches{
    {"complete mixing", [](Scenario& s) { s.contacts.kind = ContactsKind::mixing; }, {Column::degree, Column::contacts}},
    {"no habit", [](Scenario& s) { s.habit.strength = s.habit.friends_feed_strength = s.exit.disuse_churn = 0.0; }, {Column::habit}},
    {"no lasting nuisance", [](Scenario& s) { s.ad_response.stock_nuisance = 0.0; }, {Column::irritation}},
    {"no ads", no_ads, {Column::irritation}},
    {"content worth nothing", [](Scenario& s) { s.utility.supply = 0.0; }, {Column::supply}},
    {"content worth nothing, nobody pushes",
     [](Scenario& s) { s.utility.supply = s.cross_promotion.drag_rate = 0.0; },
     {Column::supply, Column::follows}},
    {"no suppliers", [](Scenario& s) { s.suppliers.count = 0, s.suppliers.per_user = 0.0; }, {Column::supply, Column::follows}},
};

std::size_t columns_of(const World& world, Column column) {
  std::size_t n = 0;
  for (const ColumnData& data : world.columns) n += data.column == column;
  return n;
}

/// Same states in all fields that both have; recency has none where it weighs nothing.
void check_common(Run& off, Run& neutral) {
  off.ticks(45);
  neutral.ticks(45);
  const bool recency = has_recency(off.world->scenario) && has_recency(neutral.world->scenario);
  std::size_t compared = 0;
  for (const UserFieldRow& row : user_field_table) {
    if (columns_of(*off.world, row.column) == 0 || columns_of(*neutral.world, row.column) == 0) continue;
    if (row.field == UserField::recency && !recency) continue;
    for (int k = 0; k < (row.per_platform ? 2 : 1); ++k) {
      INFO(row.name << " on platform " << k);
      const int platform = row.per_platform ? k : -1;
      REQUIRE(values_of(*off.world, row.field, platform) == values_of(*neutral.world, row.field, platform));
      ++compared;
    }
  }
  CHECK(compared >= 4);
}
}  // namespace

TEST_CASE("switched-off mechanisms have no columns") {
  Run all(whole_market(300));
  for (const ColumnRow& row : column_table) CHECK(columns_of(*all.world, row.column) == (row.per_platform ? 2 : 1));
  for (const Switch& without : switches) {
    Scenario s = busy_market(300);
    without.off(s);
    Run run(s);
    INFO(without.name);
    run.ticks(30);
    for (const Column column : without.gone) CHECK(columns_of(*run.world, column) == 0);
    CHECK(total_bytes(world_memory(s)) < total_bytes(world_memory(busy_market(300))));
  }
}

TEST_CASE("neutral: no drag, or no push") {
  Scenario off = busy_market(2000), neutral = off;
  off.cross_promotion.drag_rate = 0.0;
  neutral.cross_promotion.push_ceiling = 0.0;
  Run a(off), b(neutral);
  CHECK(a.world->columns.size() == b.world->columns.size());
  check_common(a, b);
}

TEST_CASE("neutral: follow bits that nothing reads") {
  Scenario off = busy_market(2000);
  off.utility.supply = off.cross_promotion.drag_rate = 0.0;
  Scenario neutral = off;
  neutral.cross_promotion.drag_rate = 0.1;
  neutral.cross_promotion.push_ceiling = 0.0;
  Run a(off), b(neutral);
  REQUIRE(columns_of(*b.world, Column::follows) == 2);
  check_common(a, b);
}

TEST_CASE("neutral: irritation without ads") {
  Scenario off = busy_market(2000);
  no_ads(off);
  Scenario neutral = off, also_off = off;
  neutral.interventions.push_back({"one_day", {day("2020-03-01"), false, {}, {{"platforms.stage.ads.load", 0.1}}, {}}});
  also_off.ad_response.stock_nuisance = 0.0;
  Run a(off), b(neutral), c(also_off), again(off);
  REQUIRE(columns_of(*b.world, Column::irritation) == 2);
  check_common(a, b);
  check_common(again, c);
}

TEST_CASE("neutral: a series of people that does not grow") {
  Scenario off = busy_market(2000);
  off.population.people.points.resize(1);
  Scenario neutral = off;
  neutral.population.people.points.push_back({day("2013-01-01"), off.population.people.points[0].second});
  Run a(off), b(neutral);
  check_common(a, b);
}

// A weight of 1e-30 changes no float it is added to, so the mechanism runs without effect.
TEST_CASE("neutral: a weight below the last digit") {
  Scenario off = busy_market(2000), neutral = off;
  SECTION("recency") {
    off.adoption.recency_weight = 0.0;
    neutral.adoption.recency_weight = 1e-30;
  }
  SECTION("habit") {
    off.habit.strength = off.habit.friends_feed_strength = off.exit.disuse_churn = 0.0;
    neutral.habit.strength = neutral.habit.friends_feed_strength = 1e-30;
    neutral.exit.disuse_churn = 0.0;
  }
  SECTION("content") {
    off.utility.supply = off.cross_promotion.drag_rate = 0.0;
    neutral.utility.supply = 1e-30;
    neutral.cross_promotion.drag_rate = 0.0;
  }
  SECTION("threshold exit") {
    off.exit.threshold_delay = never;
    neutral.exit.threshold_delay = 1e36;
  }
  Run a(off), b(neutral);
  check_common(a, b);
}

// Levers and mechanisms of the whole market: each neutral value against the mechanism absent.
TEST_CASE("neutral: nobody has reason to complain") {
  Scenario off = whole_market(2000), neutral = off;
  off.voice.complaint_rate = 0.0;
  neutral.voice.tolerance = 50.0;
  Run a(off), b(neutral);
  check_common(a, b);
}

TEST_CASE("neutral: a ban that is not enforced, covers nothing or is against nobody here") {
  Scenario off = whole_market(2000);
  std::erase_if(off.interventions, [](const auto& i) { return i.first == "ban"; });
  Scenario neutral = off;
  PlatformBan& ban = neutral.platforms[0].second.ban;
  ban.strictness = 0.8;
  SECTION("not enforced") { ban.enforcement = 0.0; }
  SECTION("covers nothing") { ban.link = ban.text = ban.online_qr = 0.0; }
  SECTION("deterrence without a ban") {
    ban.strictness = 0.0;
    neutral.cross_promotion.deterrence = 1.0;
  }
  Run a(off), b(neutral);
  check_common(a, b);
}

TEST_CASE("neutral: social currency that is worth nothing") {
  Scenario off = whole_market(2000), neutral = off;
  off.social_currency.sharing = off.platforms[1].second.reward_rate = 0.0;
  neutral.social_currency.value = neutral.social_currency.loyalty = 1e-30;
  Run a(off), b(neutral);
  REQUIRE(columns_of(*a.world, Column::currency) == 0);
  REQUIRE(columns_of(*b.world, Column::currency) == 2);
  check_common(a, b);
}

TEST_CASE("neutral: service accounts that nobody values") {
  Scenario off = whole_market(2000), neutral = off;
  off.suppliers.decisions.service_rate = 0.0;
  neutral.suppliers.decisions.service_lift = 0.0;
  neutral.utility.service_accounts = 1e-30;
  Run a(off), b(neutral);
  REQUIRE(columns_of(*a.world, Column::served) == 0);
  REQUIRE(columns_of(*b.world, Column::served) == 2);
  check_common(a, b);
}

TEST_CASE("neutral: levers at the values that switch them off") {
  Scenario off = whole_market(2000);
  std::erase_if(off.interventions, [](const auto& i) { return i.first != "moments" && i.first != "more_ads"; });
  for (auto& [name, platform] : off.platforms) {
    platform.ads.climb = platform.ads.response = 0.0;
    platform.sellers.fee = 0.0;
    platform.reward = platform.utility_shock = 0.0;
  }
  Scenario neutral = off;
  const auto set = [&](const char* path, double value) {
    neutral.interventions.push_back({path, {day("2012-03-14"), false, {}, {{path, value}}, {}}});
  };
  SECTION("complaints that are not heard move no ads") {
    for (auto* s : {&off, &neutral}) s->platforms[0].second.listening = 0.0;
    neutral.platforms[0].second.ads.response = 5.0;
  }
  SECTION("no step") { set("platforms.chat.ads.climb", 0.0); }
  SECTION("no fee") { set("platforms.stage.sellers.fee", 0.0); }
  SECTION("no take") { set("platforms.stage.sellers.take", 0.0); }
  SECTION("no contract") { set("platforms.chat.sellers.exclusive_celebrities", 0.0); }
  SECTION("no reward") { set("platforms.chat.reward", 0.0); }
  SECTION("no shock") { set("platforms.stage.utility_shock", 0.0); }
  SECTION("all of the commission") { set("marketplace.commission_multiplier.chat", 1.0); }
  SECTION("open links") { set("marketplace.link_openness.chat", 1.0); }
  SECTION("as much as the first platform's") { set("platforms.stage.sellers.follower_value", 1.0); }
  SECTION("as they like") { set("platforms.stage.sellers.effort", 1.0); }
  SECTION("kinds of suppliers that differ in name alone") {
    for (auto* s : {&off, &neutral}) s->suppliers.media = s->suppliers.brand = {};
    neutral.suppliers.media = {0.1, 1.0, 1.0, 0.0};
    neutral.suppliers.brand = {0.2, 1.0, 1.0, 0.0};
  }
  complete(neutral);
  Run a(off), b(neutral);
  check_common(a, b);
}

}  // namespace spillway::testing
