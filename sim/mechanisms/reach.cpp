// S1: membership, and the share of contacts whom one can reach.
#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

// A member finds contacts again step by step (link completeness, at the middle of the tick); an outsider reaches those whom an
// imported contact list names.
SPILLWAY_MULTIVERSION void reach_contacts(const View& view, Block block, const Scratch& scratch, Tally&) {
  const std::uint32_t n = block.size;
  const float middle = view.now.middle_half_days;
  const auto per_half_day = static_cast<float>(-0.5 / view.scenario->adoption.rediscovery_time);
  const auto newcomer_age = static_cast<float>(3.0 * view.now.dt);  // half days: 1.5 ticks, so only the last tick's joiners are younger
  const auto global = static_cast<float>(view.scenario->adoption.global_reach);
  const float* __restrict list = scratch.lane(Lane::contact_list);
  const std::int32_t* __restrict membership = scratch.lane(IntLane::membership);
  float* __restrict online = scratch.lane(Lane::online);
  for (std::uint32_t i = 0; i < n; ++i) online[i] = static_cast<float>(membership[i] & 1);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    const PlatformTick& now = view.platform[k];
    if (!now.live) continue;
    float* __restrict joined = scratch.lane(PlatformLane::joined, k);
    load_scaled(view.columns[k].join_time, block, 1.0F, joined);
    const float import_share = now.contact_import, everywhere = global * now.member_share, local = 1.0F - global;
    const unsigned shift = MembershipRef::shift(k);
    std::int32_t* __restrict status = scratch.lane(PlatformIntLane::status, k);
    const float* __restrict share = scratch.lane(PlatformLane::share, k);
    float* __restrict member = scratch.lane(PlatformLane::member, k);
    float* __restrict newcomer = scratch.lane(PlatformLane::newcomer, k);
    float* __restrict reach = scratch.lane(PlatformLane::reach, k);
    for (std::uint32_t i = 0; i < n; ++i) {
      status[i] = membership[i] >> shift & 3;
      const float is_member = status[i] == 1 ? 1.0F : 0.0F;
      const float age = middle - joined[i];
      const float imported = import_share * list[i];
      const float complete = 1.0F - (1.0F - imported) * exp_f(per_half_day * age);
      member[i] = is_member;
      newcomer[i] = is_member > 0.0F && age < newcomer_age ? 1.0F : 0.0F;
      reach[i] = local * (share[i] * (is_member > 0.0F ? complete : imported)) + everywhere;
    }
  }
}

}  // namespace spillway
