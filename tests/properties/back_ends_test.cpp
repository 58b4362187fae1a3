// D44: where contacts come from is a matter of memory. Contacts recomputed from matchings, and the same contacts read from a graph, give
// the same run; and a graph in which everybody knows everybody is complete mixing.
#include <catch2/catch.hpp>

#include "support/busy_market.hpp"
#include "support/networks.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

namespace {
Graph graph_of(const ContactNetwork& network, std::uint32_t users) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ties;
  std::vector<std::uint32_t> contacts(network.max_degree());
  for (std::uint32_t user = 0; user < users; ++user) {
    const std::uint32_t count = network.contacts_of(user, contacts.data());
    for (std::uint32_t i = 0; i < count; ++i) ties.emplace_back(user, contacts[i]);
  }
  return graph_from_edges(users, ties);
}
}  // namespace

TEST_CASE("D44: contacts from matchings and the same contacts from a graph, bit for bit", "[threads]") {
  constexpr std::uint32_t users = 5003;
  const Scenario implicit = whole_market(users, true);
  Scenario explicit_graph = implicit;
  explicit_graph.contacts.kind = ContactsKind::file;
  explicit_graph.contacts.path = "made by the test";
  Run matchings(implicit);
  Run read(explicit_graph, {2, {}}, graph_of(matchings.world->contacts, users));
  REQUIRE(read.world->contacts.max_degree() == matchings.world->contacts.max_degree());  // sets the step of recency
  for (int tick = 0; tick < 52; ++tick) REQUIRE(digest_of(read.tick()) == digest_of(matchings.tick()));
  for (const UserFieldRow& row : user_field_table) {
    if (!row_of(row.column).needed(implicit)) continue;
    for (int k = row.per_platform ? 0 : -1; k < (row.per_platform ? 3 : 0); ++k) {
      INFO(row.name << " of platform " << k);
      CHECK(values_of(*read.world, row.field, k) == values_of(*matchings.world, row.field, k));
    }
  }
}

// In a group of N an outsider's share of member contacts is M/(N-1), that of all people M/N: with an imitation rate smaller by (N-1)/N
// the hazards are equal but for rounding. With the same luck only a uniform within 1e-7 of a chance could be decided otherwise.
TEST_CASE("D44: one group in which everybody knows everybody is complete mixing") {
  constexpr std::uint32_t users = 200;
  Scenario mixing = bass(users, 0.5, 4.0);
  mixing.exit.baseline_churn = 0.3;
  mixing.exit.grace = 0.0;
  Scenario group = mixing;
  group.contacts.kind = ContactsKind::file;
  group.contacts.path = "made by the test";
  group.platforms[0].second.imitation_rate *= (users - 1.0) / users;
  Run a(mixing), b(group, {}, cliques(users, users));
  for (int tick = 0; tick < 100; ++tick) {
    a.tick();
    b.tick();
    CHECK(a.world->platforms[0].active == b.world->platforms[0].active);
  }
  CHECK(a.world->platforms[0].active > users / 2);
}

}  // namespace spillway::testing
