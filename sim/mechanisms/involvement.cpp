// Who must decide in full. Of those who are members nowhere, all but a few cannot join in this tick whatever they think of the
// platforms: the uniform that decides lies above the largest chance that their contacts' pressure allows. That bound is cheap,
// so tastes, utilities and hazards are worked out for members and for the rest below the bound. Leaving somebody out changes
// nothing: the decision would be no.
#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"
#include "model/traits.hpp"

namespace spillway {

namespace {
constexpr float largest_gate = 2.0F;   // of 2 / (1 + e^x)
constexpr float rounded_up = 1.0001F;  // more than all roundings on the way from the hazard to its chance

// Adds members of platform k, and non-members who may join it.
SPILLWAY_INLINE void add_involved(const View& view, Block block, const Scratch& scratch, const std::int32_t* __restrict status,
                                  std::size_t k) {
  const PlatformTick& now = view.platform[k];
  const std::uint32_t n = block.size;
  const Adoption& adoption = view.scenario->adoption;
  const float invited = static_cast<float>(adoption.invite_boost) * now.contact_import;
  const float by_self = largest_gate * rounded_up * now.join_spontaneous,
              by_peers = largest_gate * rounded_up * now.join_peer * (1.0F + max_of(invited, 0.0F));
  const auto back = static_cast<float>(adoption.return_factor);
  const std::int32_t* __restrict membership = scratch.lane(IntLane::membership);
  const float* __restrict pressure = scratch.lane(PlatformLane::pressure, k);
  const std::int32_t* __restrict word = scratch.lane(PlatformIntLane::event_word, k);
  std::int32_t* __restrict involved = scratch.lane(IntLane::involved);
  for (std::uint32_t i = 0; i < n; ++i) {
    const float may = static_cast<float>(membership[i] & 1) * (status[i] == 2 ? back : 1.0F);
    const std::int32_t joins = happens(static_cast<std::uint32_t>(word[i]), may * (by_self + by_peers * pressure[i]));
    involved[i] |= status[i] == 1 ? 1 : joins;
  }
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
    for (std::uint32_t i = 0; i < n; ++i) status[i] = membership[i] >> shift & 3;
    add_involved(view, block, scratch, status, k);
    count_lapsed(view, block, status, k, tally);
  }
}

}  // namespace spillway
