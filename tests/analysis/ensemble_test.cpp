#include "analysis/ensemble.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.hpp"
#include "store/trajectory.hpp"
#include "support/ensembles.hpp"
#include "support/temporary_folder.hpp"

using namespace spillway;
using testing::MadeRun;
using Words = std::vector<std::string>;

namespace {
/// Replicate r of a world whose users are `base` plus 100 per platform, 1 per row and 10 per replicate.
Recording run_of(int replicate, double base, const std::string& title) {
  MadeRun made;
  made.title = title;
  made.replicate = replicate;
  made.users = [=](std::size_t t, std::size_t k) {
    return base + 100.0 * static_cast<double>(k) + static_cast<double>(t) + 10.0 * static_cast<double>(replicate);
  };
  return made.make();
}

std::vector<Runs> two_worlds() {
  std::vector<Runs> worlds{{"history", {}}, {"no_ban", {}}};
  for (int r = 0; r < 3; ++r) worlds[0].replicates.push_back(run_of(r, 1000, "History"));
  for (int r = 1; r < 3; ++r) worlds[1].replicates.push_back(run_of(r, 2000, "No ban"));
  return worlds;
}
}  // namespace

TEST_CASE("an ensemble has each run's values in their place, NaN where there is no run", "[ensemble]") {
  const Recording all = ensemble(two_worlds());
  CHECK(is_ensemble(all));
  CHECK_FALSE(is_ensemble(run_of(0, 0, "one")));
  CHECK(labels(all, "world") == Words{"history", "no_ban"});
  CHECK(std::get<std::vector<std::int32_t>>(all.at("replicate").values) == std::vector<std::int32_t>{0, 1, 2});
  const Variable& users = all.at("monthly_active_users");
  CHECK(users.dims == Words{"world", "replicate", "time", "platform"});
  CHECK(users.attributes == Attributes{{"cell_methods", "time: point"}});
  const Series series(all, "monthly_active_users");
  CHECK(series.worlds() == 2);
  CHECK(series.replicates() == 3);
  CHECK(series.times() == 3);
  CHECK(series.platforms() == 2);
  CHECK(series.seconds() == 1);
  CHECK(series.value(0, 2, 1, 1) == 1000 + 100 + 1 + 20);
  CHECK(series.value(1, 1, 2, 0) == 2000 + 2 + 10);
  CHECK(std::isnan(series.value(1, 0, 0, 0)));  // the second world has no replicate 0
  CHECK(Series(all, "joins").value(1, 2, 0, 1, 2) == 60);
  CHECK(Series(all, "account_flow").value(0, 0, 2, 1, 2) == 5);
  CHECK(all.find("state_hash") == nullptr);
  CHECK_THROWS_AS(series.value(2, 0, 0, 0), Bug);
}

TEST_CASE("bands are quantiles over the replicates that there are", "[ensemble]") {
  const Recording all = ensemble(two_worlds());
  const Series bands(all, "bands/monthly_active_users");
  CHECK(bands.variable().dims == Words{"world", "quantile", "time", "platform"});
  // 1000, 1010, 1020: the 5 % quantile lies a tenth of the way from the first to the second
  CHECK(bands.value(0, 0, 0, 0) == Approx(1001));
  CHECK(bands.value(0, 1, 0, 0) == Approx(1005));
  CHECK(bands.value(0, 2, 0, 0) == 1010);
  CHECK(bands.value(0, 4, 0, 0) == Approx(1019));
  CHECK(bands.value(1, 2, 0, 0) == 2015);  // 2010 and 2020
  CHECK(quantile({}, 0.5) != quantile({}, 0.5));
  CHECK(quantile({3, std::nan(""), 1}, 0.5) == 2);
  CHECK(quantile({7}, 0.95) == 7);
}

