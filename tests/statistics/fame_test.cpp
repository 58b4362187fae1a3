// D20, D21: fame, when a platform is worth what it is known for, tips a market of equals once it outweighs the nest.
#include <catch2/catch.hpp>
#include <cmath>

#include "support/runs.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

namespace {
/// Everybody on all of `platforms` equal ones, each worth b + fame times its mean attention share of the tick before.
struct Market {
  double lambda, b, outside;
  std::size_t platforms;
};

/// Fame at which equals lose stability: attention answers a small difference in utility by s/lambda, s the share of each, so fame
/// reproduces it where alpha s = lambda, and there V = b + lambda.
double critical_fame(const Market& m) {
  const double inside = std::pow(static_cast<double>(m.platforms), m.lambda) * std::exp(m.b + m.lambda);
  const double share = inside / (std::exp(m.outside) + inside) / static_cast<double>(m.platforms);
  return m.lambda / share;
}

/// Shares after the first platform was favoured a little for a year. Near rest a deviation is multiplied by fame/critical in each
/// tick: at 2 % off, 2450 ticks make e^-49 or e^49 of it. Mean attention has steps of 2^-20, so a deviation that fades gets stuck
/// where 2 % of it is half a step: 25 steps, 2.4e-5. Three or more platforms are also split below the critical fame once the
/// deviation is large: from 0.02 * 2p(1-p)/(1-2p) on at p = 1/K and 2 % off, 0.011 for five. The favour ends at 32 p(1-p)/lambda
/// times itself, 0.0026.
std::vector<double> after_a_nudge(const Market& m, double fame) {
  Scenario s = still_market(20, std::vector<double>(m.platforms, m.b));
  s.attention.nest_parameter = m.lambda;
  s.attention.outside_utility = m.outside;
  s.utility.fame = fame;
  s.utility.fame_of = FameOf::attention;
  intervene(s, 0, "utility_shock", 0.0003, 0, 364);
  Run run(s);
  run.ticks(2500);
  const PanelRows row = run.watch(everybody(*run.world));
  std::vector<double> shares;
  for (std::size_t k = 0; k < m.platforms; ++k) shares.push_back(static_cast<double>(row.attention_share[k]));
  return shares;
}

void check_tipping(const Market& m) {
  const double critical = critical_fame(m);
  const std::vector<double> weak = after_a_nudge(m, 0.98 * critical), strong = after_a_nudge(m, 1.02 * critical);
  for (std::size_t k = 1; k < m.platforms; ++k) {
    CHECK(weak[0] == Approx(weak[k]).margin(1e-4));
    CHECK(strong[0] > strong[k] + 0.1);
  }
}
}  // namespace

TEST_CASE("D20: two equal platforms split when fame is stronger than lambda over the symmetric share") {
  struct Row {
    double lambda, b, critical;
  };
  const Row row = GENERATE(Row{1.0, 0.0, 2.368}, Row{1.0, 1.0, 2.135}, Row{0.6, 0.0, 1.634}, Row{0.6, 1.0, 1.360});
  INFO("lambda " << row.lambda << ", b " << row.b);
  const Market market{row.lambda, row.b, 0.0, 2};
  CHECK(critical_fame(market) == Approx(row.critical).margin(6e-4));  // four digits are tabulated
  check_tipping(market);
}

TEST_CASE("D20: how far they split") {
  const std::vector<double> shares = after_a_nudge({1.0, 0.0, 0.0, 2}, 1.02 * 2.368);
  CHECK(shares[0] == Approx(0.557).margin(6e-4));
  CHECK(shares[1] == Approx(0.298).margin(6e-4));
}

// Without an outside option (e^-20 of it is left) shares are 1/K, so that the critical fame is lambda K. For two platforms the
// difference of shares solves m = tanh(alpha m / (2 lambda)): the mean-field magnet, or Brock and Durlauf's choice with J = alpha/2.
TEST_CASE("D21: without an outside option K platforms tip at lambda K") {
  const std::size_t platforms = GENERATE(2U, 3U, 5U);
  const double lambda = GENERATE(1.0, 0.6);
  INFO(platforms << " platforms, lambda " << lambda);
  const Market market{lambda, 0.0, -20.0, platforms};
  CHECK(critical_fame(market) == Approx(lambda * static_cast<double>(platforms)).epsilon(1e-7));
  check_tipping(market);
}

TEST_CASE("D21: two platforms without an outside option split like a magnet") {
  const double alpha = GENERATE(2.1, 2.5, 4.0);
  double magnet = 1.0;  // the largest solution, by iteration from above
  for (int i = 0; i < 10'000; ++i) magnet = std::tanh(0.5 * alpha * magnet);
  const std::vector<double> shares = after_a_nudge({1.0, 0.0, -20.0, 2}, alpha);
  CHECK(shares[0] - shares[1] == Approx(magnet).margin(1e-4));
  CHECK(shares[0] + shares[1] == Approx(1.0).margin(1e-6));
}

// Where fame is of members, everybody's membership leaves nothing to tip, however strong it is.
TEST_CASE("fame of members does not answer to attention") {
  Scenario s = still_market(20, {0.0, 0.0});
  s.utility.fame = 10.0;
  intervene(s, 0, "utility_shock", 0.01, 0, 364);
  Run run(s);
  run.ticks(500);
  const PanelRows row = run.watch(everybody(*run.world));
  CHECK(row.attention_share[0] == row.attention_share[1]);
}

}  // namespace spillway::testing
