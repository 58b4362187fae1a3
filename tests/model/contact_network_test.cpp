// The contact network that takes no memory: symmetric, without doubles, with the asked number of contacts at the asked distances.
#include "model/contact_network.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "model/contact_batch.hpp"
#include "support/sanitized.hpp"

namespace spillway {

namespace {
using testing::sanitized;

std::vector<std::vector<std::uint32_t>> all_contacts(const ContactNetwork& network, std::uint32_t users) {
  std::vector<std::uint32_t> buffer(network.max_degree());
  std::vector<std::vector<std::uint32_t>> all;
  for (std::uint32_t user = 0; user < users; ++user) {
    const std::uint32_t n = network.contacts_of(user, buffer.data());
    all.emplace_back(buffer.begin(), buffer.begin() + n);
    std::sort(all.back().begin(), all.back().end());
  }
  return all;
}

/// Number of users whose contacts are not distinct others who know them too.
std::size_t broken(const std::vector<std::vector<std::uint32_t>>& all) {
  std::size_t bad = 0;
  for (std::uint32_t user = 0; user < all.size(); ++user) {
    const auto& mine = all[user];
    bool good = std::adjacent_find(mine.begin(), mine.end()) == mine.end();
    for (const std::uint32_t other : mine)
      good = good && other != user && other < all.size() && std::binary_search(all[other].begin(), all[other].end(), user);
    bad += !good;
  }
  return bad;
}

double mean_degree(const std::vector<std::vector<std::uint32_t>>& all) {
  double sum = 0.0;
  for (const auto& mine : all) sum += static_cast<double>(mine.size());
  return sum / static_cast<double>(all.size());
}
}  // namespace

TEST_CASE("contacts are mutual and distinct, in populations of any size") {
  std::vector<std::uint32_t> sizes{255, 257, 1000, 4095, 4096, 4097, 4160, 8193, 10'001};
  for (std::uint32_t users = 1; users <= 200; ++users) sizes.push_back(users);
  for (const std::uint32_t users : sizes) {
    const ContactNetwork network(Contacts{}, users, {11, 0});
    INFO(users << " users");
    REQUIRE(network.max_degree() <= 250);
    REQUIRE(broken(all_contacts(network, users)) == 0);
  }
}

TEST_CASE("contacts are mutual and distinct, whatever number is asked for") {
  constexpr std::uint32_t users = sanitized ? 515 : 3001;
  for (const double degree : {0.0, 0.3, 1.0, 5.5, 40.0, sanitized ? 60.0 : 120.0, 250.0})
    for (const double random_share : {0.0, 0.4, 1.0}) {
      const ContactNetwork network(Contacts{ContactsKind::implicit, degree, random_share, {}}, users, {3, 1});
      INFO(degree << " contacts, " << random_share << " of them random");
      REQUIRE(network.max_degree() <= 255);  // counters of one byte
      REQUIRE(broken(all_contacts(network, users)) == 0);
    }
}

// Only the last matching of each scale is a matter of chance tie by tie: variance of the mean at most 2 (1/4)/N per scale. Doubles
// within a scale of s people are allowed for on average; their number is about Poisson with m^2/(2 (s-1)) per user, which adds
// m^2/(s-1) 2/N at most. Doubles between scales are not allowed for: they take close * near / 4095 contacts away (a few 1e-3).
TEST_CASE("the mean number of distinct contacts is the one asked for") {
  constexpr std::uint32_t users = sanitized ? 8192 : 65'536;
  for (const double degree : {2.0, 5.5, 12.0, 30.0, 60.0}) {
    const ContactNetwork network(Contacts{ContactsKind::implicit, degree, 0.4, {}}, users, {7, 0});
    const double close = degree * 0.4, near = degree * 0.2, far = degree * 0.4, n = users;
    const double lost = close * near / 4095.0 + (close + near) * far / n;
    const double variance = 3 * 0.5 / n + 2.0 / n * (close * close / 63.0 + near * near / 4095.0);
    INFO(degree << " contacts");
    CHECK(std::abs(mean_degree(all_contacts(network, users)) - (degree - lost)) < 4.0 * std::sqrt(variance));
  }
}

// Of 12 contacts, 4.8 are drawn among all 65,536, 2.4 within 4096 and 4.8 within 64. A random one falls within the neighbourhood
// by chance with probability 4095/65535; one of the neighbourhood within the close group with 63/4095.
TEST_CASE("contacts stand at the asked distances") {
  constexpr std::uint32_t users = 65'536;
  const auto all = all_contacts(ContactNetwork(Contacts{}, users, {7, 0}), users);
  double within_group = 0.0, within_neighbourhood = 0.0;
  for (std::uint32_t user = 0; user < users; ++user)
    for (const std::uint32_t other : all[user]) {
      within_group += user / close_group == other / close_group;
      within_neighbourhood += user / neighbourhood == other / neighbourhood;
    }
  const double n = users, by_chance = 4.8 * 4095.0 / 65'535.0;
  const double group = 4.8 + 2.4 * 63.0 / 4095.0 + 4.8 * 63.0 / 65'535.0, near = 4.8 + 2.4 + by_chance;
  // Ties by chance are about Poisson: variance of their mean per user is twice the mean over N; partial matchings add 1/(2N) each.
  // Doubles between scales lose up to 3e-3 and are left out of the expectation.
  CHECK(std::abs(within_group / n - group) < 4.0 * std::sqrt((2.0 * 0.05 + 0.5 + 0.8) / n) + 4.8 * 2.4 / 4095.0);
  CHECK(std::abs(within_neighbourhood / n - near) < 4.0 * std::sqrt((2.0 * by_chance + 1.0 + 0.8) / n) + 4.8 * 2.4 / 4095.0);
}

TEST_CASE("random_share 1 leaves no close contacts, 0 none afar") {
  constexpr std::uint32_t users = 20'000;
  const auto far = all_contacts(ContactNetwork(Contacts{ContactsKind::implicit, 6.0, 1.0, {}}, users, {1, 0}), users);
  const auto near = all_contacts(ContactNetwork(Contacts{ContactsKind::implicit, 6.0, 0.0, {}}, users, {1, 0}), users);
  double close = 0.0, outside = 0.0;
  for (std::uint32_t user = 0; user < users; ++user) {
    for (const std::uint32_t other : far[user]) close += user / close_group == other / close_group;
    for (const std::uint32_t other : near[user]) outside += user / neighbourhood != other / neighbourhood;
  }
  const double expected = users * 6.0 * 63.0 / (users - 1.0);  // ties counted from both ends: variance twice the mean
  CHECK(std::abs(close - expected) < 4.0 * std::sqrt(2.0 * expected));
  CHECK(outside == 0.0);
}

TEST_CASE("users looked up together, in any order, have the contacts that each has alone") {
  for (const std::uint32_t users : {1U, 70U, 4160U, sanitized ? 4099U : 10'001U})
    for (const double degree : {0.0, 12.0, 90.0}) {
      const ContactNetwork network(Contacts{ContactsKind::implicit, degree, 0.4, {}}, users, {7, 0});
      const auto alone = all_contacts(network, users);
      ContactBatch batch(network);
      std::vector<std::uint32_t> ids;  // from all over the population, some twice
      for (std::uint32_t i = 0; i < contact_lanes - 3; ++i) ids.push_back(i % 5 == 0 ? users - 1 : i * 7919U % users);
      batch.find(ids.data(), static_cast<std::uint32_t>(ids.size()));
      std::vector<std::vector<std::uint32_t>> together(ids.size());
      batch.each([&](std::uint32_t i, std::uint32_t contact) { together[i].push_back(contact); });
      for (std::size_t i = 0; i < ids.size(); ++i) {
        std::sort(together[i].begin(), together[i].end());
        INFO(users << " users, " << degree << " contacts, user " << ids[i]);
        REQUIRE(together[i] == alone[ids[i]]);
      }
    }
}

TEST_CASE("a batch of a graph visits its rows, one of mixing nobody") {
  const ContactNetwork network(graph_from_edges(5, {{0, 1}, {4, 1}, {2, 4}}));
  const std::uint32_t ids[] = {1, 3, 4};
  std::vector<std::vector<std::uint32_t>> seen(3);
  ContactBatch batch(network);
  batch.find(ids, 3);
  batch.each([&](std::uint32_t i, std::uint32_t contact) { seen[i].push_back(contact); });
  CHECK(seen == std::vector<std::vector<std::uint32_t>>{{0, 4}, {}, {1, 2}});
  const ContactNetwork mixing;
  ContactBatch none(mixing);
  none.find(ids, 3);
  none.each([](std::uint32_t, std::uint32_t) { FAIL("somebody has contacts"); });
}

TEST_CASE("another seed or replicate draws another network") {
  const auto a = all_contacts(ContactNetwork(Contacts{}, 2000, {1, 0}), 2000);
  CHECK(a == all_contacts(ContactNetwork(Contacts{}, 2000, {1, 0}), 2000));
  CHECK(a != all_contacts(ContactNetwork(Contacts{}, 2000, {2, 0}), 2000));
  CHECK(a != all_contacts(ContactNetwork(Contacts{}, 2000, {1, 1}), 2000));
}

TEST_CASE("a graph's rows are its contacts, mixing has none") {
  const ContactNetwork network(graph_from_edges(5, {{0, 1}, {1, 0}, {3, 3}, {4, 1}, {2, 4}}));
  CHECK(network.max_degree() == 2);
  CHECK(all_contacts(network, 5) == std::vector<std::vector<std::uint32_t>>{{1}, {0, 4}, {4}, {}, {1, 2}});
  CHECK(ContactNetwork().kind() == ContactsKind::mixing);
  CHECK(ContactNetwork().max_degree() == 0);
}

}  // namespace spillway
