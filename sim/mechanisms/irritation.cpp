// S6: irritation is a moving average of what the ad load should cause in the long run; members only.
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

SPILLWAY_MULTIVERSION void grow_irritation(const View& view, Block block, const Scratch& scratch, Tally&) {
  const float relax = view.now.relax_irritation;
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    const float target = view.platform[k].ad_stock_target;
    const float* __restrict member = scratch.lane(PlatformLane::member, k);
    float* __restrict irritation = scratch.lane(PlatformLane::irritation, k);
    for (std::uint32_t i = 0; i < block.size; ++i) irritation[i] = member[i] * (irritation[i] + relax * (target - irritation[i]));
    store<1>(view.columns[k].irritation, block, irritation, scratch.lane(PlatformIntLane::rounding_word, k));
  }
}

}  // namespace spillway
