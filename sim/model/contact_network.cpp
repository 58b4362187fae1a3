#include "model/contact_network.hpp"

#include <algorithm>
#include <cmath>

#include "base/hash.hpp"
#include "base/math.hpp"
#include "model/permutation.hpp"

namespace spillway {

namespace {
constexpr std::uint32_t nobody = 0xffffffffU;
}

ContactNetwork::ContactNetwork(const Contacts& contacts, std::uint32_t users, DrawKey key) : kind_(contacts.kind), users_(users) {
  const double local = contacts.degree * (1.0 - contacts.random_share);
  const std::uint32_t base = mix32(key.seed ^ mix32(key.replicate ^ 0x636f6e74U));
  add_scale(std::min(close_group, users), local * 2.0 / 3.0, mix32(base + 1));
  add_scale(std::min(neighbourhood, users), local / 3.0, mix32(base + 2));
  add_scale(users, contacts.degree * contacts.random_share, mix32(base + 3));
  max_degree_ = static_cast<std::uint32_t>(matchings_.size());
}

ContactNetwork::ContactNetwork(Graph graph) : kind_(ContactsKind::file), graph_(std::move(graph)) {
  users_ = static_cast<std::uint32_t>(graph_.first.size() - 1);
  for (std::uint32_t i = 0; i < users_; ++i)
    max_degree_ = std::max(max_degree_, static_cast<std::uint32_t>(graph_.first[i + 1] - graph_.first[i]));
}

std::uint64_t ContactNetwork::memory_bytes() const {
  return graph_.first.size() * sizeof(graph_.first[0]) + graph_.neighbour.size() * sizeof(graph_.neighbour[0]);
}

// m matchings among n - 1 others give (n-1)(1-(1-1/(n-1))^m) distinct contacts; solved for m. The last matching is partial.
void ContactNetwork::add_scale(std::uint32_t size, double degree, std::uint32_t key) {
  if (size < 2 || degree <= 0.0) return;
  const double others = size - 1.0;
  const double wanted = std::min(degree, 0.95 * others);
  const double needed = size > 2 ? log_d(1.0 - wanted / others) / log_d(1.0 - 1.0 / others) : 1.0;
  const auto whole =
      static_cast<std::uint32_t>(std::min(std::ceil(needed), 250.0 - static_cast<double>(matchings_.size())));  // u8 counters
  for (std::uint32_t m = 0; m < whole; ++m) {
    const double keep = std::min(1.0, needed - m);
    matchings_.push_back({size, mix32(key + m * 0x9e3779b9U), static_cast<std::uint32_t>(std::min(keep * 4294967296.0, 4294967295.0))});
  }
}

// partner(i) = P^-1(P(i) xor 1) with a keyed permutation P of the block's own index range: the last block may be short, and
// the one whose mate lies beyond its end has no partner.
std::uint32_t ContactNetwork::partner(const Matching& matching, std::uint32_t user) const {
  const std::uint32_t block = user / matching.size, base = block * matching.size;
  const std::uint32_t n = std::min(matching.size, users_ - base);
  const Permutation permutation(n, mix32(matching.key + block * 0x85ebca6bU));
  const std::uint32_t mate = permutation(user - base) ^ 1U;
  if (mate >= n) return nobody;
  const std::uint32_t other = base + permutation.inverse(mate);
  const std::uint32_t tie = mix32(mix32(std::min(user, other) + matching.key) ^ std::max(user, other));
  return tie <= matching.keep ? other : nobody;
}

std::uint32_t ContactNetwork::contacts_of(std::uint32_t user, std::uint32_t* out) const {
  if (kind_ == ContactsKind::file) {
    const auto first = graph_.first[user], last = graph_.first[user + 1];
    std::copy(graph_.neighbour.begin() + static_cast<std::ptrdiff_t>(first), graph_.neighbour.begin() + static_cast<std::ptrdiff_t>(last),
              out);
    return static_cast<std::uint32_t>(last - first);
  }
  std::uint32_t count = 0;
  for (const Matching& matching : matchings_) {
    const std::uint32_t other = partner(matching, user);
    if (other != nobody && std::find(out, out + count, other) == out + count) out[count++] = other;
  }
  return count;
}

}  // namespace spillway
