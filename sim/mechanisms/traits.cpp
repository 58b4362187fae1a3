// Fixed differences between people, re-derived from the user id in every tick: they take no memory.
#include "model/traits.hpp"

#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

namespace {
SPILLWAY_INLINE void lognormal_lane(std::uint32_t salt, const std::int32_t* __restrict person, std::uint32_t n, Lognormal law,
                                    const float* __restrict shift, float* __restrict out) {
  const float location = law.location, spread = law.spread;
  for (std::uint32_t i = 0; i < n; ++i) out[i] = uniform(trait_of(salt, static_cast<std::uint32_t>(person[i])));
  for (std::uint32_t i = 0; i < n; ++i) out[i] = normal_quantile_f(out[i]);
  for (std::uint32_t i = 0; i < n; ++i) out[i] = exp_f(location + shift[i] + spread * out[i]);
}

// Segments: logs of their means relative to the population's are added as shifts, so that one segment costs nothing extra.
struct Shifts {
  float taste[block_size], sensitivity[block_size], budget[block_size];
};

SPILLWAY_INLINE void segment_lanes(const View& view, Block block, const Scratch& scratch, const std::int32_t* __restrict person,
                                   Shifts& shifts) {
  const std::uint32_t n = block.size;
  std::int32_t* __restrict segment = scratch.lane(IntLane::segment);
  for (std::uint32_t i = 0; i < n; ++i) {
    segment[i] = 0;
    shifts.taste[i] = shifts.sensitivity[i] = shifts.budget[i] = 0.0F;
  }
  const Population& people = view.scenario->population;
  if (people.segments.empty()) return;
  const std::uint32_t salt = trait_salt(view.key, Trait::segment);
  double below = 0.0;
  for (std::size_t g = 0; g < people.segments.size(); ++g) {
    const Segment& s = people.segments[g];
    const float from = static_cast<float>(below), id = static_cast<float>(g);
    const float taste = static_cast<float>(s.conversation_taste - people.conversation_taste);
    const float sensitivity =
        static_cast<float>(s.ad_sensitivity > 0 && people.ad_sensitivity > 0 ? log_d(s.ad_sensitivity / people.ad_sensitivity) : -80.0);
    const float budget = static_cast<float>(log_d(s.time_budget / people.time_budget));
    below += s.share;
    for (std::uint32_t i = 0; i < n; ++i) {
      const bool in = uniform(trait_of(salt, static_cast<std::uint32_t>(person[i]))) >= from;  // later segments overwrite earlier ones
      segment[i] = in ? static_cast<std::int32_t>(id) : segment[i];
      shifts.taste[i] = in ? taste : shifts.taste[i];
      shifts.sensitivity[i] = in ? sensitivity : shifts.sensitivity[i];
      shifts.budget[i] = in ? budget : shifts.budget[i];
    }
  }
}

SPILLWAY_INLINE void person_lanes(const View& view, Block block, const Scratch& scratch, const std::int32_t* __restrict person,
                                  const Shifts& shifts) {
  const Scenario& s = *view.scenario;
  const std::uint32_t n = block.size;
  const float taste_mean = static_cast<float>(s.population.conversation_taste) - 0.5F;
  const float low = static_cast<float>(s.exit.threshold_low), width = static_cast<float>(s.exit.threshold_high) - low;
  const float with_list = static_cast<float>(s.population.contact_list_share),
              per_mean = static_cast<float>(1.0 / s.population.time_budget);
  const std::uint32_t taste_salt = trait_salt(view.key, Trait::conversation_taste),
                      threshold_salt = trait_salt(view.key, Trait::exit_threshold);
  const std::uint32_t list_salt = trait_salt(view.key, Trait::contact_list);
  float* __restrict taste = scratch.lane(Lane::conversation_taste);
  float* __restrict threshold = scratch.lane(Lane::exit_threshold);
  float* __restrict list = scratch.lane(Lane::contact_list);
  float* __restrict ratio = scratch.lane(Lane::budget_ratio);
  const float* __restrict minutes = scratch.lane(Lane::minutes);
  const float* __restrict shift = shifts.taste;
  for (std::uint32_t i = 0; i < n; ++i) {
    const auto id = static_cast<std::uint32_t>(person[i]);
    const std::uint32_t w = trait_of(taste_salt, id);  // mean of three uniforms of 10 bits
    const auto sum = static_cast<float>(static_cast<std::int32_t>((w & 1023U) + (w >> 10 & 1023U) + (w >> 20 & 1023U))) + 1.5F;
    taste[i] = clamp_to(sum * (1.0F / 3072.0F) + taste_mean + shift[i], 0.0F, 1.0F);
    threshold[i] = low + width * uniform(trait_of(threshold_salt, id));
    list[i] = uniform(trait_of(list_salt, id)) < with_list ? 1.0F : 0.0F;
    ratio[i] = minutes[i] * per_mean;
  }
}
}  // namespace

SPILLWAY_MULTIVERSION void recall_traits(const View& view, Block block, const Scratch& scratch, Tally&) {
  const Population& people = view.scenario->population;
  const std::uint32_t n = block.size;
  const std::int32_t* __restrict user = scratch.lane(IntLane::user);
  std::int32_t person[block_size];
  const std::uint32_t salt = person_salt(view.key);
  for (std::uint32_t i = 0; i < n; ++i) person[i] = static_cast<std::int32_t>(person_word(salt, static_cast<std::uint32_t>(user[i])));
  Shifts shifts;
  segment_lanes(view, block, scratch, person, shifts);
  lognormal_lane(trait_salt(view.key, Trait::time_budget), person, n, view.time_budget, shifts.budget, scratch.lane(Lane::minutes));
  lognormal_lane(trait_salt(view.key, Trait::ad_sensitivity), person, n, view.ad_sensitivity, shifts.sensitivity,
                 scratch.lane(Lane::ad_sensitivity));
  person_lanes(view, block, scratch, person, shifts);
  const float spread = static_cast<float>(people.taste_spread);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    const std::uint32_t taste_salt = trait_salt(view.key, Trait::platform_taste, view.platform_id[k]);
    float* __restrict taste = scratch.lane(PlatformLane::taste, k);
    for (std::uint32_t i = 0; i < n; ++i) taste[i] = uniform(trait_of(taste_salt, static_cast<std::uint32_t>(person[i])));
    for (std::uint32_t i = 0; i < n; ++i) taste[i] = spread * normal_quantile_f(taste[i]);
  }
}

}  // namespace spillway