TEST_CASE("an ensemble says what its worlds are", "[ensemble]") {
  const Recording all = ensemble(two_worlds());
  CHECK(all.attribute("title") == "History | No ban");
  CHECK(all.attribute("replicate").empty());
  CHECK(all.attribute("seed") == "7");
  CHECK(labels(all, "world_title") == Words{"History", "No ban"});
  CHECK(labels(all, "world_description")[1] == "What No ban says.");
  CHECK(labels(all, "world_file")[0] == "scenarios/made.yaml");
  CHECK(all.text("worlds/no_ban/scenario_resolved") == "title: As it was\n");
  CHECK(all.text("worlds/history/scenario_yaml") == "extends: x.yaml\n");
  CHECK(labels(all, "events/event") == Words{"history/ban", "no_ban/ban"});
  CHECK(value_at(all.at("events/of_world"), 1) == 1);
  CHECK(value_at(all.at("events/on"), 1) == 7);
  CHECK(all.at("policy/ads_load").dims == Words{"world", "time", "platform"});
  CHECK(value_at(all.at("policy/ads_load"), 1) == Approx(0.1));
  const Words digests = labels(all, "digest");
  CHECK(digests[0] == digest(two_worlds()[0].replicates[0]));
  CHECK(digests[3].empty());
  CHECK(to_text(dates(all)[2]) == "2010-01-15");
}

TEST_CASE("worlds may end earlier, and have other platforms in another order", "[ensemble]") {
  MadeRun early, third;
  early.days = {0, 7};
  third.platforms = {"wechat", "laiwang", "weibo"};
  third.events = {};
  const Recording all = ensemble({{"early", {early.make()}}, {"third", {third.make()}}});
  CHECK(labels(all, "platform") == Words{"weibo", "wechat", "laiwang"});
  CHECK(labels(all, "from") == Words{"outside", "weibo", "wechat", "laiwang"});
  const Series users(all, "monthly_active_users");
  CHECK(users.times() == 3);
  CHECK(users.value(0, 0, 1, 0) == 101);
  CHECK(std::isnan(users.value(0, 0, 2, 0)));
  CHECK(std::isnan(users.value(0, 0, 0, 2)));
  CHECK(users.value(1, 0, 0, 0) == 300);  // weibo is the third platform there
  CHECK(users.value(1, 0, 0, 2) == 200);
  CHECK(Series(all, "account_flow").value(1, 0, 0, 1, 2) == 4 * 3 + 1);  // from its fourth place to its second
}

TEST_CASE("runs that cannot be put side by side are refused", "[ensemble]") {
  MadeRun plain, later, daily;
  later.start = "2010-01-02";
  daily.days = {0, 1, 2};
  CHECK_THROWS_WITH(ensemble({{"a", {plain.make()}}, {"b", {later.make()}}}), Catch::Contains("'b' is recorded on other days than 'a'"));
  CHECK_THROWS_AS(ensemble({{"a", {plain.make()}}, {"b", {daily.make()}}}), InputError);
  CHECK_THROWS_WITH(ensemble({{"a", {plain.make(), plain.make()}}}), Catch::Contains("'a' has replicate 0 twice"));
}

TEST_CASE("an ensemble goes into a file and comes back the same", "[ensemble]") {
  const test::TemporaryFolder folder;
  const Recording all = ensemble(two_worlds());
  write_recording(all, folder / "all.h5");
  CHECK(digest(read_recording(folder / "all.h5")) == digest(all));
}

TEST_CASE("an ensemble with a run that stopped early is stopped, and says why", "[ensemble]") {
  std::vector<Runs> worlds = two_worlds();
  CHECK(ensemble(worlds).attribute("status") == "complete");
  CHECK(ensemble(worlds).attribute("stop_reason").empty());
  for (auto& [name, value] : worlds[1].replicates[1].attributes) {
    if (name == "status") value = "stopped";
    if (name == "stop_reason") value = "Ctrl-C on 2010-01-15";
  }
  CHECK(ensemble(worlds).attribute("status") == "stopped");
  CHECK(ensemble(worlds).attribute("stop_reason") == "Ctrl-C on 2010-01-15 (1 of 5 runs)");
  for (auto& [name, value] : worlds[1].replicates[1].attributes) {
    if (name == "status") value = "running";  // killed
    if (name == "stop_reason") value = "";
  }
  CHECK(ensemble(worlds).attribute("stop_reason") == "not run to the end (1 of 5 runs)");
}
