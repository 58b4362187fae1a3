// S5: habit is a moving average of attention; a new member starts with the habit of the first day.
#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

namespace {
// Habitual attention that moved between platforms and the outside: losses meet gains in proportion.
SPILLWAY_INLINE void count_flow(const View& view, Block block, const float (*change)[block_size], Tally& tally) {
  const std::uint32_t n = block.size;
  float gained[block_size], lost[block_size];
  fill(gained, n, 0.0F);
  fill(lost, n, 0.0F);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    const float* __restrict d = change[k];
    for (std::uint32_t i = 0; i < n; ++i) {
      gained[i] += at_least(d[i], 0.0F);
      lost[i] += at_least(-d[i], 0.0F);
    }
  }
  constexpr float steps = 1048576.0F;
  float per_loss[block_size];  // 1 / the larger side
  for (std::uint32_t i = 0; i < n; ++i) per_loss[i] = steps / at_least(at_least(gained[i], lost[i]), 1e-9F);
  for (std::size_t from = 0; from < view.platforms; ++from) {
    if (!view.platform[from].live) continue;
    const float* __restrict d = change[from];
    std::int32_t out = 0, in = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
      out += static_cast<std::int32_t>(at_least(-d[i], 0.0F) * at_least(lost[i] - gained[i], 0.0F) * per_loss[i] + 0.5F);
      in += static_cast<std::int32_t>(at_least(d[i], 0.0F) * at_least(gained[i] - lost[i], 0.0F) * per_loss[i] + 0.5F);
    }
    tally.attention_flow[from + 1][0] += out;
    tally.attention_flow[0][from + 1] += in;
    for (std::size_t to = 0; to < view.platforms; ++to) {
      if (to == from || !view.platform[to].live) continue;
      const float* __restrict g = change[to];
      std::int32_t moved = 0;
      for (std::uint32_t i = 0; i < n; ++i)
        moved += static_cast<std::int32_t>(at_least(-d[i], 0.0F) * at_least(g[i], 0.0F) * per_loss[i] + 0.5F);
      tally.attention_flow[from + 1][to + 1] += moved;
    }
  }
}
}  // namespace

SPILLWAY_MULTIVERSION void form_habit(const View& view, Block block, const Scratch& scratch, Tally& tally) {
  const std::uint32_t n = block.size;
  const float relax = view.now.relax_habit;
  float change[max_platforms][block_size];
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    const float* __restrict attention = scratch.lane(PlatformLane::attention, k);
    const float* __restrict newcomer = scratch.lane(PlatformLane::newcomer, k);
    float* __restrict habit = scratch.lane(PlatformLane::habit, k);
    float* __restrict d = change[k];
    for (std::uint32_t i = 0; i < n; ++i) {
      d[i] = (newcomer[i] > 0.0F ? 1.0F : relax) * (attention[i] - habit[i]);
      habit[i] += d[i];
    }
    store<0>(view.columns[k].habit, block, habit, scratch.lane(PlatformIntLane::rounding_word, k));
  }
  count_flow(view, block, change, tally);
}

}  // namespace spillway
