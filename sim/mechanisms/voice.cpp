// S9: members who are displeased complain. Being heard soothes, being ignored insults; the platform may answer with fewer ads
// (see accounts.cpp).
#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

namespace {
void store_one(const StockRef& stock, std::uint32_t user, float value, std::int32_t rounding) {
  if (stock.u16 != nullptr)
    stock.u16[user] = static_cast<std::uint16_t>(clamp_to(value / stock.unit + fraction<1>(rounding), 0.0F, 65535.0F));
  else if (stock.f32 != nullptr)
    stock.f32[user] = value;
}

// Hazards of complaining, and 1 for those who may, by the second word of their draw.
SPILLWAY_INLINE void complaint_lane(const View& view, Block block, const Scratch& scratch, std::size_t k, float* __restrict hazard,
                                    std::int32_t* __restrict complains) {
  const Voice& voice = view.scenario->voice;
  const PlatformTick& now = view.platform[k];
  const auto rate = static_cast<float>(voice.complaint_rate * view.now.dt), tolerance = static_cast<float>(voice.tolerance),
             loyalty = static_cast<float>(voice.loyalty);
  const float ads = now.ad_flow, other = now.displeasure;
  const float* __restrict sensitivity = scratch.lane(Lane::ad_sensitivity);
  const float* __restrict member = scratch.lane(PlatformLane::member, k);
  const float* __restrict habit = scratch.lane(PlatformLane::habit, k);
  const float* __restrict irritation = scratch.lane(PlatformLane::irritation, k);
  const std::int32_t* __restrict word = scratch.lane(PlatformIntLane::complaint_word, k);
  for (std::uint32_t i = 0; i < block.size; ++i) {
    const float displeasure = sensitivity[i] * (ads + irritation[i]) + other;
    hazard[i] = member[i] * rate * at_least(displeasure - tolerance, 0.0F) * (1.0F + loyalty * habit[i]);
    complains[i] = may_happen(static_cast<std::uint32_t>(word[i]), hazard[i]);
  }
}

void answer(const View& view, Block block, const Scratch& scratch, std::size_t k, std::uint32_t i, Tally& tally) {
  const Voice& voice = view.scenario->voice;
  const std::uint32_t user = block.first + block.place(i);
  const std::uint32_t word = draw(view.key, user, view.now.index, Stream::voice, view.platform_id[k]).word[0];
  const bool heard = happens(word, view.platform[k].listening) != 0;
  const auto segment = static_cast<std::size_t>(scratch.lane(IntLane::segment)[i]);
  tally.at(heard ? Count::complaints_heard : Count::complaints_ignored, k, segment) += 1;
  float& irritation = scratch.lane(PlatformLane::irritation, k)[i];
  irritation = heard ? irritation * static_cast<float>(1.0 - voice.remedy) : irritation + static_cast<float>(voice.insult);
  store_one(view.columns[k].irritation, user, irritation, scratch.lane(PlatformIntLane::rounding_word, k)[i]);
}
}  // namespace

SPILLWAY_MULTIVERSION void complain(const View& view, Block block, const Scratch& scratch, Tally& tally) {
  float hazard[block_size];
  std::int32_t complains[block_size];
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    complaint_lane(view, block, scratch, k, hazard, complains);
    const std::int32_t* word = scratch.lane(PlatformIntLane::complaint_word, k);
    each_set(complains, block.size, [&](std::uint32_t i) {
      if (happens(static_cast<std::uint32_t>(word[i]), one_minus_exp_neg(hazard[i])) != 0) answer(view, block, scratch, k, i, tally);
    });
  }
}

}  // namespace spillway
