#include "report/sweep_charts.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "support/made_sensitivity.hpp"
#include "support/sample_sweeps.hpp"

using namespace spillway;
using namespace spillway::testing;

namespace {
const std::vector<std::string> three{"marketplace.commission", "platforms.weibo.ads.load", "habit.memory"};

std::vector<Section> charts_with(SensitivityMethod method, const std::vector<double>& leading) {
  const Sensitivity sensitivity = made_sensitivity(method, three, leading, 0.01, 2);
  return sweep_charts(sweep_table(sampled_market(DesignKind::saltelli).make()), &sensitivity);
}
std::vector<std::string> ids(const Section& section) {
  std::vector<std::string> found;
  for (const Chart& chart : section.charts) found.push_back(chart.id);
  return found;
}
using Words = std::vector<std::string>;
}  // namespace

TEST_CASE("Sobol: bars by total influence, pairs of factors", "[sweep]") {
  const auto sections = charts_with(SensitivityMethod::sobol, {0.2, 0.6, 0.1});
  REQUIRE(sections.size() == 1);  // the sensitivity has one outcome only
  CHECK(sections[0].title == "WeChat’s monthly active users at the end");
  CHECK(ids(sections[0]) == Words{"monthly_active_users_wechat_end_influence", "monthly_active_users_wechat_end_pairs"});
  const Chart& bars = sections[0].charts[0];
  CHECK(bars.kind == ChartKind::intervals);
  CHECK(bars.percent);
  REQUIRE(bars.rows.size() == 3);
  CHECK(bars.rows[0].label == "Weibo’s ads load");
  CHECK(bars.rows[2].role == Role::uncertainty);
  CHECK(bars.rows[0].values[0].value == Approx(0.54));
  CHECK(bars.rows[0].values[1].low == Approx(0.59));
  CHECK(bars.note.find("mean 590 million people, standard deviation 12 million people; luck makes up 3.0 % of that variance.") !=
        std::string::npos);
  CHECK(sections[0].charts[1].rows[0].label == "marketplace commission × Weibo’s ads load");
  CHECK(sections[0].charts[1].rows[0].role == Role::neither);
}

TEST_CASE("Morris: bars of mu*, and sigma against it with guides", "[sweep]") {
  const auto sections = charts_with(SensitivityMethod::morris, {1e6, 4e6, 2e6});
  REQUIRE(sections[0].charts.size() == 2);
  CHECK(sections[0].charts[0].unit == "people");
  CHECK(sections[0].charts[0].rows[1].label == "habit memory");
  const Chart& square = sections[0].charts[1];
  CHECK(square.kind == ChartKind::scatter);
  REQUIRE(square.points.size() == 3);
  CHECK(square.points[0].x.value == 4e6);
  CHECK(square.points[0].y.value == 1e6);
  CHECK(square.guides[0].slope == 1);
}

TEST_CASE("correlations are ordered by size and keep their sign", "[sweep]") {
  const Chart chart = charts_with(SensitivityMethod::prcc, {0.3, -0.9, NAN})[0].charts[0];
  CHECK(chart.rows[0].values[0].value == -0.9);
  CHECK(chart.rows[1].values[0].value == 0.3);
  CHECK(std::isnan(chart.rows[2].values[0].value));
  CHECK_FALSE(chart.percent);
}

TEST_CASE("a grid shows cells for pairs of factors and panels along each", "[sweep]") {
  const auto sections = sweep_charts(sweep_table(gridded_market().make()), nullptr);
  REQUIRE(sections.size() == 2);
  CHECK(ids(sections[0]).size() == 4);
  const Chart& cells = sections[0].charts[0];
  CHECK(cells.kind == ChartKind::heat);
  CHECK(cells.title == "WeChat’s monthly active users at the end by ad load and date of “Weibo bans WeChat”");
  CHECK(cells.axes[0].values.size() == 7);
  CHECK(cells.axes[1].values.size() == 5);
  CHECK(cells.cells.size() == 35);
  const Chart& panels = sections[0].charts[3];
  CHECK(panels.kind == ChartKind::effects);
  CHECK(panels.panels.size() == 3);
  CHECK(panels.panels[2].role == Role::uncertainty);
}

TEST_CASE("one at a time shows bars from the first point and panels", "[sweep]") {
  const auto sections = sweep_charts(sweep_table(gridded_market(DesignKind::one_at_a_time).make()), nullptr);
  CHECK(ids(sections[1]) == Words{"weibo_gain_influence", "weibo_gain_effects"});
  CHECK(sections[1].charts[0].stacks == Words{"at its lowest", "at its highest"});
}

TEST_CASE("sampled points without indices have no charts, outcomes without a number none either", "[sweep]") {
  CHECK(sweep_charts(sweep_table(sampled_market(DesignKind::latin_hypercube).make()), nullptr).empty());
  MadeSweep sweep = gridded_market();
  sweep.outcomes[0].value = [](const MadeSweep::Point&, std::size_t) { return NAN; };
  CHECK(sweep_charts(sweep_table(sweep.make()), nullptr).size() == 1);
}
