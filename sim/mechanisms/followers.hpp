// Follower counts: exactly the number of follow bits that are set.
#pragma once

#include <bit>

#include "model/contact_counters.hpp"
#include "model/tally.hpp"
#include "model/view.hpp"

namespace spillway {

/// Follow bits on platform k of a user with these slots changed. Everybody writes to the most popular suppliers, so each worker counts
/// theirs by itself.
inline void count_followers(const View& view, Tally& tally, const std::uint32_t* slots, std::size_t k, std::uint32_t before,
                            std::uint32_t after) {
  const SupplierTable& table = view.suppliers;
  if (table.followers == nullptr) return;
  if (tally.head_follows.empty()) tally.head_follows.resize(table.head * table.platforms);
  for (std::uint32_t left = before ^ after; left != 0; left &= left - 1) {
    const auto slot = static_cast<std::uint32_t>(std::countr_zero(left));
    const std::int32_t step = (after >> slot & 1U) != 0 ? 1 : -1;
    const std::uint32_t supplier = slots[slot];
    if (supplier < table.head)
      tally.head_follows[k * table.head + supplier] += step;
    else
      add_to(table.followers[k * table.count + supplier], static_cast<std::uint64_t>(step), table.shared);
  }
}

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
