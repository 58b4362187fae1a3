// What companies and surveys count, against arithmetic on what people do; and that no definition reaches anybody's behaviour.
#include "observe/measurement.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "support/busy_market.hpp"
#include "support/recordings.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

namespace {
const std::set<std::string> measured{"accounts_ever", "monthly_accounts", "daily_accounts", "surveyed_broadcast_users"};

/// Every number of a definition away from its neutral value, at the start or on dates.
Scenario otherwise_counted(Scenario s) {
  s.platforms[0].second.measurement = {.accounts_per_person = 2.0, .counted_per_user = 1.3, .outside_accounts = 1e8, .outside_active = 0.4};
  s.survey.other_providers = 2.5;
  s.interventions.push_back({"redefined", {day("2012-05-02"), false, {}, {{"platforms.chat.measurement.counted_per_user", 0.8}}, {}}});
  s.interventions.push_back(
      {"overseas", {day("2012-06-06"), true, day("2012-10-03"), {}, {{"platforms.chat.measurement.outside_accounts", 3e8}}}});
  complete(s);
  return s;
}

bool same(const Variable& a, const Variable& b) {
  if (a.values.index() != b.values.index() || length(a.values) != length(b.values)) return false;
  if (const auto* texts = std::get_if<std::vector<std::string>>(&a.values)) return *texts == std::get<std::vector<std::string>>(b.values);
  for (std::size_t i = 0; i < length(a.values); ++i) {
    const double x = value_at(a, i), y = value_at(b, i);
    if (x != y && !(std::isnan(x) && std::isnan(y))) return false;
  }
  return true;
}

/// A stage of identical people.
Scenario stage_of(double people) {
  Scenario s = still_market(2560, {-1.0});
  s.population.people.points[0].second = people;
  s.platforms[0].second.broadcast_weight = 1.0;
  return s;
}
}  // namespace

TEST_CASE("neutral definitions count people, to the bit") {
  const Recording r = record(whole_market(2000), 45);
  const auto members = numbers(r, "members"), lapsed = numbers(r, "lapsed_members"), accounts = numbers(r, "accounts_ever");
  for (std::size_t i = 0; i < members.size(); ++i) CHECK(accounts[i] == Approx(members[i] + lapsed[i]).epsilon(1e-14));
  CHECK(numbers(r, "monthly_accounts") == numbers(r, "monthly_active_users"));
  CHECK(numbers(r, "daily_accounts") == numbers(r, "daily_active_users"));
  CHECK(numbers(r, "surveyed_broadcast_users") == numbers(r, "broadcast_users"));
}

// The state hash covers every column of every user in every recorded tick.
TEST_CASE("no definition feeds back: all other series and all state hashes are the same to the bit") {
  Scenario plain = whole_market(2000);
  plain.population.segments = {{"young", 0.4, 0.7, 300.0, 1.0}, {"old", 0.6, 0.4, 200.0, 1.2}};
  complete(plain);
  const Recording a = record(plain, 50), b = record(otherwise_counted(plain), 50);
  std::size_t equal = 0;
  for (const Variable& variable : a.variables) {
    if (variable.group == "events" || variable.group == "policy") continue;
    INFO(variable.path());
    const bool same_here = same(variable, b.at(variable.path()));
    CHECK(same_here == (measured.count(variable.name) == 0));
    equal += same_here ? 1U : 0U;
  }
  CHECK(equal > 40);
  CHECK(words(a, "state_hash") == words(b, "state_hash"));
}

