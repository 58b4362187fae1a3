#include "report/charts.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "analysis/ensemble.hpp"
#include "support/ensembles.hpp"

using namespace spillway;
using testing::MadeRun;
using Words = std::vector<std::string>;

namespace {
const Chart* find(const std::vector<Section>& sections, const std::string& id) {
  for (const Section& section : sections)
    for (const Chart& chart : section.charts)
      if (chart.id == id) return &chart;
  return nullptr;
}
const Chart& at(const std::vector<Section>& sections, const std::string& id) {
  const Chart* chart = find(sections, id);
  REQUIRE(chart != nullptr);
  return *chart;
}

/// Replicate r has 1000 + 100 r users (weibo) and 2000 + 100 r (wechat), and `more` times r + 1 more on wechat.
Recording run_of(int replicate, double more) {
  MadeRun made;
  made.replicate = replicate;
  made.users = [=](std::size_t, std::size_t k) {
    return 1000.0 * static_cast<double>(k + 1) + 100 * replicate + (k == 1 ? more * (replicate + 1) : 0);
  };
  return made.make();
}
Recording two_worlds() {
  std::vector<Runs> worlds{{"history", {}}, {"no_ban", {}}};
  for (int r = 0; r < 3; ++r) {
    worlds[0].replicates.push_back(run_of(r, 0));
    worlds[1].replicates.push_back(run_of(r, 10));
  }
  return ensemble(worlds);
}
}  // namespace

TEST_CASE("a curve is the median of the runs, its band their 5 and 95 % quantiles", "[charts]") {
  const auto sections = charts(two_worlds());
  const Chart& chart = at(sections, "monthly_active_users");
  CHECK(chart.kind == ChartKind::lines);
  CHECK(chart.zero);
  REQUIRE(chart.lines.size() == 4);
  const Line& line = chart.lines[3];
  CHECK(line.label == "Wechat, no ban");
  CHECK(line.world == 1);
  CHECK(line.platform == 1);
  REQUIRE(line.mid.size() == 3);
  CHECK(line.mid[0] == 2120);          // 2010, 2120, 2230
  CHECK(line.low[0] == Approx(2021));  // a tenth of the way from the first to the second
  CHECK(line.high[2] == Approx(2219));
}

TEST_CASE("differences are taken replicate by replicate", "[charts]") {
  const auto sections = charts(two_worlds());
  const Chart& chart = at(sections, "monthly_active_users_difference");
  CHECK_FALSE(chart.zero);
  CHECK(chart.title == "Monthly active users: difference from “history”");
  REQUIRE(chart.lines.size() == 2);
  CHECK(chart.lines[0].label == "Weibo");
  CHECK(chart.lines[0].mid[1] == 0);
  CHECK(chart.lines[1].world == 1);
  CHECK(chart.lines[1].mid[1] == 20);  // 10, 20, 30: the spread of 100 between replicates is gone
  CHECK(chart.lines[1].low[1] == Approx(11));
  CHECK(chart.lines[1].high[1] == Approx(29));
  CHECK(find(sections, "joins_by_cause_difference") == nullptr);  // it is 0 throughout
}

TEST_CASE("what is counted over time is summed by year, by cause", "[charts]") {
  MadeRun made;
  made.start = "2010-12-20";  // rows start on 20 and 27 December and 3 January
  const auto sections = charts(ensemble({{"history", {made.make()}}}));
  const Chart& chart = at(sections, "joins_by_cause");
  CHECK(chart.kind == ChartKind::bars);
  CHECK(chart.categories == Words{"2010", "2011"});
  CHECK(chart.stacks == Words{"by themselves", "drawn by friends", "led by sellers' promotion"});
  REQUIRE(chart.groups.size() == 2);
  CHECK(chart.groups[1].label == "Wechat");
  CHECK(chart.groups[1].values[0] == std::vector<double>{40, 80, 120});  // two rows of 20, 40, 60
  CHECK(chart.groups[1].values[1] == std::vector<double>{20, 40, 60});
  CHECK(chart.note.find("2010 starts on 20 December. 2011 ends on 9 January.") != std::string::npos);
}

