// Who knows whom, by one interface: contacts enumerated from random matchings (no memory), from a graph, or nobody in
// particular (complete mixing). Every kind is symmetric, so either end can enumerate a tie.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/random.hpp"
#include "model/graph.hpp"
#include "model/matching.hpp"
#include "model/scenario.hpp"

namespace spillway {

/// Close groups of 64 (two cache lines of u8 counters) lie within neighbourhoods of 4096 (a page): sizes chosen for memory;
/// a person's community of about 150 [Dunbar] lies between them.
inline constexpr std::uint32_t close_group = 64;
inline constexpr std::uint32_t neighbourhood = 4096;

class ContactNetwork {
 public:
  /// Complete mixing: nobody has contacts of their own.
  ContactNetwork() = default;
  /// Random perfect matchings at three scales; mean number of distinct contacts = contacts.degree where the scales are
  /// large enough. Of the non-random share, two thirds are close and one third is in the neighbourhood (chosen).
  ContactNetwork(const Contacts& contacts, std::uint32_t users, DrawKey key);
  /// An explicit graph; users must equal its size.
  explicit ContactNetwork(Graph graph);

  ContactsKind kind() const { return kind_; }
  std::uint32_t max_degree() const { return max_degree_; }
  std::uint64_t memory_bytes() const;

  /// Distinct contacts of a user, written to `out` (room for max_degree()); returns their number.
  std::uint32_t contacts_of(std::uint32_t user, std::uint32_t* out) const;

  /// Contacts of up to contact_lanes users at once, for kind implicit: rows[r].of[i] of users[i], one row for each of the
  /// max_degree() matchings; distinct within a user, `nobody` where there is none.
  void find_contacts(const std::uint32_t* users, std::uint32_t count, std::span<ContactRow> rows) const;

  /// Contacts of a user in a graph, for kind file.
  std::span<const std::uint32_t> neighbours(std::uint32_t user) const {
    return {graph_.neighbour.data() + graph_.first[user], graph_.neighbour.data() + graph_.first[user + 1]};
  }

 private:
  struct Scale {
    MatchingScale size;
    std::vector<Matching> matchings;
  };
  void add_scale(std::uint32_t size, double degree, std::uint32_t key);

  ContactsKind kind_ = ContactsKind::mixing;
  std::uint32_t users_ = 0;
  std::uint32_t max_degree_ = 0;
  std::vector<Scale> scales_;
  Graph graph_;
};

}  // namespace spillway
