// The historical scenario in weekly, half-weekly and daily ticks: how far results hinge on the step. A long campaign
// (scripts/test --long), because a per-cent difference of two stochastic runs takes hundreds of thousands of users.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>

#include "run/history_runs.hpp"

using namespace spillway;
using namespace spillway::testing;

namespace {
constexpr int seeds = 5;
constexpr const char* users = "population.users=300000";

// A launch with ten times the pulse starts with more than a thousand agents instead of a few hundred: its luck is a third.
const std::vector<std::string> as_it_is, quiet_launch{"platforms.weibo.launch_pulse=0.001", "platforms.wechat.launch_pulse=0.001"};

Users run_of(const std::vector<std::string>& variant, const std::string& step, int seed) {
  std::vector<std::string> sets{users, "time.step=" + step, "record.every=7 d", "seed=" + std::to_string(seed)};
  sets.insert(sets.end(), variant.begin(), variant.end());
  return year_ends(sets);
}

Users mean_over_seeds(const std::vector<std::string>& variant, const std::string& step) {
  Users mean{};
  for (int seed = 1; seed <= seeds; ++seed) {
    const Users one = run_of(variant, step, seed);
    for (std::size_t k = 0; k < 2; ++k)
      for (int y = 0; y < years; ++y) mean[k][static_cast<std::size_t>(y)] += one[k][static_cast<std::size_t>(y)] / seeds;
  }
  return mean;
}

/// Per cent from daily; printed as a table; returns the mean of the sizes.
double deviation(const char* step, const Users& run, const Users& daily, double& largest) {
  double sum = 0.0;
  largest = 0.0;
  for (std::size_t k = 0; k < 2; ++k) {
    std::printf("%-6s %-8s", step, k == 0 ? "weibo" : "wechat");
    for (int y = 0; y < years; ++y) {
      const double percent = 100.0 * (run[k][static_cast<std::size_t>(y)] / daily[k][static_cast<std::size_t>(y)] - 1.0);
      std::printf("%8.2f", percent);
      sum += std::abs(percent) / (2 * years);
      largest = std::max(largest, std::abs(percent));
    }
    std::printf("\n");
  }
  return sum;
}

/// Both finer and coarser against daily; mean and largest sizes of the deviations.
struct Comparison {
  double of_weekly, of_half, largest_weekly = 0, largest_half = 0;
  explicit Comparison(const std::vector<std::string>& variant) {
    const Users daily = mean_over_seeds(variant, "1 d");
    std::printf(
        "monthly active users, per cent from daily, mean of %d seeds, 300,000 users%s\nstep   platform    2013    2014    2015    2016\n",
        seeds, variant.empty() ? "" : ", launch pulse ten times larger");
    of_weekly = deviation("7 d", mean_over_seeds(variant, "7 d"), daily, largest_weekly);
    of_half = deviation("3.5 d", mean_over_seeds(variant, "3.5 d"), daily, largest_half);
    std::printf("mean size: %.2f weekly, %.2f half-weekly\n", of_weekly, of_half);
  }
};
}  // namespace

TEST_CASE("weekly agrees with daily history within 5 %", "[.long]") { CHECK(Comparison(as_it_is).largest_weekly <= 5.0); }

// First order in the step h: deviations from daily go as h - 1 d, so 2.5 / 6 = 0.42 of the weekly one is expected. One run's users
// scatter by 1.6 % at this size (4 % at 50,000), by a third of that after the larger launch; the mean of five by 0.24 %, a
// difference by 0.34 %, the mean size of eight correlated ones by about as much: 0.2 of the weekly deviation of some 1.6 %.
TEST_CASE("the deviation from daily history about halves when the step is halved", "[.long]") {
  const Comparison compared(quiet_launch);
  CHECK(compared.of_half <= (0.42 + 2 * 0.2) * compared.of_weekly);
}
