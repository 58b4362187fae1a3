// What users know of their contacts: the one place where a change of somebody's status meets the counters of another.
#pragma once

#include <atomic>
#include <cstdint>

#include "model/tally.hpp"
#include "model/view.hpp"

namespace spillway {

/// Asks for a cell of a user who is to be written to soon.
inline void prefetch(const CounterRef& counter, std::uint32_t user) {
  if (counter.u8 != nullptr)
    __builtin_prefetch(counter.u8 + user, 1);
  else if (counter.u16 != nullptr)
    __builtin_prefetch(counter.u16 + user, 1);
}

inline void prefetch(const MembershipRef& membership, std::uint32_t user) {
  if (membership.u8 != nullptr)
    __builtin_prefetch(membership.u8 + user, 1);
  else
    __builtin_prefetch(membership.u32 + user, 1);
}

inline void prefetch(const ContactsRef& contacts, std::uint32_t user) {
  if (contacts.u16 != nullptr)
    __builtin_prefetch(contacts.u16 + user, 1);
  else if (contacts.u32 != nullptr)
    __builtin_prefetch(contacts.u32 + user, 1);
  else
    __builtin_prefetch(contacts.u64 + user, 1);
}

/// Adds to an integer that other threads add to as well, if there are others (`shared`). Additions commute, so the result does
/// not depend on who comes first.
template <class Integer>
void add_to(Integer& sum, std::uint64_t step, bool shared) {
  if (shared)
    std::atomic_ref(sum).fetch_add(static_cast<Integer>(step), std::memory_order_relaxed);
  else
    sum = static_cast<Integer>(sum + step);
}

inline void add_to(const CounterRef& counter, std::uint32_t user, std::uint32_t step, bool shared) {
  if (counter.u8 != nullptr)
    add_to(counter.u8[user], step, shared);
  else if (counter.u16 != nullptr)
    add_to(counter.u16[user], step, shared);
}

/// What one contact's change of status adds to a contacts word. An exit takes one from the active, who include the leaver, so that
/// nothing is borrowed from above. `recency`: steps that a fresh member adds.
template <class Word>
constexpr std::uint64_t contacts_step(ChangeKind kind, std::uint32_t recency) {
  using Bits = ContactsBits<Word>;
  if (kind == ChangeKind::exit) return ~std::uint64_t{0};
  const std::uint64_t first = kind == ChangeKind::join ? 1 : 0;
  return 1 | first << Bits::count | std::uint64_t{recency} << 2 * Bits::count;
}

/// Tells one user that `contacts` of his changed status on a platform.
inline void tell(const ContactsRef& words, std::uint32_t user, ChangeKind kind, std::uint32_t recency, bool shared,
                 std::uint32_t contacts = 1) {
  if (words.u16 != nullptr)
    add_to(words.u16[user], contacts * contacts_step<std::uint16_t>(kind, recency), shared);
  else if (words.u32 != nullptr)
    add_to(words.u32[user], contacts * contacts_step<std::uint32_t>(kind, recency), shared);
  else
    add_to(words.u64[user], contacts * contacts_step<std::uint64_t>(kind, recency), shared);
}

}  // namespace spillway
