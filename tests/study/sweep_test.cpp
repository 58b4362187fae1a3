// The whole way of a sweep - study file, plan, processes, records, gather, indices - with functions whose indices are known.
#include "study/sweep.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "analysis/sensitivity.hpp"
#include "support/model_sweeps.hpp"
#include "support/test_functions.hpp"

using namespace spillway;
using namespace spillway::testing;

namespace {
/// So that of 16 indices at once less than 2 in 100 are left to chance if rows were independent.
SensitivityOptions sure() {
  SensitivityOptions options;
  options.confidence = 0.999;
  options.resamples = 5000;
  return options;
}

OutcomeSensitivity found(const StudyPlace& place, const std::string& study) {
  const Sweep sweep = place.plan(study);
  const SweepOutcome outcome = run_all(sweep);
  CHECK(outcome.done == sweep.runs());
  CHECK(outcome.failed == 0);
  CHECK(outcome.left == 0);
  return sensitivity_of(gathered(sweep), sure()).outcomes.at(0);
}

void check_covered(const OutcomeSensitivity& y, const KnownIndices& known) {
  REQUIRE(y.factors.size() == known.first.size());
  for (std::size_t i = 0; i < known.first.size(); ++i) {
    INFO(y.factors[i].factor);
    CHECK(y.factors[i].first.low <= known.first[i]);
    CHECK(y.factors[i].first.high >= known.first[i]);
    CHECK(y.factors[i].total.low <= known.total[i]);
    CHECK(y.factors[i].total.high >= known.total[i]);
  }
}
}  // namespace

TEST_CASE("sweep: Ishigami's indices", "[sweep]") {
  const StudyPlace place(
      [](const Scenario& s) {
        std::vector<double> x;
        for (const auto& [name, platform] : s.platforms) x.push_back(platform.intrinsic_utility);
        return Ishigami::value(x);
      },
      3);
  const OutcomeSensitivity y = found(place, R"(
uncertainties:
  platforms.a.intrinsic_utility: {uniform: [-3.141592653589793, 3.141592653589793]}
  platforms.b.intrinsic_utility: {uniform: [-3.141592653589793, 3.141592653589793]}
  platforms.c.intrinsic_utility: {uniform: [-3.141592653589793, 3.141592653589793]}
design: {saltelli: {samples: 512, seed: 1}}
)");
  CHECK(y.rows == 512 * 5);
  CHECK(y.mean == Approx(3.5).epsilon(0.02));
  CHECK(y.deviation == Approx(std::sqrt(Ishigami::variance())).epsilon(0.05));
  check_covered(y, Ishigami::indices());
}

TEST_CASE("sweep: the g-function's indices", "[sweep]") {
  const GFunction g;
  const StudyPlace place([&](const Scenario& s) {
    const Platform& a = s.platforms[0].second;
    const Platform& b = s.platforms[1].second;
    const std::vector<double> x{a.conversation_weight, a.friends_feed_weight, a.broadcast_weight, a.contact_import,
                                b.conversation_weight, b.friends_feed_weight, b.broadcast_weight, b.contact_import};
    return g.value(x);
  });
  std::string study = "levers:\n";
  for (const char* platform : {"a", "b"})
    for (const char* key : {"conversation_weight", "friends_feed_weight", "broadcast_weight", "contact_import"})
      study += "  platforms." + std::string(platform) + "." + key + ": {uniform: [0, 1]}\n";
  const OutcomeSensitivity y = found(place, study + "design: {saltelli: {samples: 256, seed: 1}}\n");
  CHECK(y.rows == 256 * 10);
  CHECK(y.factors[0].lever);
  check_covered(y, g.indices());
}

TEST_CASE("sweep: Morris' effects of a linear function are its slopes", "[sweep]") {
  const StudyPlace place(
      [](const Scenario& s) { return 3 * s.platforms[0].second.intrinsic_utility - 2 * s.platforms[1].second.intrinsic_utility + 5; });
  const OutcomeSensitivity y = found(place, R"(
levers: {platforms.a.intrinsic_utility: {uniform: [-10, 10]}}
uncertainties: {platforms.b.intrinsic_utility: {uniform: [0, 1]}, platforms.b.mirroring: {uniform: [0, 1]}}
design: {morris: {trajectories: 10, seed: 2}}
)");
  CHECK(y.rows == 40);
  REQUIRE(y.factors.size() == 3);
  CHECK(y.factors[0].mu.value == Approx(60));  // over the factor's whole range
  CHECK(y.factors[1].mu.value == Approx(-2));
  CHECK(y.factors[1].mu_star.value == Approx(2));
  CHECK(y.factors[2].mu_star.value == 0);
  for (const FactorInfluence& factor : y.factors) CHECK(factor.sigma.value == Approx(0).margin(1e-9));
}

// Digests hold everything that a run records: a sweep's runs are those of `spillway run` with the same --set.
TEST_CASE("sweep: a run is what `spillway run` would do", "[sweep]") {
  StudyPlace place([](const Scenario&) { return 0.0; });
  place.simulation = simulate_market;
  const Sweep sweep = place.plan(
      "set: {population.users: 300}\nlevers: {platforms.a.imitation_rate: [5, 10], platforms.b.launch: [2010-01-15, 2010-02-01]}\n"
      "design: grid\nreplicates: 2\n",
      {"seed=9"});
  run_all(sweep);
  const Recording result = gathered(sweep);
  const auto& digests = std::get<std::vector<std::string>>(result.at("digest").values);
  REQUIRE(digests.size() == 8);
  for (const bool second : {false, true}) {
    const LoadedScenario alone = load_scenario(
        place.folder / "base.yaml", {"population.users=300", "seed=9", "platforms.a.imitation_rate=10",
                                     std::string("platforms.b.launch=") + (second ? "2010-02-01" : "2010-01-15"), "replicate=1"});
    CHECK(digests[(second ? 3 : 2) * 2 + 1] == digest(simulate_market(alone, 2)));
  }
  CHECK(std::set<std::string>(digests.begin(), digests.end()).size() == 8);
}
