// D31: a step of ad load costs beta dA of utility at once and (beta + kappa) dA in the long run.
#include <catch2/catch.hpp>
#include <cmath>

#include "support/runs.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

namespace {
constexpr double flow = 0.35, stock = 0.70, memory = 150.0, load = 0.2;

/// Utility of all users on the platform in each tick, the step of load coming with tick 10.
std::vector<std::vector<double>> utilities(double cv, std::uint32_t users, int ticks) {
  Scenario s = still_market(users, {-1.0});
  s.population.ad_sensitivity_cv = cv;
  intervene(s, 0, "ads.load", load, 70);
  Run run(s);
  const PanelUsers all = everybody(*run.world);
  std::vector<std::vector<double>> rows;
  for (int tick = 0; tick < ticks; ++tick) {
    const PanelRows row = run.watch(all);
    rows.emplace_back(row.utility.begin(), row.utility.end());
  }
  return rows;
}
}  // namespace

TEST_CASE("D31: nuisance of ads grows threefold with the time of irritation") {
  const auto rows = utilities(0.0, 20, 10 + 300);
  const double before = rows[9][0], at_once = before - rows[10][0];
  CHECK(before == Approx(-1.0).margin(1e-6));
  CHECK(at_once == Approx(flow * load).epsilon(1e-5));  // utilities near 1 have steps of 6e-8
  double worst = 0.0;
  for (std::size_t tick = 10; tick < rows.size(); ++tick) {
    const double days = 7.0 * static_cast<double>(tick - 10);
    const double expected = load * (flow + stock * (1.0 - std::exp(-days / memory)));
    worst = std::max(worst, std::abs(before - rows[tick][0] - expected));
  }
  CHECK(worst < 1e-5 * load);
  CHECK((before - rows.back()[0]) / at_once == Approx(3.0).epsilon(1e-4));  // e^-14 is left
}

TEST_CASE("D31: the ratio is the same for people of any sensitivity") {
  const auto rows = utilities(0.5, 500, 10 + 300);
  double mean = 0.0;
  for (std::size_t user = 0; user < 500; ++user) {
    const double at_once = rows[9][user] - rows[10][user], at_last = rows[9][user] - rows.back()[user];
    REQUIRE(at_last / at_once == Approx(3.0).epsilon(2e-4));  // the least sensitive lose 0.015: rounding weighs more
    mean += at_once / (flow * load) / 500;
  }
  CHECK(std::abs(mean - 1.0) < 4.0 * 0.5 / std::sqrt(500.0));  // sensitivity: mean 1, sd 0.5
}

}  // namespace spillway::testing
