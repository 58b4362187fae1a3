// S1: what everybody sees of contacts: the share who are members, and the pressure to join that comes from it.
#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

namespace {
// Members (moved half a tick ahead) and those who joined lately, to the power of the contagion exponent.
SPILLWAY_INLINE void pressure_lane(const View& view, Block block, const Scratch& scratch, std::size_t k, const float* __restrict recent) {
  const PlatformTick& now = view.platform[k];
  const Adoption& adoption = view.scenario->adoption;
  const auto global = static_cast<float>(adoption.global_reach), rho = static_cast<float>(adoption.recency_weight),
             gamma = static_cast<float>(adoption.contagion_exponent);
  const float everywhere = global * now.member_share, local = 1.0F - global;
  const float of_stock = (1.0F - rho) * now.half_step;
  const float* __restrict share = scratch.lane(PlatformLane::share, k);
  float* __restrict pressure = scratch.lane(PlatformLane::pressure, k);
  for (std::uint32_t i = 0; i < block.size; ++i) pressure[i] = of_stock * (local * share[i] + everywhere) + rho * recent[i];
  if (gamma == 1.0F) return;
  for (std::uint32_t i = 0; i < block.size; ++i)
    pressure[i] = pressure[i] > 0.0F ? pow_f(max_of(pressure[i], 1e-30F), gamma) : 0.0F;
}

// Decay, unbiased: the fraction is rounded at random. Joins of the tick are added after the pass.
SPILLWAY_INLINE void decay_recency(const View& view, Block block, const Scratch& scratch, std::size_t k, const float* __restrict recent) {
  std::uint16_t* __restrict column = view.columns[k].recency + block.first;
  const std::int32_t* __restrict words = scratch.lane(PlatformIntLane::event_word, k);
  const float keep = view.now.keep_recency / view.recency_unit;
  for (std::uint32_t i = 0; i < block.size; ++i)
    column[i] = static_cast<std::uint16_t>(static_cast<std::int32_t>(recent[i] * keep + fraction<0>(words[i])));
}
}  // namespace

SPILLWAY_MULTIVERSION void meet_contacts(const View& view, Block block, const Scratch& scratch, Tally&) {
  const std::uint32_t n = block.size;
  float inverse_degree[block_size], recent[block_size];
  if (view.degree) {
    load(view.degree, block, inverse_degree);
    for (std::uint32_t i = 0; i < n; ++i) inverse_degree[i] = 1.0F / max_of(inverse_degree[i], 1.0F);
  }
  for (std::size_t k = 0; k < view.platforms; ++k) {
    const PlatformTick& now = view.platform[k];
    if (!now.live) continue;
    float* __restrict share = scratch.lane(PlatformLane::share, k);
    if (view.degree) {
      load(view.columns[k].contacts_active, block, share);
      for (std::uint32_t i = 0; i < n; ++i) share[i] *= inverse_degree[i];
    } else {
      fill(share, n, now.member_share);
    }
    if (view.columns[k].recency != nullptr) {
      load_scaled(view.columns[k].recency, block, view.recency_unit, recent);
      decay_recency(view, block, scratch, k, recent);
      for (std::uint32_t i = 0; i < n; ++i) recent[i] *= inverse_degree[i];
    } else {
      fill(recent, n, now.recent_share);
    }
    pressure_lane(view, block, scratch, k, recent);
  }
}

}  // namespace spillway
