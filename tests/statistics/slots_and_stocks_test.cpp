// D45, D46: two savings of memory and time that must not move an aggregate: neighbours who share supplier slots, and stocks in two bytes.
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>

#include "support/runs.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

namespace {
/// Everybody a member of a stage and a chat, suppliers at work, habit and ads on; nobody comes or goes.
Scenario with_suppliers(std::uint32_t users, double step) {
  Scenario s = still_market(users, {-2.0, -2.0}, step);
  s.population.taste_spread = 0.5;
  s.population.ad_sensitivity_cv = 0.5;
  s.suppliers.count = 500;
  s.habit = {.strength = 2.0, .friends_feed_strength = 0.0, .memory = 21.0};
  s.platforms[0].second.broadcast_weight = 1.0;
  s.platforms[0].second.sellers.presence = 0.5;
  s.platforms[0].second.ads.load = 0.1;
  s.platforms[1].second.broadcast_weight = 0.25;
  s.platforms[1].second.sellers.presence = 0.3;
  return s;
}

struct Mean {
  double value, error;
};

/// Mean over users; its error from the spread between groups of `size` consecutive users, who may share their slots.
Mean mean_of(const std::vector<double>& x, std::size_t size) {
  const std::size_t groups = x.size() / size;
  double sum = 0.0, squares = 0.0;
  for (std::size_t g = 0; g < groups; ++g) {
    double part = 0.0;
    for (std::size_t i = 0; i < size; ++i) part += x[g * size + i] / static_cast<double>(size);
    sum += part;
    squares += part * part;
  }
  const double n = static_cast<double>(groups), mean = sum / n;
  return {mean, std::sqrt((squares / n - mean * mean) / (n - 1.0))};
}

std::vector<double> follows(const World& world, int platform) {
  std::vector<double> bits;
  for (const double x : values_of(world, UserField::follows, platform))
    bits.push_back(static_cast<double>(std::popcount(static_cast<unsigned>(x))));
  return bits;
}
}  // namespace

// Suppliers and their presence are the same in both runs; given them, groups of 16 (or single users) are independent, because
// nobody sees anybody. The error of a mean is therefore the standard deviation of group means over the root of the number of
// groups: with shared slots the sample of slots is users/16. The first users/16 slot rows are common to both runs, which only
// makes the difference smaller than the bound.
TEST_CASE("D45: slots shared by 16 users or one for each: the same means") {
  Scenario shared = with_suppliers(32'768, 7.0), single = shared;
  single.suppliers.slot_group = 1;
  Run a(shared), b(single);
  a.ticks(60);
  b.ticks(60);
  for (int k = 0; k < 2; ++k) {
    INFO("platform " << k);
    const Mean supply16 = mean_of(values_of(*a.world, UserField::supply, k), 16),
               supply1 = mean_of(values_of(*b.world, UserField::supply, k), 1);
    const Mean habit16 = mean_of(values_of(*a.world, UserField::habit, k), 16),
               habit1 = mean_of(values_of(*b.world, UserField::habit, k), 1);
    const Mean follows16 = mean_of(follows(*a.world, k), 16), follows1 = mean_of(follows(*b.world, k), 1);
    CHECK(std::abs(supply16.value - supply1.value) < 4.0 * std::hypot(supply16.error, supply1.error));
    CHECK(std::abs(habit16.value - habit1.value) < 4.0 * std::hypot(habit16.error, habit1.error));
    CHECK(std::abs(follows16.value - follows1.value) < 4.0 * std::hypot(follows16.error, follows1.error));
    // Alone, neighbours have nothing in common, so grouping them does not change the error; with shared slots it does. The spread
    // of 2048 group means is known to 1.6 %.
    CHECK(mean_of(values_of(*b.world, UserField::supply, k), 16).error == Approx(supply1.error).epsilon(0.1));
    CHECK(supply16.error > 1.5 * mean_of(values_of(*a.world, UserField::supply, k), 1).error);
    CHECK(supply16.value > 0.3);
    CHECK(supply16.error < 0.05 * supply16.value);  // a bound that could tell
  }
}

// Luck: every follow bit is set in the first tick and none is ever dropped, so both runs have the same bits and differ by
// rounding alone. Rounding to a step u is unbiased with variance at most u^2/4; a stock that relaxes by r per tick keeps
// u^2/4 / (1-(1-r)^2), about u^2/(8r). In utils: habit 2 * 1.5e-5/sqrt(8/21) = 5e-5; irritation 6e-5/sqrt(8/150) = 2.6e-4, times a
// sensitivity around 1; supply (where S is above S0 = 0.176) at most 0.8 * 2e-3/sqrt(8/20)/0.35 = 7e-3. A share moves by at most
// a quarter of that, 1.9e-3, and by habit's feedback at most 1/(1 - 2/4) = 2 times as much: 4e-3 a person. Four standard errors of
// the mean over 4096 people: 2.4e-4. The curvature of logit and logarithm adds below (7e-3)^2 = 5e-5.
TEST_CASE("D46: stocks of two bytes against single precision, 2000 daily ticks") {
  constexpr std::uint32_t users = 4096;
  Scenario s = with_suppliers(users, 1.0);
  s.following.organic_rate = 1e5;
  s.following.unfollow_rate = 0.0;
  intervene(s, 0, "ads.load", 0.3, 500);
  intervene(s, 0, "sellers.effort", 0.5, 800);
  intervene(s, 1, "ads.load", 0.2, 1200);
  intervene(s, 1, "utility_shock", 0.5, 1500);
  Scenario rounded = s;
  rounded.numerics.stocks = StockType::u16;
  Run exact(s), stored(rounded);
  double worst = 0.0;
  for (int tick = 0; tick < 2000; ++tick) {
    const Tally& a = exact.tick();
    const Tally& b = stored.tick();
    for (std::size_t k = 0; k < 2; ++k)
      worst = std::max(worst, std::abs(static_cast<double>(a.total(Count::attention, k) - b.total(Count::attention, k))) /
                                  quantum(Count::attention) / users);
  }
  CHECK(worst < 1e-3);  // what model and documents promise
  CHECK(worst < 2.4e-4 + 5e-5);
  CHECK(bytes_of(*exact.world, Column::follows, 0) == bytes_of(*stored.world, Column::follows, 0));
}

}  // namespace spillway::testing
