// D38, D39: cascades. Leaving when too few contacts are left ends at the k-core; joining when enough are there spreads or dies.
#include <catch2/catch.hpp>
#include <cmath>

#include "statistics/cascade_reference.hpp"
#include "support/networks.hpp"
#include "support/runs.hpp"
#include "support/samples.hpp"
#include "support/still_market.hpp"

namespace spillway::testing {

namespace {
constexpr int graphs = 10;
constexpr std::uint32_t users = 100'000;
// Student's t with 9 degrees of freedom exceeds this as often as a normal variable exceeds 4 (6e-5).
constexpr double four_errors = 6.9;

Scenario on_graph(std::uint32_t users) {
  Scenario s = still_market(users, {0.0});
  s.contacts.kind = ContactsKind::file;
  s.contacts.path = "made by the test";
  return s;
}

double share_of_members(const Run& run) { return static_cast<double>(run.world->platforms[0].active) / run.world->view.users; }

/// Ticks until nothing changes; the share of members then.
double settle(Run& run) {
  for (double before = -1.0; before != share_of_members(run);) {
    before = share_of_members(run);
    run.tick();
  }
  return share_of_members(run);
}

/// The engine compares members among contacts with contacts ever members. Makes the latter `ever` for everybody.
template <class Word>
void set_ever(Word* words, std::uint32_t people, std::uint32_t ever) {
  using Bits = ContactsBits<Word>;
  for (std::uint32_t user = 0; words != nullptr && user < people; ++user)
    words[user] = static_cast<Word>((words[user] & Bits::count_mask) | ever << Bits::count);
}

// Everybody leaves (within a tick: e^-700 do not) who has fewer than k members among contacts: if all have `ever` contacts who were ever
// members, a threshold of (k - 1/2)/ever means k, whatever the graph.
double core_of(const Graph& graph, int k) {
  constexpr std::uint32_t ever = 15;  // the largest that fits words of any width
  Scenario s = on_graph(static_cast<std::uint32_t>(graph.first.size() - 1));
  s.exit = {.baseline_churn = 0.0, .disuse_churn = 0.0, .threshold_delay = 0.01, .threshold_contacts = 0, .grace = 0.0};
  s.exit.threshold_low = s.exit.threshold_high = (k - 0.5) / ever;
  s.adoption.return_factor = 0.0;
  Run run(s, {}, graph);
  const ContactsRef& contacts = run.world->view.columns[0].contacts;
  set_ever(contacts.u16, s.population.users, ever);
  set_ever(contacts.u32, s.population.users, ever);
  return settle(run);
}

// Everybody joins (within a tick: e^-40 do not) whose share of members among contacts is above the threshold. The gate of joining does
// it: a friends' feed of utility equal to that share, seen through imported contacts, and a gate so steep that it is open (2) or shut
// (e^-87) at any share that a person with up to 60 contacts can have. Steeper than YAML allows.
double cascade_on(const Graph& graph, double threshold, double first, std::uint32_t replicate) {
  Scenario s = on_graph(static_cast<std::uint32_t>(graph.first.size() - 1));
  s.replicate = replicate;
  s.population.contact_list_share = 1.0;
  s.utility.friends_feed = 1.0;
  s.adoption.utility_gate = 1e6;
  s.adoption.reference_utility = threshold + 0.0002;
  Platform& platform = s.platforms[0].second;
  platform.initial_share = first;
  platform.contact_import = 1.0;
  platform.friends_feed_weight = 1.0;
  platform.innovation_rate = 20.0 * days_per_year / 7.0;
  Run run(s, {}, graph);
  return settle(run);
}
}  // namespace

TEST_CASE("D38: the size of a core has its tabulated values") {
  const double onset[][3] = {{3, 3.351, .268}, {4, 5.149, .438}, {5, 6.799, .539}, {6, 8.365, .605}};
  for (const auto& [k, contacts, share] : onset) {
    CHECK(core_onset(static_cast<int>(k)).contacts == Approx(contacts).margin(6e-4));
    CHECK(core_onset(static_cast<int>(k)).share == Approx(share).margin(2e-3));  // sizes grow as a root there: the scan's step shows
  }
  CHECK(core_share(4.0, 3) == Approx(.6646).margin(1e-4));
  CHECK(core_share(6.0, 4) == Approx(.7927).margin(5e-5));
  CHECK(core_share(8.0, 5) == Approx(.8707).margin(5e-5));
  CHECK(core_share(3.3, 3) == 0.0);
}

TEST_CASE("D38: leaving when fewer than k contacts are left ends at the k-core") {
  struct Case {
    double contacts;
    int k;
  };
  const Case c = GENERATE(Case{4.0, 3}, Case{6.0, 4}, Case{8.0, 5}, Case{3.6, 3});
  std::vector<double> shares;
  for (std::uint64_t seed = 0; seed < graphs; ++seed) shares.push_back(core_of(erdos_renyi(users, c.contacts, seed), c.k));
  const Moments seen = moments_of(shares);
  INFO("mean contacts " << c.contacts << ", k " << c.k << ": " << seen.mean << " +- " << seen.error);
  CHECK(std::abs(seen.mean - core_share(c.contacts, c.k)) < four_errors * seen.error);
}

TEST_CASE("D38: below the onset nobody is left") {
  CHECK(core_of(erdos_renyi(users, 3.2, 1), 3) == 0.0);
  CHECK(core_of(erdos_renyi(users, 5.0, 2), 4) == 0.0);
}

TEST_CASE("D39: the final cascade has its tabulated values") {
  CHECK(cascade_share(4.0, .18, .01) == Approx(.9804).margin(5e-5));
  CHECK(cascade_share(6.0, .18, .01) == Approx(.9975).margin(5e-5));
  CHECK(cascade_share(4.0, .30, .01) == Approx(.0272).margin(5e-5));
}

TEST_CASE("D39: joining when enough contacts are there spreads or dies") {
  struct Case {
    double contacts, threshold;
  };
  const Case c = GENERATE(Case{4.0, .18}, Case{6.0, .18}, Case{4.0, .30});
  std::vector<double> shares;
  for (std::uint32_t seed = 0; seed < graphs; ++seed)
    shares.push_back(cascade_on(erdos_renyi(users, c.contacts, seed), c.threshold, 0.01, seed));
  const Moments seen = moments_of(shares);
  INFO("mean contacts " << c.contacts << ", threshold " << c.threshold << ": " << seen.mean << " +- " << seen.error);
  CHECK(std::abs(seen.mean - cascade_share(c.contacts, c.threshold, 0.01)) < four_errors * seen.error);
}

}  // namespace spillway::testing
