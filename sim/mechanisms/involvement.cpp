// Who must decide in full. Of those who are members nowhere, all but a few cannot join in this tick: the uniform that decides lies
// above the largest chance that their contacts' pressure allows, or above the largest that their taste allows too. These bounds are
// cheap, so utilities and hazards are worked out for members and for the few below both. Leaving somebody out changes nothing: the
// decision would be no.
#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"
#include "model/traits.hpp"

namespace spillway {

namespace {
constexpr float largest_gate = 2.0F;   // of 2 / (1 + e^x)
constexpr float rounded_up = 1.0001F;  // more than all roundings on the way from the hazard to its chance
constexpr float utils_up = 0.01F;      // more than all roundings of a utility

/// What bounds the hazard of joining platform k for somebody who is a member nowhere.
struct Bound {
  float by_self, by_peers, back, exponent;

  Bound(const View& view, std::size_t k) {
    const PlatformTick& now = view.platform[k];
    const Adoption& adoption = view.scenario->adoption;
    const float invited = static_cast<float>(adoption.invite_boost) * now.contact_import;
    by_self = rounded_up * now.join_spontaneous;
    by_peers = rounded_up * now.join_peer * (1.0F + max_of(invited, 0.0F));
    back = static_cast<float>(adoption.return_factor);
    exponent = static_cast<float>(adoption.contagion_exponent);
  }
  SPILLWAY_INLINE std::int32_t joins(std::int32_t word, std::int32_t membership, unsigned shift, float gate, float pressure) const {
    const float may = static_cast<float>(membership & 1) * ((membership >> shift & 3) == 2 ? back : 1.0F);
    const float raised = exponent == 1.0F ? pressure : pow_bound_f(pressure, exponent);
    return happens(static_cast<std::uint32_t>(word), may * gate * (by_self + by_peers * raised));
  }
};

/// Some of a block's users, up to whole vectors: the first once more.
struct Doubtful {
  std::uint32_t count = 0;
  std::int32_t place[block_size];
};

// Members nowhere whom pressure alone would let join platform k.
SPILLWAY_INLINE void doubt(const View& view, Block block, const Scratch& scratch, std::size_t k, Doubtful& some) {
  const Bound bound(view, k);
  const unsigned shift = MembershipRef::shift(k);
  const std::int32_t* __restrict membership = scratch.lane(IntLane::membership);
  const std::int32_t* __restrict involved = scratch.lane(IntLane::involved);
  const float* __restrict pressure = scratch.lane(PlatformLane::pressure, k);
  const std::int32_t* __restrict word = scratch.lane(PlatformIntLane::event_word, k);
  std::int32_t may[block_size];
  for (std::uint32_t i = 0; i < block.size; ++i)
    may[i] = (1 - involved[i]) * bound.joins(word[i], membership[i], shift, largest_gate, pressure[i]);
  each_set(may, block.size, [&](std::uint32_t i) { some.place[some.count++] = static_cast<std::int32_t>(i); });
  constexpr std::uint32_t vector = 16;
  while (some.count % vector != 0) some.place[some.count++] = some.place[0];
}

// Who of them would still join if ads did not matter to them and they liked what contacts are worth there as much as anybody.
// Without habit, content and irritation: nobody has these who is a member nowhere.
SPILLWAY_INLINE void ask_tastes(const View& view, Block block, const Scratch& scratch, std::size_t k, const Doubtful& some) {
  const Bound bound(view, k);
  const PlatformTick& now = view.platform[k];
  const Adoption& adoption = view.scenario->adoption;
  const auto psi = static_cast<float>(adoption.utility_gate), reference = static_cast<float>(adoption.reference_utility),
             global = static_cast<float>(adoption.global_reach), spread = static_cast<float>(view.scenario->population.taste_spread);
  const float friends = now.conversation + now.friends_feed, near = (1.0F - global) * now.contact_import, far = global * now.member_share,
              base = now.base_utility + utils_up;
  const std::uint32_t salt = person_salt(view.key), taste_salt = trait_salt(view.key, Trait::platform_taste, view.platform_id[k]);
  const unsigned shift = MembershipRef::shift(k);
  const std::int32_t* __restrict membership = scratch.lane(IntLane::membership);
  const float* __restrict pressure = scratch.lane(PlatformLane::pressure, k);
  const float* __restrict share = scratch.lane(PlatformLane::share, k);
  const std::int32_t* __restrict word = scratch.lane(PlatformIntLane::event_word, k);
  const std::int32_t* __restrict place = some.place;
  std::int32_t joins[block_size];
  float taste[block_size], distaste[block_size];
  for (std::uint32_t c = 0; c < some.count; ++c)
    taste[c] = uniform(trait_of(taste_salt, person_word(salt, block.first + static_cast<std::uint32_t>(place[c]))));
  for (std::uint32_t c = 0; c < some.count; ++c) taste[c] = spread * normal_quantile_f(taste[c]);
  for (std::uint32_t c = 0; c < some.count; ++c) {
    const float utility = base + taste[c] + friends * (near * share[place[c]] + far);
    distaste[c] = exp_f(psi * (reference - utility));
  }
  for (std::uint32_t c = 0; c < some.count; ++c) {
    const std::int32_t i = place[c];
    joins[c] = bound.joins(word[i], membership[i], shift, 2.0F / (1.0F + distaste[c]), pressure[i]);
  }
  std::int32_t* involved = scratch.lane(IntLane::involved);
  for (std::uint32_t c = 0; c < some.count; ++c) involved[place[c]] |= joins[c];
}

// Those who left, by segment. Hashed only for them: they are few until late.
SPILLWAY_INLINE void count_lapsed(const View& view, Block block, const std::int32_t* __restrict status, std::size_t k, Tally& tally) {
  std::int32_t lapsed = 0;
  for (std::uint32_t i = 0; i < block.size; ++i) lapsed += status[i] == 2 ? 1 : 0;
  if (lapsed == 0) return;
  if (view.scenario->population.segments.empty()) {
    tally.at(Count::lapsed, k, 0) += lapsed;
    return;
  }
  for (std::uint32_t i = 0; i < block.size; ++i)
    if (status[i] == 2) tally.at(Count::lapsed, k, segment_of(view.scenario->population, view.key, block.first + i)) += 1;
}
}  // namespace

SPILLWAY_MULTIVERSION void find_involved(const View& view, Block block, const Scratch& scratch, Tally& tally) {
  const std::uint32_t n = block.size;
  std::int32_t* __restrict membership = scratch.lane(IntLane::membership);
  if (view.membership.u8 != nullptr)
    load_integers(view.membership.u8, block, membership);
  else
    load_integers(view.membership.u32, block, membership);
  std::int32_t* __restrict involved = scratch.lane(IntLane::involved);
  std::int32_t all = 0;
  for (std::size_t k = 0; k < view.platforms; ++k) all |= view.platform[k].live && view.platform[k].first_members ? 1 : 0;
  for (std::uint32_t i = 0; i < n; ++i) involved[i] = all;  // in a launch tick anybody may be a member from the first day
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    std::int32_t status[block_size];
    const unsigned shift = MembershipRef::shift(k);
    for (std::uint32_t i = 0; i < n; ++i) {
      status[i] = membership[i] >> shift & 3;
      involved[i] |= status[i] == 1 ? 1 : 0;
    }
    count_lapsed(view, block, status, k, tally);
  }
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    Doubtful some;
    doubt(view, block, scratch, k, some);
    ask_tastes(view, block, scratch, k, some);
  }
}

}  // namespace spillway
