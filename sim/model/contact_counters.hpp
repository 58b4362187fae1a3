// What users know of their contacts: the one place where a change of somebody's status meets the counters of another.
#pragma once

#include <atomic>
#include <cstdint>

#include "model/tally.hpp"
#include "model/view.hpp"

namespace spillway {

/// Asks for the counters of a user who is to be written to soon.
inline void prefetch_counter(const CounterRef& counter, std::uint32_t user) {
  if (counter.u8 != nullptr)
    __builtin_prefetch(counter.u8 + user, 1);
  else if (counter.u16 != nullptr)
    __builtin_prefetch(counter.u16 + user, 1);
}

inline void prefetch_counters(const PlatformColumns& columns, std::uint32_t user) {
  prefetch_counter(columns.contacts_active, user);
  prefetch_counter(columns.contacts_ever, user);
  if (columns.recency != nullptr) __builtin_prefetch(columns.recency + user, 1);
}

/// Adds to an integer that other threads add to as well, if there are others (`shared`). Additions commute, so the result does
/// not depend on who comes first.
template <class Integer>
void add_to(Integer& sum, int step, bool shared) {
  if (shared)
    std::atomic_ref(sum).fetch_add(static_cast<Integer>(step), std::memory_order_relaxed);
  else
    sum = static_cast<Integer>(sum + step);
}

inline void add_to(const CounterRef& counter, std::uint32_t user, int step, bool shared) {
  if (counter.u8 != nullptr)
    add_to(counter.u8[user], step, shared);
  else if (counter.u16 != nullptr)
    add_to(counter.u16[user], step, shared);
}

/// Tells one user that a contact changed status on a platform. `recency`: steps that a fresh member adds to the recency column.
inline void tell(const PlatformColumns& columns, std::uint32_t user, ChangeKind kind, int recency, bool shared) {
  add_to(columns.contacts_active, user, kind == ChangeKind::exit ? -1 : 1, shared);
  if (kind == ChangeKind::join) add_to(columns.contacts_ever, user, 1, shared);
  if (kind != ChangeKind::exit && columns.recency != nullptr) add_to(columns.recency[user], recency, shared);
}

/// Tells one user of `joins` contacts who joined, when nobody else tells him anything.
inline void tell_joins(const PlatformColumns& columns, std::uint32_t user, int joins, int recency) {
  add_to(columns.contacts_active, user, joins, false);
  add_to(columns.contacts_ever, user, joins, false);
  if (columns.recency != nullptr) add_to(columns.recency[user], joins * recency, false);
}

}  // namespace spillway
