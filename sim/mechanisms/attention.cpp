// S4: nested logit over the platforms that a user is a member of, against all other use of time.
#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

namespace {
// Each platform against the outside alone: time on one takes nothing from another, as long as the day has room for both.
SPILLWAY_INLINE void divide_apart(const View& view, const Scratch& scratch, std::uint32_t n, float lambda, float outside) {
  float sum[block_size];
  float* __restrict away = scratch.lane(Lane::outside_share);
  fill(sum, n, 0.0F);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    float* __restrict weight = scratch.lane(PlatformLane::attention, k);
    for (std::uint32_t i = 0; i < n; ++i) {
      const float inside = weight[i] > 0.0F ? exp_f(lambda * log_f(at_least(weight[i], 1e-35F))) : 0.0F;
      weight[i] = inside / (outside + inside);
      sum[i] += weight[i];
    }
  }
  float scale[block_size];
  for (std::uint32_t i = 0; i < n; ++i) {
    scale[i] = 1.0F / at_least(sum[i], 1.0F);
    away[i] = 1.0F - at_most(sum[i], 1.0F);
  }
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    float* __restrict attention = scratch.lane(PlatformLane::attention, k);
    for (std::uint32_t i = 0; i < n; ++i) attention[i] *= scale[i];
  }
}
}  // namespace

SPILLWAY_MULTIVERSION void divide_attention(const View& view, Block block, const Scratch& scratch, Tally&) {
  const std::uint32_t n = block.size;
  const auto lambda = static_cast<float>(view.scenario->attention.nest_parameter);
  const float per_lambda = 1.0F / lambda, outside = exp_f(static_cast<float>(view.scenario->attention.outside_utility));
  float sum[block_size];
  fill(sum, n, 0.0F);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    float* __restrict habit = scratch.lane(PlatformLane::habit, k);
    load(view.columns[k].habit, block, habit);
    const float strength = view.platform[k].habit_strength;
    const float* __restrict utility = scratch.lane(PlatformLane::utility, k);
    const float* __restrict member = scratch.lane(PlatformLane::member, k);
    float* __restrict weight = scratch.lane(PlatformLane::attention, k);
    for (std::uint32_t i = 0; i < n; ++i) {
      weight[i] = member[i] * exp_f(at_most((utility[i] + strength * habit[i]) * per_lambda, 80.0F));  // eight of e^80 still fit
      sum[i] += weight[i];
    }
  }
  if (view.scenario->attention.competition == Competition::independent) return divide_apart(view, scratch, n, lambda, outside);
  float scale[block_size], nest[block_size];
  float* __restrict away = scratch.lane(Lane::outside_share);
  for (std::uint32_t i = 0; i < n; ++i) nest[i] = lambda * log_f(at_least(sum[i], 1e-35F));
  for (std::uint32_t i = 0; i < n; ++i) nest[i] = exp_f(nest[i]);
  for (std::uint32_t i = 0; i < n; ++i) {
    const float all = at_least(sum[i], 1e-35F), inside = nest[i];
    const float per_all = 1.0F / (outside + inside);
    scale[i] = sum[i] > 0.0F ? inside * per_all / all : 0.0F;
    away[i] = sum[i] > 0.0F ? outside * per_all : 1.0F;
  }
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    float* __restrict attention = scratch.lane(PlatformLane::attention, k);
    for (std::uint32_t i = 0; i < n; ++i) attention[i] *= scale[i];
  }
}

}  // namespace spillway
