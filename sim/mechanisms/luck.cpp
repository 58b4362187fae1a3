// The random words of a tick, per user and live platform: one that decides on joining or leaving, one that rounds stocks, and for
// members one for their follows and one for complaining.
#include "mechanisms/packing.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

static_assert(block_size % sharing_users == 0);

namespace {
// The shared words of all the block's users.
SPILLWAY_INLINE void shared_words(const View& view, std::uint32_t first, std::uint32_t n, Stream stream, std::uint32_t id,
                                  std::int32_t* __restrict words) {
  const DrawKey key = view.key;
  const std::uint32_t tick = view.now.index;
  for (std::uint32_t part = 0; part < n; part += sharing_users) {
    std::int32_t* __restrict out = words + part;
    for (std::uint32_t i = 0; i < sharing_draws; ++i) {
      const Draw d = draw(key, first + part + i, tick, stream, id);
      out[i] = static_cast<std::int32_t>(d.word[0]);
      out[i + sharing_draws] = static_cast<std::int32_t>(d.word[1]);
      out[i + 2 * sharing_draws] = static_cast<std::int32_t>(d.word[2]);
      out[i + 3 * sharing_draws] = static_cast<std::int32_t>(d.word[3]);
    }
  }
}
}  // namespace

SPILLWAY_MULTIVERSION void draw_luck(const View& view, Block block, const Scratch& scratch, Tally&) {
  for (std::size_t k = 0; k < view.platforms; ++k)
    if (view.platform[k].live)
      shared_words(view, block.first, block.size, Stream::event, view.platform_id[k], scratch.lane(PlatformIntLane::event_word, k));
}

// For a part of the block too, all its users' words are drawn: that costs what drawing a quarter of them one by one would.
SPILLWAY_MULTIVERSION void draw_members_luck(const View& view, Block block, const Scratch& scratch, Tally&) {
  std::int32_t all[block_size];
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    std::int32_t* __restrict follow = scratch.lane(PlatformIntLane::follow_word, k);
    std::int32_t* __restrict complain = scratch.lane(PlatformIntLane::complaint_word, k);
    shared_words(view, block.first, block_size, Stream::follow, view.platform_id[k], block.picks == nullptr ? follow : all);
    if (block.picks != nullptr) pack(all, *block.picks, follow);
    const std::uint32_t salt = complaint_salt(view.key);
    for (std::uint32_t i = 0; i < block.size; ++i)
      complain[i] = static_cast<std::int32_t>(complaint_word(salt, static_cast<std::uint32_t>(follow[i])));
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
