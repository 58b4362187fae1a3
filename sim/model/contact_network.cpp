#include "model/contact_network.hpp"

#include <algorithm>
#include <cmath>

#include "base/hash.hpp"
#include "base/math.hpp"
#include "model/contact_batch.hpp"

namespace spillway {

ContactNetwork::ContactNetwork(const Contacts& contacts, std::uint32_t users, DrawKey key) : kind_(contacts.kind), users_(users) {
  const double local = contacts.degree * (1.0 - contacts.random_share);
  const std::uint32_t base = mix32(key.seed ^ mix32(key.replicate ^ 0x636f6e74U));
  add_scale(std::min(close_group, users), local * 2.0 / 3.0, mix32(base + 1));
  add_scale(std::min(neighbourhood, users), local / 3.0, mix32(base + 2));
  add_scale(users, contacts.degree * contacts.random_share, mix32(base + 3));
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
  const auto whole = static_cast<std::uint32_t>(std::min(std::ceil(needed), 250.0 - static_cast<double>(max_degree_)));  // u8 counters
  Scale scale{MatchingScale(size, users_), {}};
  for (std::uint32_t m = 0; m < whole; ++m) {
    const double keep = std::min(1.0, needed - m);
    scale.matchings.push_back({mix32(key + m * 0x9e3779b9U), static_cast<std::uint32_t>(std::min(keep * 4294967296.0, 4294967295.0))});
  }
  max_degree_ += whole;
  scales_.push_back(std::move(scale));
}

void ContactNetwork::find_contacts(const std::uint32_t* users, std::uint32_t count, std::span<ContactRow> rows) const {
  std::size_t row = 0;
  Places places;
  for (const Scale& scale : scales_) {
    place_users(scale.size, users, count, places);
    for (const Matching& matching : scale.matchings) find_partners(places, matching, count, rows[row++]);
  }
  drop_doubles(rows.first(row), count);
}

std::uint32_t ContactNetwork::contacts_of(std::uint32_t user, std::uint32_t* out) const {
  ContactBatch batch(*this);
  batch.find(&user, 1);
  std::uint32_t count = 0;
  batch.each([&](std::uint32_t, std::uint32_t contact) { out[count++] = contact; });
  return count;
}

}  // namespace spillway
