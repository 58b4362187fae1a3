// The random words of a tick: one Philox block per user and live platform, its words divided up in base/random.hpp.
#include "mechanisms/phases.hpp"

namespace spillway {

SPILLWAY_MULTIVERSION void draw_luck(const View& view, Block block, const Scratch& scratch, Tally&) {
  const DrawKey key = view.key;
  const std::uint32_t tick = view.now.index, n = block.size, first = block.first;
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    const std::uint32_t id = view.platform_id[k];
    std::int32_t* __restrict w0 = scratch.lane(PlatformIntLane::event_word, k);
    std::int32_t* __restrict w1 = scratch.lane(PlatformIntLane::cause_word, k);
    std::int32_t* __restrict w2 = scratch.lane(PlatformIntLane::round_word_a, k);
    std::int32_t* __restrict w3 = scratch.lane(PlatformIntLane::round_word_b, k);
    for (std::uint32_t i = 0; i < n; ++i) {
      const Draw d = draw(key, first + i, tick, Stream::event, id);
      w0[i] = static_cast<std::int32_t>(d.word[0]);
      w1[i] = static_cast<std::int32_t>(d.word[1]);
      w2[i] = static_cast<std::int32_t>(d.word[2]);
      w3[i] = static_cast<std::int32_t>(d.word[3]);
    }
  }
}

}  // namespace spillway
