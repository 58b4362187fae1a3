// Whether intervals of comparisons mean what they say, through the real engine: of many comparisons of 8 pairs, the share whose
// interval has the truth in it. 400 comparisons are a long campaign (scripts/test --long); the tests of every change make 40.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "analysis/paired.hpp"
#include "base/parallel.hpp"
#include "study/world_tree.hpp"

using namespace spillway;

namespace {
constexpr std::size_t pairs_each = 8, platforms = 2;

/// Monthly users at the end, [replicate], on one platform.
using Ends = std::vector<double>;
struct Pool {
  Ends baseline[platforms], other[platforms];
};

/// Members of replicates of two worlds, enough for all comparisons.
Pool simulate(const LoadedScenario& a, const LoadedScenario& b, std::size_t comparisons) {
  const std::size_t count = comparisons * pairs_each;
  Pool pool;
  for (std::size_t k = 0; k < platforms; ++k) pool.baseline[k] = pool.other[k] = Ends(count);
  for_blocks(count, 1, available_threads(), [&](int, std::size_t first, std::size_t last) {
    for (std::size_t r = first; r < last; ++r) {
      LoadedScenario worlds[] = {a, b};
      for (LoadedScenario& world : worlds) world.scenario.replicate = static_cast<std::uint32_t>(r);
      const auto runs = grow(plan_trees({&worlds[0], &worlds[1]}), {&worlds[0], &worlds[1]}, 1, [] { return true; });
      for (std::size_t k = 0; k < platforms; ++k) {
        const auto end = [&](const Recording& run) {
          const Variable& users = run.at("monthly_active_users");
          return value_at(users, length(users.values) - platforms + k);
        };
        pool.baseline[k][r] = end(runs[0]);
        pool.other[k][r] = end(runs[1]);
      }
    }
  });
  return pool;
}

double mean_difference(const Pool& pool, std::size_t k) {
  return (std::accumulate(pool.other[k].begin(), pool.other[k].end(), 0.0) -
          std::accumulate(pool.baseline[k].begin(), pool.baseline[k].end(), 0.0)) /
         static_cast<double>(pool.other[k].size());
}

double covered(const Pool& pool, std::size_t k, double truth) {
  const std::size_t comparisons = pool.baseline[k].size() / pairs_each;
  std::size_t hits = 0;
  for (std::size_t c = 0; c < comparisons; ++c) {
    const std::span a(pool.baseline[k].data() + c * pairs_each, pairs_each), b(pool.other[k].data() + c * pairs_each, pairs_each);
    const Paired paired = compare_pairs(a, b, 0.95);
    hits += paired.difference.low <= truth && truth <= paired.difference.high;
  }
  return static_cast<double>(hits) / static_cast<double>(comparisons);
}

LoadedScenario market(const std::string& name, const char* users, const char* seed) {
  return load_scenario(SPILLWAY_SOURCE_DIR "/scenarios/" + name + ".yaml",
                       {std::string("population.users=") + users, "time.end=2013-06-30", std::string("seed=") + seed});
}

// Hits are binomial: 0.95 -+ 3.3 standard deviations, which for 400 is 0.914 to 0.986.
void check(const char* what, const Pool& pool, std::size_t k, double truth) {
  const double share = covered(pool, k, truth), count = static_cast<double>(pool.baseline[k].size() / pairs_each);
  std::printf("platform %zu, %s: true difference %.3g, in %.1f %% of %.0f intervals\n", k, what, truth, 100 * share, count);
  CHECK(std::abs(share - 0.95) <= 3.3 * std::sqrt(0.95 * 0.05 / count));
}

// Differences of two seeds are symmetric about 0, so that few users do.
void check_itself(std::size_t comparisons) {
  const Pool pool = simulate(market("history", "2000", "1"), market("history", "2000", "2"), comparisons);
  for (std::size_t k = 0; k < platforms; ++k) check("itself with other seeds", pool, k, 0.0);
}
}  // namespace

TEST_CASE("intervals of 40 comparisons of a scenario with itself cover 0") { check_itself(40); }
TEST_CASE("intervals of 400 comparisons of a scenario with itself cover 0", "[.long]") { check_itself(400); }

// With 2,000 users the difference that Moments makes is skewed (WeChat takes off late in some worlds, skewness -2.6 on Weibo), and only
// 80 % of Student's intervals of 8 pairs have it: the program says so below 20,000 users, where the skewness is -0.7.
TEST_CASE("intervals of 400 comparisons cover a difference known from 3,200 pairs", "[.long]") {
  const Pool pool = simulate(market("history", "20000", "1"), market("no_moments", "20000", "1"), 400);
  for (std::size_t k = 0; k < platforms; ++k) check("history and no_moments", pool, k, mean_difference(pool, k));
}