TEST_CASE("a complete year is not called incomplete", "[charts]") {
  MadeRun made;
  made.days.clear();
  for (int week = 0; week < 53; ++week) made.days.push_back(7.0 * week);
  const auto sections = charts(ensemble({{"history", {made.make()}}}));  // 1 January to 6 January of the next year
  CHECK(at(sections, "joins_by_cause").note == "Accounts opened in each year, by what brought people there.");
}

TEST_CASE("flows go to the platform on which they end, without the outside", "[charts]") {
  const auto sections = charts(ensemble({{"history", {MadeRun{}.make()}}}));
  const Chart& chart = at(sections, "account_flow");
  CHECK(chart.stacks == Words{"from Weibo", "from Wechat"});
  REQUIRE(chart.groups.size() == 2);
  CHECK(chart.groups[1].label == "to Wechat");
  // three rows; the flow from place a to place b is 3 a + b, the outside being place 0
  CHECK(std::isnan(chart.groups[0].values[0][0]));
  CHECK(chart.groups[0].values[0][1] == 3 * 7);
  CHECK(chart.groups[1].values[0][0] == 3 * 5);
}

TEST_CASE("differences of what is counted are added up", "[charts]") {
  Recording other = MadeRun{}.make();
  for (Variable& variable : other.variables)
    if (variable.name == "joins")
      for (double& v : std::get<std::vector<double>>(variable.values)) v += 1;  // in each of three causes
  const auto sections = charts(ensemble({{"history", {MadeRun{}.make()}}, {"more", {other}}}));
  const Chart& chart = at(sections, "joins_by_cause_difference");
  CHECK(chart.title == "People who joined: difference from “history”, added up");
  CHECK(chart.unit == "people");
  REQUIRE(chart.lines.size() == 2);
  CHECK(chart.lines[0].mid == std::vector<double>{3, 6, 9});
  CHECK(chart.lines[0].low.empty());  // a single run has no band
}

TEST_CASE("charts without their series vanish, and with them their sections", "[charts]") {
  const auto sections = charts(ensemble({{"history", {MadeRun{}.make()}}}));
  Words ids;
  for (const Section& section : sections) ids.push_back(section.id);
  CHECK(ids == Words{"users", "reasons", "flows"});
}

TEST_CASE("policies are shown where worlds differ", "[charts]") {
  Recording other = MadeRun{}.make();
  for (Variable& variable : other.variables)
    if (variable.path() == "policy/ads_load") std::get<std::vector<double>>(variable.values)[5] = 0.3;  // wechat, last row
  const auto sections = charts(ensemble({{"history", {MadeRun{}.make()}}, {"ads", {other}}}));
  const Chart& chart = at(sections, "policy_ads_load");
  CHECK(chart.title == "Policy: ads load");
  CHECK(chart.percent);
  CHECK(chart.note.find("platforms.NAME.ads.load") != std::string::npos);
  REQUIRE(chart.lines.size() == 2);
  CHECK(chart.lines[1].label == "Wechat, ads");
  CHECK(chart.lines[1].mid[2] == Approx(0.3));
}

TEST_CASE("a platform that a world lacks has no curve there", "[charts]") {
  MadeRun third;
  third.platforms = {"weibo", "wechat", "laiwang"};
  const auto sections = charts(ensemble({{"history", {MadeRun{}.make()}}, {"third", {third.make()}}}));
  CHECK(at(sections, "monthly_active_users").lines.size() == 5);
  CHECK(find(sections, "monthly_active_users_difference") == nullptr);  // where both exist they are equal
}

TEST_CASE("long series are thinned from the last row back", "[charts]") {
  CHECK(shown_rows(most_points).size() == most_points);
  const auto rows = shown_rows(2 * most_points + 1);
  CHECK(rows.size() <= most_points);
  CHECK(rows.back() == 2 * most_points);
  CHECK(rows[1] - rows[0] == 3);
}
