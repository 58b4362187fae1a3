// D1: a person's attention is all of the day, and none of it goes where the person is no member.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "support/busy_market.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

namespace {
struct Worst {
  double sum_error = 0.0, of_outsiders = 0.0, most = 0.0, least = 1.0;
  std::size_t members = 0;
};

void add(const PanelRows& row, std::size_t platforms, Worst& worst) {
  for (std::size_t user = 0; user < row.outside_share.size(); ++user) {
    double sum = static_cast<double>(row.outside_share[user]);
    for (std::size_t cell = user * platforms; cell < (user + 1) * platforms; ++cell) {
      const double share = static_cast<double>(row.attention_share[cell]);
      sum += share;
      if (row.status[cell] != 1) worst.of_outsiders = std::max(worst.of_outsiders, std::abs(share));
      if (row.status[cell] != 1) continue;
      ++worst.members;
      worst.most = std::max(worst.most, share);
      worst.least = std::min(worst.least, share);
    }
    worst.sum_error = std::max(worst.sum_error, std::abs(sum - 1.0));
  }
}
}  // namespace

TEST_CASE("D1: attention shares and the outside share sum to one") {
  const bool third = GENERATE(false, true);
  Run run(busy_market(3001, third));
  const PanelUsers all = everybody(*run.world);
  Worst worst;
  for (int tick = 0; tick < 52; ++tick) add(run.watch(all), all.platforms, worst);
  CHECK(worst.sum_error < 1e-6);
  CHECK(worst.of_outsiders == 0.0);
  CHECK(worst.members > 50'000);  // the laws above were tried on something
  CHECK(worst.least > 0.0);
  CHECK(worst.most < 1.0);
}

// Utilities far outside what people have must not break the law either: exponentials are capped.
TEST_CASE("D1: extreme utilities") {
  const double utility = GENERATE(-50.0, 50.0);
  Scenario s = busy_market(600, true);
  for (auto& [name, platform] : s.platforms) platform.intrinsic_utility = utility;
  s.attention.nest_parameter = GENERATE(0.5, 0.8, 1.0);
  Run run(s);
  const PanelUsers all = everybody(*run.world);
  Worst worst;
  for (int tick = 0; tick < 20; ++tick) add(run.watch(all), all.platforms, worst);
  CHECK(worst.sum_error < 1e-6);
  CHECK(worst.of_outsiders == 0.0);
}

}  // namespace spillway::testing
