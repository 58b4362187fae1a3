// How a day is divided: nested logit shares, and how they answer to a rival or to ads.
#include <catch2/catch.hpp>
#include <cmath>

#include "support/runs.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

namespace {
double sum(const std::vector<double>& x) {
  double s = 0.0;
  for (const double v : x) s += v;
  return s;
}

/// Shares of the platforms, then of the outside (utility 0), by the textbook formula in double.
std::vector<double> nested_logit(const std::vector<double>& utility, double lambda) {
  std::vector<double> weight, shares;
  for (const double v : utility) weight.push_back(std::exp(v / lambda));
  const double inside = std::pow(sum(weight), lambda), share = inside / (1.0 + inside);
  for (const double w : weight) shares.push_back(share * w / sum(weight));
  shares.push_back(1.0 - share);
  return shares;
}

std::vector<double> engine_shares(Scenario s, double lambda, StockType stocks = StockType::u16) {
  s.attention.nest_parameter = lambda;
  s.numerics.stocks = stocks;
  Run run(s);
  const PanelRows row = run.watch(everybody(*run.world));
  std::vector<double> shares;
  for (std::size_t k = 0; k < s.platforms.size(); ++k) shares.push_back(static_cast<double>(row.attention_share[k]));
  shares.push_back(static_cast<double>(row.outside_share[0]));
  return shares;
}
}  // namespace

TEST_CASE("D17: nested logit shares") {
  const StockType stocks = GENERATE(StockType::u16, StockType::f32);
  const Scenario s = still_market(40, {-1.0, -0.5});
  const std::vector<double> nested = engine_shares(s, 0.8, stocks), plain = engine_shares(s, 1.0, stocks);
  const double nested_table[] = {.160663, .300158, .539179}, plain_table[] = {.186324, .307196, .506480};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(nested[i] == Approx(nested_table[i]).margin(1e-6));
    CHECK(plain[i] == Approx(plain_table[i]).margin(1e-6));
  }
}

TEST_CASE("D17: nested logit shares of up to eight platforms") {
  const std::size_t platforms = GENERATE(1U, 3U, 8U);
  const double lambda = GENERATE(0.3, 0.6, 1.0);
  std::vector<double> utility;
  for (std::size_t k = 0; k < platforms; ++k) utility.push_back(-2.0 + 0.37 * static_cast<double>(k * k % 7));
  const std::vector<double> seen = engine_shares(still_market(20, utility), lambda), expected = nested_logit(utility, lambda);
  for (std::size_t i = 0; i <= platforms; ++i) CHECK(seen[i] == Approx(expected[i]).margin(1e-6));
}

TEST_CASE("D18: without a nest the others' ratio does not depend on a rival, in a nest its attention goes mostly to the other") {
  const std::vector<double> three = engine_shares(still_market(20, {-1.0, -0.5, 0.3}), 1.0),
                            two = engine_shares(still_market(20, {-1.0, -0.5}), 1.0);
  CHECK(three[0] / three[1] == Approx(two[0] / two[1]).epsilon(1e-6));
  // Two shares of .15 at lambda 0.8: inside = (2 e^(V/.8))^.8 = 3/7.
  const double utility = std::log(3.0 / 7.0) - 0.8 * std::log(2.0);
  const std::vector<double> both = engine_shares(still_market(20, {utility, utility}), 0.8),
                            one = engine_shares(still_market(20, {utility}), 0.8);
  REQUIRE(both[0] == Approx(0.15).margin(1e-6));
  CHECK((one[0] - both[0]) / both[1] == Approx(0.317).margin(0.001));  // three digits are tabulated
}

// d ln a_k / dA_k = -s beta (1/lambda - (1-lambda)/lambda g_k - s_k) and d ln a_k / dA_l = s beta ((1-lambda)/lambda g_l + s_l), g the
// share within the nest. Central difference over a change of 0.08: the third-order term is (beta dA)^2 / 6 relative, below 1e-4 for
// beta = 0.35; a share has 24 bits, 6e-8, and moves by about 1 %, so rounding adds below 2e-5.
TEST_CASE("D19: elasticities of attention to ads") {
  const double lambda = 0.8, step = 0.04, load = 0.1, beta = 0.35;
  const auto log_shares = [&](double change) {
    Scenario s = still_market(20, {-1.0, -0.5});
    s.ad_response.stock_nuisance = 0.0;
    s.platforms[1].second.ads.load = load + change;
    return engine_shares(s, lambda);
  };
  const std::vector<double> here = log_shares(0.0), less = log_shares(-step), more = log_shares(step);
  const double within = here[1] / (here[0] + here[1]), rest = (1.0 - lambda) / lambda;
  const double own = (std::log(more[1]) - std::log(less[1])) / (2.0 * step), cross = (std::log(more[0]) - std::log(less[0])) / (2.0 * step);
  CHECK(own == Approx(-beta * (1.0 / lambda - rest * within - here[1])).epsilon(1e-4));
  CHECK(cross == Approx(beta * (rest * within + here[1])).epsilon(1e-4));
}

}  // namespace spillway::testing
