// S12: social currency, a stock of points and prestige that sharing earns and rewards add to; members only.
#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

SPILLWAY_MULTIVERSION void earn_currency(const View& view, Block block, const Scratch& scratch, Tally&) {
  const SocialCurrency& currency = view.scenario->social_currency;
  const float relax = view.now.relax_currency;
  const auto memory = static_cast<float>(currency.memory), sharing = static_cast<float>(currency.sharing),
             appreciation = static_cast<float>(currency.appreciation);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    const float reward = view.platform[k].reward_rate;
    const float* __restrict member = scratch.lane(PlatformLane::member, k);
    const float* __restrict attention = scratch.lane(PlatformLane::attention, k);
    const float* __restrict reach = scratch.lane(PlatformLane::reach, k);
    float* __restrict stock = scratch.lane(PlatformLane::currency, k);
    for (std::uint32_t i = 0; i < block.size; ++i) {
      const float earned = attention[i] * (sharing * (1.0F + appreciation * reach[i]) + reward);
      stock[i] = member[i] * (stock[i] + relax * (memory * earned - stock[i]));
    }
    store<3>(view.columns[k].currency, block, stock, scratch.lane(PlatformIntLane::rounding_word, k));
  }
}

}  // namespace spillway
