// S3: utility of time on a platform, habit left out.
#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

SPILLWAY_MULTIVERSION void value_time(const View& view, Block block, const Scratch& scratch, Tally&) {
  const std::uint32_t n = block.size;
  const auto per_scale = static_cast<float>(1.0 / view.scenario->utility.supply_scale);
  const float* __restrict talk = scratch.lane(Lane::conversation_taste);
  const float* __restrict sensitivity = scratch.lane(Lane::ad_sensitivity);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    const PlatformTick& now = view.platform[k];
    if (!now.live) continue;
    float* __restrict irritation = scratch.lane(PlatformLane::irritation, k);
    load(view.columns[k].irritation, block, irritation);
    float* __restrict supply = scratch.lane(PlatformLane::supply, k);
    load(view.columns[k].supply, block, supply);
    const float base = now.base_utility, conversation = now.conversation, feed = now.friends_feed, broadcast = now.broadcast,
                ads = now.ad_flow;
    const float* __restrict taste = scratch.lane(PlatformLane::taste, k);
    const float* __restrict reach = scratch.lane(PlatformLane::reach, k);
    float* __restrict utility = scratch.lane(PlatformLane::utility, k);
    for (std::uint32_t i = 0; i < n; ++i) {
      const float friends = (talk[i] * conversation + feed) * reach[i];
      const float content = (1.0F - talk[i]) * broadcast * log_f(1.0F + supply[i] * per_scale);
      utility[i] = base + taste[i] + friends + content - sensitivity[i] * (ads + irritation[i]);
    }
  }
}

}  // namespace spillway
