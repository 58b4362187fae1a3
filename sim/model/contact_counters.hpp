// What users know of their contacts: the one place where a change of somebody's status meets the counters of another.
#pragma once

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

/// Nobody else may write to a counter at the same time.
inline void add_to(const CounterRef& counter, std::uint32_t user, std::uint32_t step) {
  if (counter.u8 != nullptr)
    counter.u8[user] = static_cast<std::uint8_t>(counter.u8[user] + step);
  else if (counter.u16 != nullptr)
    counter.u16[user] = static_cast<std::uint16_t>(counter.u16[user] + step);
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

namespace detail {
template <class Word>
void tell(Word& word, ChangeKind kind, std::uint32_t recency, std::uint32_t contacts) {
  word = static_cast<Word>(word + contacts * contacts_step<Word>(kind, recency));
}
}  // namespace detail

/// Tells one user that `contacts` of his changed status on a platform.
inline void tell(const ContactsRef& words, std::uint32_t user, ChangeKind kind, std::uint32_t recency, std::uint32_t contacts) {
  if (words.u16 != nullptr)
    detail::tell(words.u16[user], kind, recency, contacts);
  else if (words.u32 != nullptr)
    detail::tell(words.u32[user], kind, recency, contacts);
  else
    detail::tell(words.u64[user], kind, recency, contacts);
}

}  // namespace spillway
