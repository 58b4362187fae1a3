#include "report/sweep_effects.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "support/sample_sweeps.hpp"

using namespace spillway;
using namespace spillway::testing;

namespace {
/// Two factors and an outcome 10 a + b + replicate.
MadeSweep small(DesignKind kind) {
  MadeSweep sweep;
  sweep.factors = {number_factor("a", {"a"}, true, "first", values({2, 1, 3})), number_factor("b", {"b"}, false, "second", values({0, 5}))};
  sweep.design.kind = kind;
  sweep.points = points_of(sweep.factors, sweep.design);
  sweep.replicates = 2;
  sweep.outcomes = {{"y", "members.wechat@end", "1", "members",
                     [](const MadeSweep::Point& p, std::size_t r) { return 10 * p[0] + p[1] + static_cast<double>(r); }}};
  return sweep;
}
}  // namespace

TEST_CASE("an effect is the mean over all runs with the value, in rising order", "[sweep]") {
  const SweepTable table = sweep_table(small(DesignKind::grid).make());
  const EffectPanel panel = effect_of(table, table.outcomes[0], 0);
  CHECK(panel.axis.values == std::vector<double>{1, 2, 3});
  CHECK(panel.axis.labels == std::vector<std::string>{"1", "2", "3"});
  REQUIRE(panel.values.size() == 3);
  CHECK(panel.values[0].value == Approx(13));           // 10, 11, 15, 16
  CHECK(panel.values[0].low == Approx(10 + 0.05 * 3));  // between the first two of four
  CHECK(panel.values[2].high == Approx(35 + (1 - 0.05 * 3)));
  CHECK(swing(panel) == Approx(20));
  CHECK(by_swing(table, table.outcomes[0]) == std::vector<std::size_t>{0, 1});
}

TEST_CASE("one at a time only the points that differ in the factor alone count", "[sweep]") {
  const SweepTable table = sweep_table(small(DesignKind::one_at_a_time).make());
  const EffectPanel panel = effect_of(table, table.outcomes[0], 1);
  REQUIRE(panel.values.size() == 2);
  CHECK(panel.values[0].value == Approx(20.5));  // the base row: a = 2, b = 0
  CHECK(panel.values[1].value == Approx(25.5));
  const std::vector<IntervalRow> rows = tornado(table, table.outcomes[0]);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].label == "a");
  CHECK(rows[0].values[0].value == Approx(-10));
  CHECK(rows[0].values[1].value == Approx(10));
  CHECK(rows[0].values[1].low == Approx(10));  // replicates are pairs: luck cancels
  CHECK(std::isnan(rows[1].values[0].value));  // b's lowest value is the first point itself
  CHECK(rows[1].values[1].value == Approx(5));
}

TEST_CASE("cells are means over other factors and replicates, nothing known is no number", "[sweep]") {
  MadeSweep sweep = small(DesignKind::grid);
  for (std::size_t p = 0; p < sweep.points.size(); ++p)
    if (sweep.points[p] == MadeSweep::Point{3, 5}) sweep.failed = {{p, 0}, {p, 1}};
  const SweepTable table = sweep_table(sweep.make());
  const std::vector<double> cells = cells_of(table, table.outcomes[0], 0, 1);
  REQUIRE(cells.size() == 6);
  CHECK(cells[0] == Approx(10.5));  // a = 1, b = 0
  CHECK(cells[2] == Approx(30.5));
  CHECK(cells[3] == Approx(15.5));  // a = 1, b = 5
  CHECK(std::isnan(cells[5]));
}

TEST_CASE("words keep their order, dates are dates", "[sweep]") {
  const SweepTable table = sweep_table(gridded_market().make());
  const FactorAxis dates = axis_of(table.factors[1]), kinds = axis_of(table.factors[2]);
  CHECK(dates.kind == AxisKind::date);
  CHECK(dates.labels.back() == "26 Nov 2014");
  CHECK(kinds.kind == AxisKind::word);
  CHECK(kinds.labels == std::vector<std::string>{"matchings", "complete"});
}
