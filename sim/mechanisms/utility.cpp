// S3: utility of time on a platform, habit left out.
#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

namespace {
// Service accounts of followed suppliers: their share among all who are followed.
SPILLWAY_INLINE void add_service(const View& view, Block block, const Scratch& scratch, std::size_t k, float* __restrict extra) {
  const std::uint32_t n = block.size;
  std::int32_t served[block_size];
  std::int32_t* __restrict bits = scratch.lane(PlatformIntLane::follows, k);
  load_integers(view.columns[k].served, block, served);
  load_integers(view.columns[k].follows, block, bits);
  const float value = view.platform[k].service_value;
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::int32_t follows = count_bits(bits[i]);
    extra[i] += value * static_cast<float>(served[i]) / static_cast<float>(follows > 0 ? follows : 1);
  }
}

// Social currency, where the market has it.
SPILLWAY_INLINE void add_currency(const View& view, Block block, const Scratch& scratch, std::size_t k, float* __restrict extra) {
  float* __restrict currency = scratch.lane(PlatformLane::currency, k);
  load(view.columns[k].currency, block, currency);
  const auto value = static_cast<float>(view.scenario->social_currency.value);
  for (std::uint32_t i = 0; i < block.size; ++i) extra[i] += value * currency[i];
}
}  // namespace

SPILLWAY_MULTIVERSION void value_time(const View& view, Block block, const Scratch& scratch, Tally&) {
  const std::uint32_t n = block.size;
  const auto per_scale = static_cast<float>(1.0 / view.scenario->utility.supply_scale);
  const float* __restrict talk = scratch.lane(Lane::conversation_taste);
  const float* __restrict sensitivity = scratch.lane(Lane::ad_sensitivity);
  float extra[block_size];
  for (std::size_t k = 0; k < view.platforms; ++k) {
    const PlatformTick& now = view.platform[k];
    if (!now.live) continue;
    float* __restrict irritation = scratch.lane(PlatformLane::irritation, k);
    load(view.columns[k].irritation, block, irritation);
    float* __restrict supply = scratch.lane(PlatformLane::supply, k);
    load(view.columns[k].supply, block, supply);
    fill(extra, n, 0.0F);
    if (view.serves(k)) add_service(view, block, scratch, k, extra);
    if (view.columns[k].currency) add_currency(view, block, scratch, k, extra);
    const float base = now.base_utility, conversation = now.conversation, feed = now.friends_feed, broadcast = now.broadcast,
                ads = now.ad_flow;
    const float* __restrict taste = scratch.lane(PlatformLane::taste, k);
    const float* __restrict reach = scratch.lane(PlatformLane::reach, k);
    float* __restrict utility = scratch.lane(PlatformLane::utility, k);
    for (std::uint32_t i = 0; i < n; ++i) {
      const float friends = (talk[i] * conversation + feed) * reach[i];
      const float content = (1.0F - talk[i]) * broadcast * log_f(1.0F + supply[i] * per_scale);
      utility[i] = base + taste[i] + friends + content + extra[i] - sensitivity[i] * (ads + irritation[i]);
    }
  }
}

}  // namespace spillway
