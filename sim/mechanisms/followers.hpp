// Follower counts: exactly the number of follow bits that are set.
#pragma once

#include <bit>
#include <span>

#include "model/tally.hpp"
#include "model/view.hpp"

namespace spillway {

/// Counters of one platform. Everybody writes to the most popular suppliers, so each worker counts theirs by itself.
class FollowerCounts {
 public:
  FollowerCounts(const View& view, Tally& tally, std::size_t k)
      : tail_(&tally.tail_follows), head_(view.suppliers.head), platform_(static_cast<std::uint32_t>(k)) {
    const SupplierTable& table = view.suppliers;
    if (table.followers == nullptr) return;
    if (tally.head_follows.empty()) tally.head_follows.resize(table.head * table.platforms);
    if (!tail_->made()) *tail_ = Outbox(table.count, table.writers);
    most_popular_ = tally.head_follows.data() + k * table.head;
  }
  /// Follow bits of a user with these slots changed.
  void change(const std::uint32_t* slots, std::uint32_t before, std::uint32_t after) const {
    if (most_popular_ == nullptr) return;
    for (std::uint32_t left = before ^ after; left != 0; left &= left - 1) {
      const auto slot = static_cast<std::uint32_t>(std::countr_zero(left));
      const std::uint32_t won = after >> slot & 1U, supplier = slots[slot];
      if (supplier < head_)
        most_popular_[supplier] += step(won);
      else
        tail_->post({supplier, platform_ << 1 | won});
    }
  }
  /// Counts what the workers have posted.
  static void settle(const SupplierTable& table, std::span<Outbox* const> tails) {
    const auto counter = [&](Message m) { return table.followers + (m.text >> 1) * table.count + m.to; };
    Outbox::deliver(
        tails, table.writers, [&](Message m) { __builtin_prefetch(counter(m), 1); }, [&](Message m) { *counter(m) += step(m.text & 1U); });
  }

 private:
  static std::int32_t step(std::uint32_t won) { return won != 0 ? 1 : -1; }

  Outbox* tail_;
  std::int32_t* most_popular_ = nullptr;
  std::uint32_t head_, platform_;
};

/// How many of the suppliers followed on platform k keep a service account there.
inline std::uint8_t served_follows(const View& view, std::uint32_t user, std::size_t k, std::uint32_t bits) {
  const SupplierTable& table = view.suppliers;
  const std::uint32_t* slots = table.slots_of(user);
  std::uint8_t served = 0;
  for (std::uint32_t left = bits; left != 0; left &= left - 1) {
    const std::uint32_t flags = SupplierTable::flags(table.row(slots[std::countr_zero(left)]));
    served = static_cast<std::uint8_t>(served + (flags >> (SupplierTable::serves + k) & 1U));
  }
  return served;
}

}  // namespace spillway
