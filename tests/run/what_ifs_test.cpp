// Every what-if that is shipped, with 100,000 people, against history with the same people and luck: it must move what its description
// says, in that direction. No sizes are held: they hang on parameters of which the record says little.
//
// The scatter of such a paired difference was measured over four seeds when these rows were written (users in millions, shares of
// everybody's day in per cent): each difference below is at least 3 of its standard deviations from nothing, most more than ten.
// That is how surely the sign is the scenario's doing; the seed here is fixed.
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include "base/parallel.hpp"
#include "build/build.hpp"
#include "engine/engine.hpp"
#include "input/load.hpp"
#include "model/validate.hpp"
#include "run/record_rows.hpp"

using namespace spillway;
using namespace spillway::testing;

namespace {
constexpr std::size_t weibo = 0, wechat = 1;

struct Outcome {
  std::vector<double> users_2013, users_end;  ///< monthly active users, millions, by platform
  std::vector<double> time_end;               ///< share of everybody's day, per cent
  std::vector<double> ad_revenue;             ///< CNY, all years
};

Outcome run(const std::string& name) {
  const LoadedScenario loaded = load_scenario(SPILLWAY_SOURCE_DIR "/scenarios/" + name + ".yaml", {"population.users=100000", "seed=1"});
  const auto world = build_world(loaded.scenario, {available_threads(), {}});
  Engine engine(*world);
  const std::size_t platforms = world->platforms.size();
  Outcome out{std::vector<double>(platforms), std::vector<double>(platforms), std::vector<double>(platforms),
              std::vector<double>(platforms)};
  const double end_of_2013 = make_date(2013, 12, 31).days - loaded.scenario.time.start.days;
  while (engine.ticks_done() < tick_count(loaded.scenario.time)) {
    const Tally& tally = engine.tick();
    for (std::size_t k = 0; k < platforms; ++k) {
      const double millions =
          static_cast<double>(tally.total(Count::monthly_users, k)) / quantum(Count::monthly_users) * world->people_per_agent / 1e6;
      if (world->view.now.start <= end_of_2013) out.users_2013[k] = millions;
      out.users_end[k] = millions;
      out.time_end[k] = 100.0 * static_cast<double>(tally.total(Count::attention, k)) / quantum(Count::attention) / world->online;
      out.ad_revenue[k] += world->platforms[k].ad_revenue;
    }
  }
  return out;
}

struct WhatIf {
  const char* name;
  std::vector<double> Outcome::*what;
  std::size_t platform;
  int direction;  ///< 0: the description says that it changes next to nothing
};

const WhatIf what_ifs[] = {
    {"no_ads", &Outcome::time_end, weibo, 1},
    {"no_ads", &Outcome::users_end, wechat, -1},
    {"early_ads", &Outcome::ad_revenue, weibo, 1},
    {"early_ads", &Outcome::time_end, wechat, 0},
    {"listening", &Outcome::time_end, weibo, 1},
    {"listening", &Outcome::ad_revenue, weibo, -1},
    {"no_ban", &Outcome::time_end, wechat, 1},
    {"early_ban", &Outcome::users_2013, wechat, -1},
    {"total_ban", &Outcome::users_2013, wechat, -1},
    {"throttled_links", &Outcome::time_end, wechat, 1},
    {"open_flood", &Outcome::time_end, weibo, 1},
    {"no_moments", &Outcome::users_end, wechat, -1},
    {"no_contact_import", &Outcome::users_end, wechat, -1},
    {"commission_kept", &Outcome::time_end, wechat, 1},
    {"commission_cut_early", &Outcome::users_2013, wechat, 0},
    {"seller_tax", &Outcome::time_end, weibo, -1},
    {"verified_incentive", &Outcome::time_end, weibo, 0},
    {"service_accounts", &Outcome::time_end, weibo, 1},
    {"third_entrant", &Outcome::users_end, weibo, -1},
    {"hill_climber", &Outcome::ad_revenue, weibo, 1},
    {"hill_climber", &Outcome::time_end, weibo, -1},
    {"no_regulation_shock", &Outcome::time_end, weibo, 1},
};
}  // namespace

TEST_CASE("what-ifs differ from history as their descriptions say") {
  const Outcome history = run("history");
  std::map<std::string, Outcome> seen;
  for (const WhatIf& row : what_ifs) {
    if (seen.count(row.name) == 0) seen.emplace(row.name, run(row.name));
    const double there = (seen.at(row.name).*(row.what)).at(row.platform), here = (history.*(row.what)).at(row.platform);
    INFO(row.name << ": " << there << " against " << here);
    if (row.direction == 0) CHECK(std::abs(there - here) < 0.01 * here);
    if (row.direction != 0) CHECK((there - here) * row.direction > 0.0);
  }
  CHECK(seen.at("third_entrant").users_end.at(2) > 1.0);
}

TEST_CASE("every scenario that is shipped has such a test") {
  std::set<std::string> tested{"history", "tiny", "china_full"};  // what the others are held against, and its sizes
  for (const WhatIf& row : what_ifs) tested.insert(row.name);
  for (const auto& file : std::filesystem::directory_iterator(SPILLWAY_SOURCE_DIR "/scenarios"))
    if (file.path().extension() == ".yaml") {
      INFO(file.path().stem().string());
      CHECK(tested.count(file.path().stem().string()) == 1);
    }
}

namespace {
/// As companies count them, millions.
double monthly_accounts(const World& world, const Tally& tally, std::size_t k) {
  const double users = static_cast<double>(tally.total(Count::monthly_users, k)) / quantum(Count::monthly_users) * world.people_per_agent;
  const PlatformMeasurement& as = world.platforms[k].live.measurement;
  return (as.counted_per_user * users + as.outside_active * as.outside_accounts) / 1e6;
}
}  // namespace

// The calibration has them within 10 % with a million people (sim/ODD.md); the rest is for the luck of fewer.
TEST_CASE("history's monthly accounts lie within 20 % of the record at the end of 2012 and 2013") {
  const LoadedScenario loaded =
      load_scenario(SPILLWAY_SOURCE_DIR "/scenarios/history.yaml", {"population.users=300000", "time.end=2013-12-31"});
  const auto world = build_world(loaded.scenario, {available_threads(), {}});
  Engine engine(*world);
  const double end_of_2012 = make_date(2012, 12, 31).days - loaded.scenario.time.start.days;
  double accounts[2][2] = {};
  while (engine.ticks_done() < tick_count(loaded.scenario.time)) {
    const Tally& tally = engine.tick();
    for (std::size_t k = 0; k < 2; ++k)
      for (const int year : {0, 1})
        if (year == 1 || world->view.now.start <= end_of_2012) accounts[k][year] = monthly_accounts(*world, tally, k);
  }
  const double record[2][2] = {{recorded("weibo_mau", "2012-12-31"), recorded("weibo_mau", "2013-12-31")},
                               {recorded("wechat_mau_target", "2012-12-31"), recorded("wechat_mau_target", "2013-12-31")}};
  for (std::size_t k = 0; k < 2; ++k)
    for (std::size_t year = 0; year < 2; ++year) {
      INFO((k == 0 ? "weibo " : "wechat ") << 2012 + year << ": " << accounts[k][year] << " against " << record[k][year]);
      CHECK(std::abs(accounts[k][year] / record[k][year] - 1.0) < 0.20);
    }
}
