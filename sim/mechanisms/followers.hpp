// Follower counts: exactly the number of follow bits that are set.
#pragma once

#include <bit>

#include "model/contact_counters.hpp"
#include "model/tally.hpp"
#include "model/view.hpp"

namespace spillway {

/// Counters of one platform. Everybody writes to the most popular suppliers, so each worker counts theirs by itself.
class FollowerCounts {
 public:
  FollowerCounts(const View& view, Tally& tally, std::size_t k)
      : tail_(&tally.tail_follows), head_(view.suppliers.head), shared_(view.suppliers.shared) {
    const SupplierTable& table = view.suppliers;
    if (table.followers == nullptr) return;
    if (tally.head_follows.empty()) tally.head_follows.resize(table.head * table.platforms);
    most_popular_ = tally.head_follows.data() + k * table.head;
    followers_ = table.followers + k * table.count;
  }
  /// Follow bits of a user with these slots changed.
  void change(const std::uint32_t* slots, std::uint32_t before, std::uint32_t after) const {
    if (followers_ == nullptr) return;
    for (std::uint32_t left = before ^ after; left != 0; left &= left - 1) {
      const auto slot = static_cast<std::uint32_t>(std::countr_zero(left));
      const std::int32_t step = (after >> slot & 1U) != 0 ? 1 : -1;
      const std::uint32_t supplier = slots[slot];
      if (supplier < head_)
        most_popular_[supplier] += step;
      else
        wait(followers_ + supplier, step);
    }
  }
  /// Counts what still waits.
  static void settle(const View& view, Tally& tally) {
    for (WaitingSteps::Step& step : tally.tail_follows.ring) count(step, view.suppliers.shared);
  }

 private:
  static void count(WaitingSteps::Step& step, bool shared) {
    if (step.counter != nullptr) add_to(*step.counter, static_cast<std::uint64_t>(step.by), shared);
    step.counter = nullptr;
  }
  void wait(std::int32_t* counter, std::int32_t by) const {
    WaitingSteps::Step& step = tail_->ring[tail_->next++ % tail_->ring.size()];
    count(step, shared_);
    step = {counter, by};
    __builtin_prefetch(counter, 1);
  }

  WaitingSteps* tail_;
  std::int32_t *most_popular_ = nullptr, *followers_ = nullptr;
  std::uint32_t head_;
  bool shared_;
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
