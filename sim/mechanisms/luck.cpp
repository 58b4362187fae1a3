// The random words of a tick, per user and live platform: one that decides on joining or leaving, one that rounds stocks, and for
// members one for their follows and one for complaining.
#include "mechanisms/phases.hpp"

namespace spillway {

static_assert(block_size % sharing_users == 0);

SPILLWAY_MULTIVERSION void draw_luck(const View& view, Block block, const Scratch& scratch, Tally&) {
  const DrawKey key = view.key;
  const std::uint32_t tick = view.now.index, first = block.first;
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    const std::uint32_t id = view.platform_id[k];
    std::int32_t* __restrict words = scratch.lane(PlatformIntLane::event_word, k);
    for (std::uint32_t part = 0; part < block.size; part += sharing_users) {
      std::int32_t* __restrict out = words + part;
      for (std::uint32_t i = 0; i < sharing_draws; ++i) {
        const Draw d = draw(key, first + part + i, tick, Stream::event, id);
        out[i] = static_cast<std::int32_t>(d.word[0]);
        out[i + sharing_draws] = static_cast<std::int32_t>(d.word[1]);
        out[i + 2 * sharing_draws] = static_cast<std::int32_t>(d.word[2]);
        out[i + 3 * sharing_draws] = static_cast<std::int32_t>(d.word[3]);
      }
    }
  }
}

SPILLWAY_MULTIVERSION void draw_members_luck(const View& view, Block block, const Scratch& scratch, Tally&) {
  const DrawKey key = view.key;
  const std::uint32_t tick = view.now.index;
  const std::int32_t* __restrict user = scratch.lane(IntLane::user);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    const std::uint32_t id = view.platform_id[k];
    std::int32_t* __restrict follow = scratch.lane(PlatformIntLane::follow_word, k);
    std::int32_t* __restrict complain = scratch.lane(PlatformIntLane::complaint_word, k);
    for (std::uint32_t i = 0; i < block.size; ++i) {
      const Draw d = draw(key, static_cast<std::uint32_t>(user[i]), tick, Stream::follow, id);
      follow[i] = static_cast<std::int32_t>(d.word[0]);
      complain[i] = static_cast<std::int32_t>(d.word[1]);
    }
  }
}

SPILLWAY_MULTIVERSION void draw_rounding(const View& view, Block block, const Scratch& scratch, Tally&) {
  const std::int32_t* __restrict user = scratch.lane(IntLane::user);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    const std::uint32_t salt = rounding_salt(view.key, view.now.index, view.platform_id[k]);
    std::int32_t* __restrict words = scratch.lane(PlatformIntLane::rounding_word, k);
    for (std::uint32_t i = 0; i < block.size; ++i)
      words[i] = static_cast<std::int32_t>(rounding_word(salt, static_cast<std::uint32_t>(user[i])));
  }
}

}  // namespace spillway
