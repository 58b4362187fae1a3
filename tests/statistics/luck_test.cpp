// Luck: D8, equal platforms have equal luck; D43, luck averages out over people.
#include <catch2/catch.hpp>

#include "statistics/diffusion_reference.hpp"
#include "support/busy_market.hpp"
#include "support/runs.hpp"
#include "support/samples.hpp"

namespace spillway::testing {

namespace {
using Sample = std::vector<double>;  // one number per replicate

struct Shares {
  Sample members[2], attention[2];
};

/// Shares on both platforms after a year, of all agents.
Shares replicates(Scenario s, int count) {
  Shares shares;
  for (int r = 0; r < count; ++r) {
    s.replicate = static_cast<std::uint32_t>(r);
    Run run(s);
    const Tally& tally = run.ticks(52);
    for (std::size_t k = 0; k < 2; ++k) {
      shares.members[k].push_back(static_cast<double>(run.world->platforms[k].active) / s.population.users);
      shares.attention[k].push_back(static_cast<double>(tally.total(Count::attention, k)) / quantum(Count::attention) / s.population.users);
    }
  }
  return shares;
}

/// All mechanisms at work, on two platforms that differ by name only.
Scenario twins() {
  Scenario s = busy_market(512);
  s.platforms = {{"left", busy_stage()}, {"right", busy_stage()}};
  s.interventions.clear();
  return s;
}

// The platforms of one replicate share its people, so differences are taken within replicates; for the two-sample test, which
// needs independent samples, the one platform is taken from the first half of the replicates and the other from the second.
void check_alike(const Sample& left, const Sample& right) {
  Sample difference;
  for (std::size_t r = 0; r < left.size(); ++r) difference.push_back(left[r] - right[r]);
  const Moments d = moments_of(difference);
  CHECK(d.variance > 0.0);
  CHECK(std::abs(d.mean) < 4.0 * d.error);
  const auto half = static_cast<std::ptrdiff_t>(left.size() / 2);
  CHECK(largest_gap({left.begin(), left.begin() + half}, {right.begin() + half, right.end()}) <
        gap_at_one_per_cent(left.size() / 2, left.size() / 2));
}
}  // namespace

TEST_CASE("D8: identical platforms have the same distribution of shares") {
  Scenario s = twins();
  SECTION("people on several platforms") {}
  SECTION("one home, and nearly everybody could join either") {
    s.adoption.homing = Homing::single;
    for (auto& [name, platform] : s.platforms) platform.innovation_rate = 30.0;
  }
  const Shares shares = replicates(s, 400);
  check_alike(shares.members[0], shares.members[1]);
  check_alike(shares.attention[0], shares.attention[1]);
}

// Without anything that links them, two platforms are two experiments: the correlation of n pairs scatters by 1/sqrt(n).
TEST_CASE("D8: platforms that do not touch each other have independent luck") {
  Scenario s = bass(512, 0.5, 4.0);
  s.platforms.emplace_back("other", s.platforms[0].second);
  const Shares shares = replicates(s, 400);
  CHECK(std::abs(correlation(shares.members[0], shares.members[1])) < 4.0 / std::sqrt(400.0));
}

// Twice the people, half the variance. Suppliers are the same on every platform and for everybody: which of the few popular
// ones are where is luck that does not average out over people. The logarithm of a variance from n replicates scatters by
// sqrt(2/n): shares are sums over many people, nearly normal.
TEST_CASE("D43: the variance between replicates falls as 1/N") {
  constexpr int count = 400;
  Scenario s = busy_market(256);
  for (auto& [name, platform] : s.platforms) platform.sellers.presence = 1.0;
  s.interventions.clear();
  Scenario twice = s;
  twice.population.users = 512;
  const Shares small = replicates(s, count), large = replicates(twice, count);
  const double bound = 4.0 * std::sqrt(2.0 * 2.0 / count);
  for (std::size_t k = 0; k < 2; ++k) {
    INFO("platform " << k);
    CHECK(std::abs(std::log(0.5 * moments_of(small.members[k]).variance / moments_of(large.members[k]).variance)) < bound);
    CHECK(std::abs(std::log(0.5 * moments_of(small.attention[k]).variance / moments_of(large.attention[k]).variance)) < bound);
  }
}

// Bass under complete mixing near its peak, where N times the variance is known up to terms of order q/(pN), 0.6 %; rates times four.
TEST_CASE("D43: the variance between replicates is that of linear noise") {
  constexpr int count = 1000;
  constexpr std::uint32_t users = 2000;
  const Rates rates{0.12, 1.52};
  Scenario s = bass(users, rates.innovation, rates.imitation);
  Sample shares;
  double years = 0.0;
  for (int r = 0; r < count; ++r) {
    s.replicate = static_cast<std::uint32_t>(r);
    const auto seen = observe(s, {1.55});
    shares.push_back(seen[1].share);
    years = seen[1].years;
  }
  const double spread = mixing(rates, years).spread, variance = spread * spread / users;
  CHECK(std::abs(std::log(moments_of(shares).variance / variance)) < 4.0 * std::sqrt(2.0 / count));
}

}  // namespace spillway::testing
