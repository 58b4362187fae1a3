// Whom a platform has from its launch on: people online whose hashed word lies in a range as long as its initial share.
#pragma once

#include <cstdint>

#include "model/traits.hpp"
#include "model/view.hpp"

namespace spillway {

struct InitialMembers {
  bool any = false;
  std::uint32_t salt = 0, from = 0, span = 0;  ///< words from `from` to `from + span`
};

SPILLWAY_INLINE std::int32_t chosen(const InitialMembers& members, std::uint32_t agent) {
  return trait_word(members.salt, agent) - members.from <= members.span ? 1 : 0;
}

/// Each platform hashes words of its own. Where people have one home, platforms divide the same words between them, so that
/// nobody is chosen twice.
InitialMembers initial_members(const View& view, std::size_t platform);

}  // namespace spillway
