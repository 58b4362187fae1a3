// Matchings drawn by keys are as good as drawn at random: partners uniform, matchings independent of each other, short cycles as rare
// and the network as well connected as theory has them.
#include "model/matching.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "base/hash.hpp"
#include "support/sanitized.hpp"

namespace spillway {

namespace {
using Partners = std::vector<std::uint32_t>;

/// Partner of every user in one matching, worked out in batches of `batch` users.
Partners partners_of(const MatchingScale& scale, std::uint32_t users, std::uint32_t key, std::uint32_t batch = contact_lanes) {
  Partners all;
  Places places;
  ContactRow row;
  for (std::uint32_t first = 0; first < users; first += batch) {
    const std::uint32_t count = std::min(batch, users - first);
    std::uint32_t ids[contact_lanes];
    std::iota(ids, ids + count, first);
    place_users(scale, ids, count, places);
    find_partners(places, {key, 0xffffffffU}, count, row);
    all.insert(all.end(), row.of, row.of + count);
  }
  return all;
}

std::vector<Partners> matchings_of(std::uint32_t size, std::uint32_t users, std::uint32_t number, std::uint32_t seed) {
  std::vector<Partners> all;
  for (std::uint32_t m = 0; m < number; ++m) all.push_back(partners_of({size, users}, users, mix32(seed * 1000 + m)));
  return all;
}

/// Closed walks from `start` of as many steps as there are places in `path`, no matching twice in a row, the last and the first
/// step included. Each ring of that length is found from every start in both directions.
std::uint64_t closed_walks(const std::vector<Partners>& matchings, std::uint32_t start, std::uint32_t at, std::span<std::size_t> path,
                           std::size_t step = 0) {
  if (step == path.size()) return at == start && path.front() != path.back();
  std::uint64_t sum = 0;
  for (std::size_t m = 0; m < matchings.size(); ++m) {
    if ((step > 0 && m == path[step - 1]) || matchings[m][at] == nobody) continue;
    path[step] = m;
    sum += closed_walks(matchings, start, matchings[m][at], path, step + 1);
  }
  return sum;
}

/// Growth per step of a random vector orthogonal to the constant one: from below, the second largest eigenvalue's size.
double second_eigenvalue(const std::vector<Partners>& matchings, int steps) {
  const std::size_t users = matchings[0].size();
  std::vector<double> x(users), y(users);
  for (std::uint32_t i = 0; i < users; ++i) x[i] = static_cast<double>(mix32(i + 99)) / 4294967296.0;
  double size = 0.0;
  for (int step = 0; step < steps; ++step) {
    const double mean = std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(users);
    double norm = 0.0;
    for (double& v : x) norm += (v - mean) * (v - mean);
    for (double& v : x) v = (v - mean) / std::sqrt(norm);
    size = 0.0;
    for (std::size_t i = 0; i < users; ++i) {
      y[i] = 0.0;
      for (const Partners& partner : matchings) y[i] += x[partner[i]];
      size += y[i] * y[i];
    }
    std::swap(x, y);
  }
  return std::sqrt(size);
}
}  // namespace

TEST_CASE("a matching pairs everybody, but for one where a block is odd") {
  for (const std::uint32_t users : {1U, 2U, 3U, 5U, 63U, 64U, 65U, 127U, 1000U, 4097U, 5001U})
    for (const std::uint32_t size : {64U, 4096U, users}) {
      const Partners partner = partners_of({std::min(size, users), users}, users, mix32(users));
      std::uint32_t alone = 0, wrong = 0;
      for (std::uint32_t i = 0; i < users; ++i) {
        alone += partner[i] == nobody;
        wrong +=
            partner[i] != nobody && (partner[i] == i || partner[i] >= users || partner[partner[i]] != i || partner[i] / size != i / size);
      }
      INFO(users << " users in blocks of " << size);
      CHECK(wrong == 0);
      CHECK(alone == users % 2);  // whole blocks are even
    }
}

TEST_CASE("partners do not depend on who is looked up together") {
  constexpr std::uint32_t users = 9001;
  for (const std::uint32_t size : {64U, 4096U, users}) {
    const Partners at_once = partners_of({size, users}, users, 5);
    for (const std::uint32_t batch : {1U, 7U, 64U}) CHECK(partners_of({size, users}, users, 5, batch) == at_once);
  }
}

// Pearson's statistic over 63 possible partners has mean 62 and variance 124.
TEST_CASE("every other member of a group is as likely a partner") {
  constexpr std::uint32_t keys = 20'000;
  for (const std::uint32_t user : {0U, 5U, 63U}) {
    std::array<double, 64> met{};
    for (std::uint32_t key = 0; key < keys; ++key) {
      Places places;
      ContactRow row;
      place_users({64, 64}, &user, 1, places);
      find_partners(places, {mix32(key), 0xffffffffU}, 1, row);
      met[row.of[0]] += 1.0;
    }
    double statistic = 0.0;
    for (std::uint32_t other = 0; other < 64; ++other)
      if (other != user) statistic += (met[other] - keys / 63.0) * (met[other] - keys / 63.0) / (keys / 63.0);
    INFO("user " << user);
    CHECK(met[user] == 0.0);
    CHECK(statistic < 62.0 + 4.0 * std::sqrt(124.0));
  }
}

// Two random matchings of n people agree on a given person with probability 1/(n-1). Agreeing ties count for both ends: variance
// about twice the mean.
TEST_CASE("matchings agree no more often than by chance") {
  constexpr std::uint32_t users = 8192, number = 30;
  for (const std::uint32_t size : {64U, 1024U, users}) {
    const auto all = matchings_of(size, users, number, 3);
    double equal = 0.0;
    for (std::uint32_t a = 0; a < number; ++a)
      for (std::uint32_t b = 0; b < a; ++b)
        for (std::uint32_t i = 0; i < users; ++i) equal += all[a][i] == all[b][i];
    const double expected = number * (number - 1) / 2.0 * users / (size - 1.0);
    INFO("blocks of " << size);
    CHECK(std::abs(equal - expected) < 4.0 * std::sqrt(2.0 * expected));
  }
}

// In m random matchings the number of cycles of length k whose neighbouring ties are of different matchings tends to Poisson with
// mean c/(2k), where c counts the ways to give k ties in a ring m matchings, neighbours different: (m-1)^k + (-1)^k (m-1).
// The walk count sees each cycle 2k times.
TEST_CASE("short cycles are as rare as in random matchings") {
  constexpr std::uint32_t users = 3001, number = 6, networks = testing::sanitized ? 2 : 16;
  for (const std::size_t length : {3U, 4U, 5U}) {
    std::uint64_t walks = 0;
    std::vector<std::size_t> path(length);
    for (std::uint32_t seed = 0; seed < networks; ++seed) {
      const auto all = matchings_of(users, users, number, seed + 50);
      for (std::uint32_t i = 0; i < users; ++i) walks += closed_walks(all, i, i, path);
    }
    const double turns = 2.0 * static_cast<double>(length);
    const double ways = std::pow(number - 1.0, length) + (length % 2 == 0 ? 1.0 : -1.0) * (number - 1.0);
    const double expected = networks * ways / turns;
    INFO("cycles of length " << length);
    CHECK(std::abs(static_cast<double>(walks) / turns - expected) < 4.0 * std::sqrt(expected));
  }
}

// A random m-regular network's second eigenvalue is close to 2 sqrt(m - 1) [Friedman, "A proof of Alon's second eigenvalue
// conjecture", 2008], the least that is possible: information spreads as fast as it can. Separate groups have m.
TEST_CASE("the network among all expands as a random regular one, groups do not") {
  constexpr std::uint32_t users = 16'384, number = 5;
  CHECK(second_eigenvalue(matchings_of(users, users, number, 7), 150) < 1.02 * 2.0 * std::sqrt(number - 1.0));
  CHECK(second_eigenvalue(matchings_of(64, users, number, 7), 150) > number - 0.01);
}

}  // namespace spillway
