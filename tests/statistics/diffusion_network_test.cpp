// Joining on contact networks, at hazard p + q (member contacts)/(contacts).
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "statistics/diffusion_reference.hpp"
#include "support/networks.hpp"
#include "support/scenarios.hpp"

namespace spillway::testing {

namespace {
constexpr Rates rates{0.03, 0.38};

Scenario on_network(std::uint32_t users) {
  Scenario s = bass(users, rates.innovation, rates.imitation);
  s.contacts.kind = ContactsKind::file;
  s.contacts.path = "made by the test";
  return s;
}

// 4 sd of the chain, plus the first-order effect of the time step, which the global half step removes only in part on a network.
double tolerance(const RegularReference& expected, double users) {
  return 4.0 * expected.spread / std::sqrt(users) + std::abs(expected.bias);
}

void check_regular(const Graph& graph, std::uint32_t users, int degree, const std::vector<double>& years) {
  const Scenario scenario = on_network(users);
  const auto seen = observe(scenario, years, graph);
  for (std::size_t i = 1; i < seen.size(); ++i) {
    const RegularReference expected = random_regular_reference(rates, degree, seen[i].years, scenario.time.step / days_per_year);
    INFO(degree << " contacts, at " << seen[i].years << " years: " << seen[i].share << ", expected " << expected.share << ", by the step "
                << expected.bias);
    CHECK(expected.chain_share == Approx(expected.share).epsilon(1e-8));
    CHECK(std::abs(seen[i].share - expected.share) < tolerance(expected, users));
  }
}
}  // namespace

TEST_CASE("D12: Bass diffusion on random regular networks") {
  constexpr std::uint32_t users = 200'000;
  const int degree = GENERATE(3, 4, 10);
  const Graph graph = random_regular(users, static_cast<std::uint32_t>(degree), 1985);
  for (std::uint32_t i = 0; i < users; ++i)
    if (graph.first[i + 1] - graph.first[i] != static_cast<std::uint32_t>(degree)) FAIL("the graph is not regular");
  check_regular(graph, users, degree, {3.0, 6.0, 9.0});
}

TEST_CASE("D12: the edge-based formula has its tabulated values") {
  const int degrees[] = {2, 3, 4, 10};
  const double table[][3] = {{.1305, .3116, .4998}, {.1361, .3457, .5754}, {.1393, .3659, .6178}, {.1457, .4079, .6945}};
  for (int d = 0; d < 4; ++d)
    for (int y = 0; y < 3; ++y)
      CHECK(random_regular_reference(rates, degrees[d], 3.0 * (y + 1), 0.0).share == Approx(table[d][y]).margin(5.1e-5));
  // With many contacts both share and spread become those of complete mixing; the share's difference is of order 1/d.
  const RegularReference many = random_regular_reference(rates, 2000, 6.0, 0.0);
  CHECK(many.share == Approx(mixing(rates, 6.0).share).epsilon(1e-3));
  CHECK(many.spread == Approx(mixing(rates, 6.0).spread).epsilon(5e-3));
}

// A random graph of degree 2 consists of about ln N circles, so the ring has the same spread up to terms of order 1/N.
TEST_CASE("D13: Bass diffusion on a ring") {
  constexpr std::uint32_t users = 400'000;
  const double p = rates.innovation, q = rates.imitation;
  for (const double t : {1.0, 3.0, 6.0, 9.0}) {
    const double published = 1.0 - std::exp(-(p + q) * t + q * (1.0 - std::exp(-p * t)) / p);
    CHECK(random_regular_reference(rates, 2, t, 0.0).share == Approx(published).epsilon(1e-9));
  }
  check_regular(ring(users), users, 2, {3.0, 6.0, 9.0});
}

// Every user's ties weigh q together, whatever the network, so its share lies between isolated pairs (slowest) and complete
// mixing (fastest). A run may cross a bound by sampling: 4 times the spread of the bound itself.
TEST_CASE("D14: any network lies between isolated pairs and complete mixing") {
  constexpr std::uint32_t users = 100'000;
  const auto check = [](const Scenario& scenario, const Graph& graph) {
    const auto seen = observe(scenario, {3.0, 6.0, 9.0}, graph);
    for (std::size_t i = 1; i < seen.size(); ++i) {
      const Reference low = clique(rates, 2, seen[i].years), high = mixing(rates, seen[i].years);
      INFO("at " << seen[i].years << " years: " << seen[i].share << ", between " << low.share << " and " << high.share);
      CHECK(seen[i].share > low.share - 4.0 * low.spread / std::sqrt(users));
      CHECK(seen[i].share < high.share + 4.0 * high.spread / std::sqrt(users));
    }
  };
  SECTION("the bounds") {
    CHECK(clique(rates, 2, 6.0).share == Approx(0.2498).margin(5e-5));
    CHECK(clique(rates, 2, 6.0).share == Approx(random_regular_reference(rates, 1, 6.0, 0.0).share).epsilon(1e-8));
    CHECK(clique(rates, 2, 6.0).spread == Approx(random_regular_reference(rates, 1, 6.0, 0.0).spread).epsilon(1e-6));
  }
  SECTION("a circle with triangles") { check(on_network(users), circle_lattice(users, 3)); }
  SECTION("the built-in network") {
    Scenario scenario = on_network(users);
    scenario.contacts.kind = ContactsKind::implicit;
    check(scenario, {});
  }
}

// Cliques are exact at any size, and rise from the lower bound (pairs) towards complete mixing. Bias by the time step: as on the
// random regular network of the same degree, whose outsiders' contacts join at most as fast.
TEST_CASE("D14: separate cliques follow their birth process") {
  constexpr std::uint32_t users = 200'000;
  const std::uint32_t size = GENERATE(2U, 5U, 20U);
  const Scenario scenario = on_network(users);
  const auto seen = observe(scenario, {3.0, 6.0, 9.0}, cliques(users, size));
  for (std::size_t i = 1; i < seen.size(); ++i) {
    const Reference expected = clique(rates, static_cast<int>(size), seen[i].years);
    const double bias = random_regular_reference(rates, static_cast<int>(size) - 1, seen[i].years, scenario.time.step / days_per_year).bias;
    INFO("cliques of " << size << ", at " << seen[i].years << " years: " << seen[i].share << ", expected " << expected.share
                       << ", by the step " << bias);
    CHECK(std::abs(seen[i].share - expected.share) < 4.0 * expected.spread / std::sqrt(users) + std::abs(bias));
  }
}

}  // namespace spillway::testing
