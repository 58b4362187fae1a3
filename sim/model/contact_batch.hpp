// Contacts of a batch of users, whatever the kind of network: worked out once, visited as often as need be.
#pragma once

#include <span>
#include <vector>

#include "model/contact_network.hpp"

namespace spillway {

/// Working memory of one worker.
class ContactBatch {
 public:
  explicit ContactBatch(const ContactNetwork& network)
      : network_(&network), rows_(network.kind() == ContactsKind::implicit ? network.max_degree() : 0) {}

  /// Up to contact_lanes users, who must stay where they are until the last visit.
  void find(const std::uint32_t* users, std::uint32_t count) {
    users_ = {users, count};
    if (network_->kind() == ContactsKind::implicit) network_->find_contacts(users, count, rows_);
  }

  /// visit(i, contact) for each contact of the i-th user; a user's contacts are distinct.
  template <class Visit>
  void each(Visit visit) const {
    for (const ContactRow& row : rows_)
      for (std::uint32_t i = 0; i < users_.size(); ++i)
        if (row.of[i] != nobody) visit(i, row.of[i]);
    if (network_->kind() != ContactsKind::file) return;
    for (std::uint32_t i = 0; i < users_.size(); ++i)
      for (const std::uint32_t contact : network_->neighbours(users_[i])) visit(i, contact);
  }

  /// The same as rows, for loops in vectors; kind implicit.
  std::span<const ContactRow> rows() const { return rows_; }

 private:
  const ContactNetwork* network_;
  std::vector<ContactRow> rows_;
  std::span<const std::uint32_t> users_;
};

}  // namespace spillway
