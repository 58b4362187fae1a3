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
      const auto runs = grow(plan_trees({&worlds[0].scenario, &worlds[1].scenario}), {&worlds[0], &worlds[1]}, 1, [] { return true; });
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

LoadedScenario market(const std::string& name, const std::string& more) {
  return load_scenario(SPILLWAY_SOURCE_DIR "/scenarios/" + name + ".yaml", {"population.users=2000", "time.end=2013-06-30", more});
}

// Hits are binomial: 0.95 -+ 3.3 standard deviations, which for 400 is the 0.914 to 0.986.
void check_coverage(std::size_t comparisons) {
  const double bound = 3.3 * std::sqrt(0.95 * 0.05 / static_cast<double>(comparisons));
  const LoadedScenario history = market("history", "seed=1"), other_seed = market("history", "seed=2"),
                       no_moments = market("no_moments", "seed=1");
  const Pool same = simulate(history, other_seed, comparisons), changed = simulate(history, no_moments, comparisons);
  for (std::size_t k = 0; k < platforms; ++k) {
    const double itself = covered(same, k, 0.0), difference = covered(changed, k, mean_difference(changed, k));
    std::printf("platform %zu: %zu comparisons; itself with other seeds %.3f, true difference %.3g (%.3g of the baseline) %.3f\n", k,
                comparisons, itself, mean_difference(changed, k), mean_difference(changed, k) / changed.baseline[k][0], difference);
    CHECK(std::abs(itself - 0.95) <= bound);
    CHECK(std::abs(difference - 0.95) <= bound);
  }
}
}  // namespace

TEST_CASE("intervals of 40 comparisons cover the truth") { check_coverage(40); }
TEST_CASE("intervals of 400 comparisons cover the truth", "[.][long]") { check_coverage(400); }
