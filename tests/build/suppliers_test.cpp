// Suppliers: popularity by the Zipf law, effort normalised by that law, slots without repetition.
#include "build/suppliers.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "build/slots.hpp"
#include "support/busy_market.hpp"
#include "support/runs.hpp"
#include "support/sanitized.hpp"

namespace spillway::testing {

namespace {
constexpr std::uint32_t users = 50'000, count = 60;

std::unique_ptr<World> world_with(double exponent, std::uint32_t slots) {
  Scenario s = busy_market(users);
  s.suppliers.count = count;
  s.suppliers.slots = slots;
  s.suppliers.slot_group = 1;
  s.suppliers.popularity_exponent = exponent;
  s.suppliers.celebrity.share = 0.05;
  return build_world(s);
}

/// Chance of each rank: integral of x^-exponent over [rank, rank + 1), computed by Simpson's rule.
std::vector<double> zipf(double exponent) {
  std::vector<double> weights;
  double sum = 0.0;
  for (std::uint32_t r = 1; r <= count; ++r) {
    double w = 0.0;
    for (int i = 0; i < 100; ++i) {
      const double a = r + i / 100.0, b = a + 0.01;
      w += (std::pow(a, -exponent) + 4.0 * std::pow(0.5 * (a + b), -exponent) + std::pow(b, -exponent)) / 600.0;
    }
    weights.push_back(w);
    sum += w;
  }
  for (double& w : weights) w /= sum;
  return weights;
}
}  // namespace

// Pearson's statistic over 60 ranks has mean 59 and standard deviation sqrt(2 * 59). The first slot is drawn without regard to
// others; with slot_group 1 each user draws for himself.
TEST_CASE("first slots follow the Zipf law") {
  const double exponent = GENERATE(0.0, 0.7, 1.0, 1.3, 2.0);
  const auto world = world_with(exponent, 1);
  const std::vector<double> weights = zipf(exponent);
  std::vector<double> drawn(count, 0.0);
  for (const std::uint32_t rank : world->suppliers.slots) drawn.at(rank) += 1.0;
  double statistic = 0.0;
  for (std::uint32_t r = 0; r < count; ++r) {
    const double expected = users * weights[r];
    statistic += (drawn[r] - expected) * (drawn[r] - expected) / expected;
  }
  INFO("exponent " << exponent);
  CHECK(statistic < 59.0 + 4.0 * std::sqrt(2.0 * 59.0));
}

TEST_CASE("nobody has a supplier twice, and every slot is filled") {
  const auto world = world_with(1.0, 8);
  std::size_t doubles = 0;
  for (std::size_t row = 0; row < world->suppliers.slots.size(); row += 8) {
    std::vector<std::uint32_t> slots(world->suppliers.slots.begin() + static_cast<std::ptrdiff_t>(row),
                                     world->suppliers.slots.begin() + static_cast<std::ptrdiff_t>(row) + 8);
    std::sort(slots.begin(), slots.end());
    doubles += std::adjacent_find(slots.begin(), slots.end()) != slots.end();
    REQUIRE(slots.back() < count);
  }
  // Eight attempts may all fail: the last slot meets at most seven earlier ones, who hold at most the seven largest weights.
  double largest = 0.0;
  const std::vector<double> weights = zipf(1.0);
  for (int r = 0; r < 7; ++r) largest += weights[static_cast<std::size_t>(r)];
  CHECK(static_cast<double>(doubles) < 7.0 * users * std::pow(largest, 8) + 1.0);
}

// The mean of quality times effort over first slots is 1: its error follows from its own spread.
TEST_CASE("effort is normalised: content of a slot is 1 on average") {
  const double exponent = GENERATE(0.7, 1.0, 1.5);
  const auto world = world_with(exponent, 1);
  double sum = 0.0, squares = 0.0;
  for (const std::uint32_t rank : world->suppliers.slots) {
    const double quality = world->suppliers.kind[rank] == 0 ? 5.0 : 1.0;
    const double content = quality * static_cast<double>(world->suppliers.relative_effort[rank]);
    sum += content;
    squares += content * content;
  }
  const double mean = sum / users, error = std::sqrt((squares / users - mean * mean) / users);
  CHECK(std::abs(mean - 1.0) < 4.0 * error);
}

TEST_CASE("the normaliser is the weighted mean of quality times raw effort") {
  Suppliers s;
  s.celebrity.share = 0.0;
  s.effort_audience_elasticity = 0.0;
  CHECK(effort_normaliser(s, 500) == Approx(1.0).epsilon(1e-12));
  s.celebrity.share = 0.02;  // ten of 500 weigh log 11 / log 501
  const double celebrities = std::log(11.0) / std::log(501.0);
  CHECK(effort_normaliser(s, 500) == Approx(1.0 + 4.0 * celebrities).epsilon(1e-12));
  s.popularity_exponent = 0.0;  // now they weigh ten of 500
  CHECK(effort_normaliser(s, 500) == Approx(1.0 + 4.0 * 0.02).epsilon(1e-9));
}

// Pieces of the sum and batches of groups: more than one of each, the last ones short.
TEST_CASE("suppliers and slots do not depend on the number of threads", "[threads]") {
  Scenario s = busy_market(sanitized ? 20'001 : 150'001);
  s.suppliers.count = 10'001;
  const auto after_ticks = [&s](int threads) {
    Run run(s, {threads, {}});
    for (int tick = 0; tick < 20; ++tick) run.tick();  // presence ramps from the 18th on
    return run.world->suppliers.rows;
  };
  const auto alone = build_world(s, {1, {}});
  const auto rows = after_ticks(1);
  for (const int threads : {2, 3, 8}) {
    const auto world = build_world(s, {threads, {}});
    INFO(threads << " threads");
    REQUIRE(world->suppliers.relative_effort == alone->suppliers.relative_effort);
    REQUIRE(world->suppliers.kind == alone->suppliers.kind);
    REQUIRE(std::equal(world->suppliers.slots.begin(), world->suppliers.slots.end(), alone->suppliers.slots.begin(),
                       alone->suppliers.slots.end()));
    REQUIRE(after_ticks(threads) == rows);
  }
}

// Where suppliers are many, the tail must be reached too: a rank r is drawn with chance log((r+1)/r)/log(count+1) at exponent 1,
// so that equal steps of the logarithm are equally likely. Ten steps: Pearson's statistic has mean 9 and variance 18.
TEST_CASE("slots reach all of millions of suppliers") {
  Scenario s = busy_market(200'000);
  s.suppliers.count = 7'000'000;
  s.suppliers.slots = s.suppliers.slot_group = 1;
  const PageArray<std::uint32_t> slots = draw_slots(*build_world(s), s.suppliers.count);
  const double steps = 10.0, log_all = std::log(7'000'001.0);
  std::vector<double> drawn(10, 0.0), expected(10, 0.0);
  double odd = 0.0, tail = 0.0;
  for (const std::uint32_t rank : slots) {
    drawn[static_cast<std::size_t>(std::log(rank + 1.0) / log_all * steps)] += 1.0;
    odd += rank > 1'000'000 ? rank % 2 : 0;
    tail += rank > 1'000'000;
  }
  double edge = 1.0;  // first continuous rank of a step: whole ranks, so steps are not exactly equal
  for (std::size_t step = 0; step < 10; ++step) {
    const double next = step == 9 ? 7'000'001.0 : std::ceil(std::exp(static_cast<double>(step + 1) / steps * log_all));
    expected[step] = 200'000 * std::log(next / edge) / log_all;
    edge = next;
  }
  double statistic = 0.0;
  for (std::size_t step = 0; step < 10; ++step)
    statistic += (drawn[step] - expected[step]) * (drawn[step] - expected[step]) / expected[step];
  CHECK(statistic < 9.0 + 4.0 * std::sqrt(18.0));
  CHECK(std::abs(odd - tail / 2.0) < 4.0 * std::sqrt(tail / 4.0));
}

TEST_CASE("celebrities are the most popular, presence is a share of suppliers") {
  Scenario s = busy_market(100);
  s.suppliers.count = 20'000;
  Run run(s);
  run.tick();
  const SupplierState& suppliers = run.world->suppliers;
  CHECK(suppliers.kind[399] == static_cast<std::uint8_t>(SupplierKind::celebrity));
  CHECK(suppliers.kind[400] == static_cast<std::uint8_t>(SupplierKind::small_seller));
  CHECK(std::is_sorted(suppliers.relative_effort.rbegin(), suppliers.relative_effort.rend()));
  double present = 0.0;
  for (std::uint32_t j = 0; j < 20'000; ++j) present += SupplierTable::flags(run.world->view.suppliers.row(j)) & 1U;
  CHECK(std::abs(present / 20'000 - 0.5) < 4.0 * std::sqrt(0.25 / 20'000));
}

}  // namespace spillway::testing
