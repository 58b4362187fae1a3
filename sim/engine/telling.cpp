#include "engine/telling.hpp"

#include <algorithm>

#include "base/parallel.hpp"
#include "model/contact_counters.hpp"

namespace spillway {

namespace {
constexpr std::size_t changes_at_once = 16384;  // chosen: their mail stays in the level-2 caches
constexpr std::uint32_t kinds = 4;              // at least as many as kinds of change

std::uint32_t text(const StatusChange& change) { return change.platform * kinds + static_cast<std::uint32_t>(change.kind); }
}  // namespace

Telling::Telling(const World& world)
    : world_(world),
      mail_(world.view.users, std::max(1, world.threads)),
      contacts_(static_cast<std::size_t>(std::max(1, world.threads)), ContactBatch(world.contacts)) {}

// To the contacts of all who changed.
void Telling::write(std::span<const StatusChange> changes) {
  for_blocks(changes.size(), contact_lanes, world_.threads, [&](int w, std::size_t first, std::size_t last) {
    ContactBatch& contacts = contacts_[static_cast<std::size_t>(w)];
    for (std::size_t at = first; at < last; at += contact_lanes) {
      const auto some = changes.subspan(at, std::min<std::size_t>(contact_lanes, last - at));
      std::uint32_t users[contact_lanes];
      for (std::size_t i = 0; i < some.size(); ++i) users[i] = some[i].user;
      contacts.find(users, static_cast<std::uint32_t>(some.size()));
      contacts.each([&](std::uint32_t i, std::uint32_t contact) { mail_.of(w).post({contact, text(some[i])}); });
    }
  });
}

template <class Word>
void Telling::deliver(Word* ContactsRef::*words) {
  Word* columns[max_platforms] = {};
  for (std::size_t k = 0; k < world_.view.platforms; ++k) columns[k] = world_.view.columns[k].contacts.*words;
  Word steps[kinds] = {};
  for (const ChangeKind kind : {ChangeKind::join, ChangeKind::rejoin, ChangeKind::exit})
    steps[static_cast<std::size_t>(kind)] = static_cast<Word>(contacts_step<Word>(kind, world_.view.recency_impulse));
  const auto word = [&](Message m) -> Word& { return columns[m.text / kinds][m.to]; };
  mail_.deliver([&](Message m) { __builtin_prefetch(&word(m), 1); },
                [&](Message m) { word(m) = static_cast<Word>(word(m) + steps[m.text % kinds]); });
}

std::uint64_t Telling::tell(std::span<const StatusChange> changes) {
  if (world_.contacts.kind() == ContactsKind::mixing) return 0;
  std::uint64_t told = 0;
  const ContactsRef& contacts = world_.view.columns[0].contacts;
  for (std::size_t at = 0; at < changes.size(); at += changes_at_once) {
    write(changes.subspan(at, std::min(changes_at_once, changes.size() - at)));
    told += mail_.waiting();
    if (contacts.u16 != nullptr)
      deliver(&ContactsRef::u16);
    else if (contacts.u32 != nullptr)
      deliver(&ContactsRef::u32);
    else
      deliver(&ContactsRef::u64);
  }
  return told;
}

}  // namespace spillway