TEST_CASE("accounts by hand") {
  constexpr double people = 1e9, outside = 2e8, active = 0.4;
  Scenario s = stage_of(people);
  s.platforms[0].second.measurement = {1.5, 1.2, outside, active};
  s.survey.other_providers = 2.5;
  const Recording r = record(s, 40);
  const auto monthly = numbers(r, "monthly_active_users"), daily = numbers(r, "daily_active_users"), stage = numbers(r, "broadcast_users");
  REQUIRE(monthly[39] > 0.0);
  for (std::size_t t = 0; t < 40; ++t) {
    CHECK(numbers(r, "accounts_ever")[t] == Approx(1.5 * people + outside));  // all joined at once, and nobody leaves
    CHECK(numbers(r, "monthly_accounts")[t] == Approx(1.2 * monthly[t] + outside * active));
    CHECK(numbers(r, "daily_accounts")[t] == Approx(1.2 * daily[t] + outside * active * daily[t] / monthly[t]));
    CHECK(numbers(r, "surveyed_broadcast_users")[t] == Approx(2.5 * stage[t]));
  }
  CHECK(stage[39] > 0.0);
}

TEST_CASE("definitions change on their dates") {
  constexpr double people = 1e9;
  Scenario s = stage_of(people);
  intervene(s, 0, "measurement.counted_per_user", 0.8, 73);  // inside the tick of days 70 to 77
  intervene(s, 0, "measurement.accounts_per_person", 2.0, 140);
  s.platforms[0].second.measurement.outside_active = 0.5;
  Intervention overseas;
  overseas.on = s.time.start;
  overseas.has_until = true;
  overseas.until = Date{s.time.start.days + 70};
  overseas.ramp = {{"platforms.p0.measurement.outside_accounts", 7e7}};
  s.interventions.emplace_back("overseas", overseas);
  const Recording r = record(s, 30);
  const auto users = numbers(r, "monthly_active_users");
  for (std::size_t t = 0; t < 30; ++t) {
    INFO("tick " << t);
    const double definition = t < 10 ? 1.0 : t > 10 ? 0.8 : (3.0 * 1.0 + 4.0 * 0.8) / 7.0;
    const double outside = t < 10 ? 1e6 * (7.0 * static_cast<double>(t) + 3.5) : 7e7;  // mean over the tick
    CHECK(numbers(r, "monthly_accounts")[t] == Approx(users[t] * definition + 0.5 * outside));
    CHECK(numbers(r, "accounts_ever")[t] == Approx(people * (t < 20 ? 1.0 : 2.0) + outside));
  }
}

TEST_CASE("no accounts before the launch, and no daily ones where nobody inside is active") {
  Scenario s = still_market(2560, {-1.0, -1.0});
  Platform& late = s.platforms[1].second;
  late.launch = Date{s.time.start.days + 70};
  late.initial_share = 0.0;  // opens, and stays empty
  late.measurement = {2.0, 1.5, 1e8, 0.5};
  const Recording r = record(s, 20);
  for (std::size_t t = 0; t < 20; ++t) {
    const bool open = t >= 10;
    CHECK(numbers(r, "accounts_ever")[2 * t + 1] == (open ? 1e8 : 0.0));
    CHECK(numbers(r, "monthly_accounts")[2 * t + 1] == (open ? 5e7 : 0.0));
    CHECK(numbers(r, "daily_accounts")[2 * t + 1] == 0.0);
  }
}

TEST_CASE("accounts of people outside belong to no segment") {
  Scenario s = stage_of(1e9);
  s.population.segments = {{"young", 0.4, 0.7, 300.0, 1.0}, {"old", 0.6, 0.4, 200.0, 1.2}};
  s.platforms[0].second.measurement = {1.5, 1.2, 2e8, 0.4};
  complete(s);
  const Recording r = record(s, 20);
  for (std::size_t t = 0; t < 20; ++t) {
    const auto of_segments = [&](const char* name) {
      const auto parts = numbers(r, std::string("segments/") + name);
      return parts[2 * t] + parts[2 * t + 1];
    };
    CHECK(of_segments("accounts_ever") == Approx(numbers(r, "accounts_ever")[t] - 2e8));
    CHECK(of_segments("monthly_accounts") == Approx(numbers(r, "monthly_accounts")[t] - 0.4 * 2e8));
    CHECK(of_segments("daily_accounts") == Approx(1.2 * numbers(r, "daily_active_users")[t]));
  }
}

}  // namespace spillway::testing
