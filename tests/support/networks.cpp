#include "support/networks.hpp"

#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/hash.hpp"

namespace spillway::testing {

namespace {
using Edges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// Counter-based, so that a graph is the same on every machine and for every standard library.
struct Dice {
  std::uint64_t seed;
  std::uint64_t count = 0;
  std::uint32_t below(std::uint64_t n) {  // bias below 2^-40 for n < 2^24
    return static_cast<std::uint32_t>(mix64(mix64(seed) ^ count++) % n);
  }
};

/// Every user has `degree` stubs, numbered user * degree to user * degree + degree - 1, and each stub has a mate.
struct Stubs {
  std::uint32_t degree;
  std::vector<std::uint32_t> mate;

  std::uint32_t user(std::uint32_t stub) const { return stub / degree; }
  void tie(std::uint32_t a, std::uint32_t b) {
    mate[a] = b;
    mate[b] = a;
  }
  std::uint32_t ties(std::uint32_t a, std::uint32_t b) const {
    std::uint32_t n = 0;
    for (std::uint32_t s = a * degree; s < (a + 1) * degree; ++s) n += user(mate[s]) == b ? 1 : 0;
    return n;
  }
  bool bad(std::uint32_t stub) const {
    const std::uint32_t a = user(stub), b = user(mate[stub]);
    return a == b || ties(a, b) > 1;
  }
  bool may_tie(std::uint32_t s, std::uint32_t t) const { return user(s) != user(t) && ties(user(s), user(t)) == 0; }
};

Stubs match(std::uint32_t users, std::uint32_t degree, Dice& dice) {
  std::vector<std::uint32_t> order(std::size_t{users} * degree);
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
  for (std::size_t i = order.size() - 1; i > 0; --i) std::swap(order[i], order[dice.below(i + 1)]);
  Stubs stubs{degree, std::vector<std::uint32_t>(order.size())};
  for (std::size_t i = 0; i + 1 < order.size(); i += 2) stubs.tie(order[i], order[i + 1]);
  return stubs;
}

// A self-tie or double is exchanged with a tie drawn at random. About d^2/4 ties of the whole graph, so its law hardly changes.
void repair(Stubs& stubs, Dice& dice) {
  for (std::uint32_t s = 0; s < stubs.mate.size(); ++s) {
    while (stubs.bad(s)) {
      const std::uint32_t t = stubs.mate[s], u = dice.below(stubs.mate.size()), v = stubs.mate[u];
      if (u == s || u == t || !stubs.may_tie(s, u) || !stubs.may_tie(t, v)) continue;
      stubs.tie(s, u);
      stubs.tie(t, v);
    }
  }
}
}  // namespace

Graph ring(std::uint32_t users) { return circle_lattice(users, 1); }

Graph circle_lattice(std::uint32_t users, std::uint32_t reach) {
  Edges edges;
  for (std::uint32_t i = 0; i < users; ++i)
    for (std::uint32_t step = 1; step <= reach; ++step) edges.emplace_back(i, (i + step) % users);
  return graph_from_edges(users, edges);
}

Graph cliques(std::uint32_t users, std::uint32_t size) {
  require(users % size == 0, "cliques: users are no multiple of the size");
  Edges edges;
  for (std::uint32_t i = 0; i < users; ++i)
    for (std::uint32_t j = i + 1; j < (i / size + 1) * size; ++j) edges.emplace_back(i, j);
  return graph_from_edges(users, edges);
}

Graph random_regular(std::uint32_t users, std::uint32_t degree, std::uint64_t seed) {
  require(std::uint64_t{users} * degree % 2 == 0, "random_regular: an odd number of stubs");
  Dice dice{seed};
  Stubs stubs = match(users, degree, dice);
  repair(stubs, dice);
  Edges edges;
  for (std::uint32_t s = 0; s < stubs.mate.size(); ++s)
    if (s < stubs.mate[s]) edges.emplace_back(stubs.user(s), stubs.user(stubs.mate[s]));
  return graph_from_edges(users, edges);
}

Graph erdos_renyi(std::uint32_t users, double mean_degree, std::uint64_t seed) {
  Dice dice{seed};
  Edges edges(static_cast<std::size_t>(0.5 * mean_degree * users));
  for (auto& [a, b] : edges) {
    a = dice.below(users);
    b = dice.below(users);
  }
  return graph_from_edges(users, edges);
}

}  // namespace spillway::testing
