// S1: the share of contacts who are members, how many of them one can reach, and who joined lately.
#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

namespace {
// Status, membership, and the share of contacts that can be reached. A member finds contacts again step by step (link
// completeness, at the middle of the tick); an outsider reaches those whom an imported contact list names.
SPILLWAY_INLINE void reach_lanes(const View& view, Block block, const Scratch& scratch, std::size_t k, const float* __restrict share) {
  const PlatformTick& now = view.platform[k];
  const std::uint32_t n = block.size;
  const std::uint8_t* __restrict column = view.columns[k].status + block.first;
  std::int32_t* __restrict status = scratch.lane(PlatformIntLane::status, k);
  for (std::uint32_t i = 0; i < n; ++i) status[i] = column[i];
  float joined[block_size];
  load_scaled(view.columns[k].join_time + block.first, n, 1.0F, joined);
  const float import_share = now.contact_import, middle = view.now.middle_half_days;
  const auto per_half_day = static_cast<float>(-0.5 / view.scenario->adoption.rediscovery_time);
  const auto newcomer_age = static_cast<float>(3.0 * view.now.dt);  // half days: 1.5 ticks, so only the last tick's joiners are younger
  const auto global = static_cast<float>(view.scenario->adoption.global_reach);
  const float everywhere = global * now.member_share, local = 1.0F - global;
  const float* __restrict list = scratch.lane(Lane::contact_list);
  float* __restrict member = scratch.lane(PlatformLane::member, k);
  float* __restrict newcomer = scratch.lane(PlatformLane::newcomer, k);
  float* __restrict reach = scratch.lane(PlatformLane::reach, k);
  for (std::uint32_t i = 0; i < n; ++i) {
    const float is_member = status[i] == 1 ? 1.0F : 0.0F;
    const float age = middle - joined[i];
    const float imported = import_share * list[i];
    const float complete = 1.0F - (1.0F - imported) * exp_f(per_half_day * age);
    member[i] = is_member;
    newcomer[i] = is_member > 0.0F && age < newcomer_age ? 1.0F : 0.0F;
    reach[i] = local * (share[i] * (is_member > 0.0F ? complete : imported)) + everywhere;
  }
}

// What a joiner-to-be sees of others: members (moved half a tick ahead), and those who joined lately.
SPILLWAY_INLINE void peer_lane(const View& view, Block block, const Scratch& scratch, std::size_t k, const float* __restrict share,
                               const float* __restrict recent) {
  const PlatformTick& now = view.platform[k];
  const auto global = static_cast<float>(view.scenario->adoption.global_reach);
  const auto rho = static_cast<float>(view.scenario->adoption.recency_weight);
  const float everywhere = global * now.member_share, local = 1.0F - global;
  const float of_stock = (1.0F - rho) * now.half_step;
  float* __restrict peer = scratch.lane(PlatformLane::peer, k);
  for (std::uint32_t i = 0; i < block.size; ++i) peer[i] = of_stock * (local * share[i] + everywhere) + rho * recent[i];
}

// Decay, unbiased: the fraction is rounded at random. Joins of the tick are added after the pass.
SPILLWAY_INLINE void decay_recency(const View& view, Block block, const Scratch& scratch, std::size_t k, const float* __restrict recent) {
  float kept[block_size];
  const float keep = view.now.keep_recency;
  for (std::uint32_t i = 0; i < block.size; ++i) kept[i] = recent[i] * keep;
  store_rounded<Half::high>(view.columns[k].recency + block.first, block.size, view.recency_unit, kept,
                            scratch.lane(PlatformIntLane::round_word_b, k));
}
}  // namespace

SPILLWAY_MULTIVERSION void meet_contacts(const View& view, Block block, const Scratch& scratch, Tally&) {
  const std::uint32_t n = block.size;
  float inverse_degree[block_size], share[block_size], recent[block_size];
  if (view.degree) {
    load(view.degree, block.first, n, inverse_degree);
    for (std::uint32_t i = 0; i < n; ++i) inverse_degree[i] = 1.0F / max_of(inverse_degree[i], 1.0F);
  }
  for (std::size_t k = 0; k < view.platforms; ++k) {
    const PlatformTick& now = view.platform[k];
    if (!now.live) continue;
    if (view.degree) {
      load(view.columns[k].contacts_active, block.first, n, share);
      for (std::uint32_t i = 0; i < n; ++i) share[i] *= inverse_degree[i];
    } else {
      fill(share, n, now.member_share);
    }
    reach_lanes(view, block, scratch, k, share);
    if (view.columns[k].recency != nullptr) {
      load_scaled(view.columns[k].recency + block.first, n, view.recency_unit, recent);
      decay_recency(view, block, scratch, k, recent);
      for (std::uint32_t i = 0; i < n; ++i) recent[i] *= inverse_degree[i];
    } else {
      fill(recent, n, now.recent_share);
    }
    peer_lane(view, block, scratch, k, share, recent);
  }
}

}  // namespace spillway
