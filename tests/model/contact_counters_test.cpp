// What one change of status does to one contact's word, in each of its widths.
#include "model/contact_counters.hpp"

#include <catch2/catch.hpp>

namespace spillway {

namespace {
template <class Word>
struct Words {
  using Bits = ContactsBits<Word>;
  Word word[3] = {};
  ContactsRef ref() {
    ContactsRef r;
    if constexpr (sizeof(Word) == 2) r.u16 = word;
    if constexpr (sizeof(Word) == 4) r.u32 = word;
    if constexpr (sizeof(Word) == 8) r.u64 = word;
    return r;
  }
  std::uint64_t active(int user) const { return word[user] & Bits::count_mask; }
  std::uint64_t ever(int user) const { return word[user] >> Bits::count & Bits::count_mask; }
  std::uint64_t recency(int user) const { return word[user] >> 2 * Bits::count; }
};

// Not inlined: g++ 12 would follow the branches for the other widths into null pointers and warn.
[[gnu::noinline]] void tell_one(const ContactsRef& words, std::uint32_t user, ChangeKind kind, std::uint32_t recency,
                                std::uint32_t contacts = 1) {
  tell(words, user, kind, recency, contacts);
}
}  // namespace

TEMPLATE_TEST_CASE("joins, rejoins and exits count as they should, for the one who is told", "", std::uint16_t, std::uint32_t,
                   std::uint64_t) {
  Words<TestType> of;
  tell_one(of.ref(), 1, ChangeKind::join, 40);
  CHECK((of.active(1) == 1 && of.ever(1) == 1 && of.recency(1) == 40));
  tell_one(of.ref(), 1, ChangeKind::exit, 40);
  CHECK((of.active(1) == 0 && of.ever(1) == 1 && of.recency(1) == 40));
  tell_one(of.ref(), 1, ChangeKind::rejoin, 40);
  CHECK((of.active(1) == 1 && of.ever(1) == 1 && of.recency(1) == 80));
  CHECK((of.word[0] == 0 && of.word[2] == 0));
}

TEMPLATE_TEST_CASE("many joins at once are the same as one by one, up to the largest degree", "", std::uint16_t, std::uint32_t,
                   std::uint64_t) {
  using Bits = ContactsBits<TestType>;
  Words<TestType> once, each;
  constexpr std::uint32_t contacts = static_cast<std::uint32_t>(Bits::count_mask), impulse = Bits::recency_kept / contacts;
  tell_one(once.ref(), 2, ChangeKind::join, impulse, contacts);
  for (std::uint32_t join = 0; join < contacts; ++join) tell_one(each.ref(), 2, ChangeKind::join, impulse);
  CHECK(once.word[2] == each.word[2]);
  CHECK((once.active(2) == contacts && once.ever(2) == contacts && once.recency(2) == contacts * impulse));
  // What decay may leave at most, and everybody's joins on top of it, still fit.
  CHECK(std::uint64_t{Bits::recency_kept} + contacts * impulse < std::uint64_t{1} << Bits::recency);
}

}  // namespace spillway
