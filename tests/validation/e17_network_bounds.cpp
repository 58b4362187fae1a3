// E17: on any network whose people are alike, diffusion is slower than under complete mixing and faster than among isolated pairs
// [Fibich23]; on a ring its share is known in closed form [Fibich10], and on a random network on which all have equally many contacts.
#include <cmath>

#include "statistics/diffusion_reference.hpp"
#include "support/networks.hpp"
#include "support/scenarios.hpp"
#include "validation/experiment.hpp"

namespace spillway::validation {

using namespace spillway::testing;

namespace {
constexpr Rates rates{0.03, 0.38};
constexpr double years = 6.0;             // near the peak, where the bounds lie farthest apart
constexpr std::uint32_t users = 200'000;  // four standard errors are then a twentieth of the way between the bounds

Observation share_after(ContactsKind kind, const Graph& graph) {
  Scenario s = bass(users, rates.innovation, rates.imitation);
  s.contacts.kind = kind;
  s.contacts.path = "made here";
  return observe(s, {years}, graph).back();
}

Finding on_a_formula(std::string what, const Observation& seen, double expected, double sampling, double step_bias) {
  const double tolerance = 4.0 * sampling + step_bias;
  return {std::move(what), text("%.4f +- %.4f", expected, tolerance), text("%.4f", seen.share),
          std::abs(seen.share - expected) < tolerance};
}

// Four standard errors, and what ticks of a week leave of the peers' growth within them.
Finding on_regular(std::string what, const Graph& graph, int degree) {
  const Observation seen = share_after(ContactsKind::file, graph);
  const RegularReference r = random_regular_reference(rates, degree, seen.years, 7.0 / days_per_year);
  return on_a_formula(std::move(what), seen, r.share, r.spread / std::sqrt(users), std::abs(r.bias));
}

Finding on_a_ring() {
  const Observation seen = share_after(ContactsKind::file, ring(users));
  const double p = rates.innovation, q = rates.imitation, t = seen.years;
  const double published = 1.0 - std::exp(-(p + q) * t + q * (1.0 - std::exp(-p * t)) / p);
  const RegularReference r = random_regular_reference(rates, 2, t, 7.0 / days_per_year);
  return on_a_formula("ring: share of members after 6 years", seen, published, r.spread / std::sqrt(users), std::abs(r.bias));
}

// A run may cross a bound by sampling: four times the spread of the bound itself.
Finding between_bounds(std::string what, const Observation& seen) {
  const Reference low = clique(rates, 2, seen.years), high = mixing(rates, seen.years);
  const double n = std::sqrt(users);
  return {std::move(what), text("%.4f to %.4f", low.share, high.share), text("%.4f", seen.share),
          seen.share > low.share - 4.0 * low.spread / n && seen.share < high.share + 4.0 * high.spread / n};
}

// With everybody mixed the step leaves less than 1e-4 (derived where D10 is tested).
Finding on_the_upper_bound() {
  const Observation seen = share_after(ContactsKind::mixing, {});
  const Reference r = mixing(rates, seen.years);
  return on_a_formula("complete mixing: the upper bound itself", seen, r.share, r.spread / std::sqrt(users), 1e-4);
}
}  // namespace

std::vector<Finding> network_bounds() {
  return {
      on_a_ring(),
      on_regular("random network of 3 contacts each: share after 6 years", random_regular(users, 3, 1985), 3),
      on_regular("isolated pairs: the lower bound itself", cliques(users, 2), 1),
      on_the_upper_bound(),
      between_bounds("circle with triangles: between pairs and mixing", share_after(ContactsKind::file, circle_lattice(users, 3))),
      between_bounds("the built-in network: between pairs and mixing", share_after(ContactsKind::implicit, {})),
  };
}

}  // namespace spillway::validation
