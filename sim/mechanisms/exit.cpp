// S10: hazards of leaving: constant, by disuse, by too few contacts left. Also decides, with one uniform per user and
// platform, whether a join or an exit happens in this tick: the two exclude each other.
#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

namespace {
// 1 where the share of once-active contacts still active is below the personal threshold. Pioneers without such contacts stay.
template <class Word>
SPILLWAY_INLINE void abandoned_by(const View& view, Block block, const Scratch& scratch, const Word* column, float* __restrict abandoned) {
  using Bits = ContactsBits<Word>;
  constexpr auto mask = static_cast<std::uint32_t>(Bits::count_mask);
  const float* __restrict threshold = scratch.lane(Lane::exit_threshold);
  const auto least = static_cast<std::int32_t>(view.scenario->exit.threshold_contacts);
  std::int32_t word[block_size];  // both counts lie in the lowest 32 bits
  load_integers(column, block, word);
  for (std::uint32_t i = 0; i < block.size; ++i) {
    const auto bits = static_cast<std::uint32_t>(word[i]);
    const auto active = static_cast<std::int32_t>(bits & mask), ever = static_cast<std::int32_t>(bits >> Bits::count & mask);
    const float left = static_cast<float>(active) < threshold[i] * static_cast<float>(ever) ? 1.0F : 0.0F;
    abandoned[i] = ever >= least ? left : 0.0F;
  }
}

SPILLWAY_INLINE void abandoned_lane(const View& view, Block block, const Scratch& scratch, std::size_t k, float* __restrict abandoned) {
  const ContactsRef& contacts = view.columns[k].contacts;
  if (contacts.u16 != nullptr) return abandoned_by(view, block, scratch, contacts.u16, abandoned);
  if (contacts.u32 != nullptr) return abandoned_by(view, block, scratch, contacts.u32, abandoned);
  if (contacts.u64 != nullptr) return abandoned_by(view, block, scratch, contacts.u64, abandoned);
  const float* __restrict threshold = scratch.lane(Lane::exit_threshold);  // complete mixing
  const float active = view.platform[k].member_share, ever = view.platform[k].ever_share;
  for (std::uint32_t i = 0; i < block.size; ++i) abandoned[i] = active < threshold[i] * ever ? 1.0F : 0.0F;
}

struct ExitNumbers {
  float baseline, disuse, per_disuse_share, threshold, grace_half_days, end_half_days, per_tick;
  float loyalty;  ///< 0 where nobody has social currency
};

ExitNumbers numbers_of(const View& view) {
  const Exit& e = view.scenario->exit;
  const double dt = view.now.dt;
  ExitNumbers x{};
  x.baseline = static_cast<float>(e.baseline_churn / days_per_year * dt);
  x.disuse = static_cast<float>(e.disuse_churn / days_per_year * dt);
  x.per_disuse_share = static_cast<float>(-1.0 / e.disuse_share);
  x.threshold = static_cast<float>(dt / e.threshold_delay);
  x.grace_half_days = static_cast<float>(e.grace / join_time_unit);
  x.end_half_days = static_cast<float>((view.now.start + dt + join_time_offset) / join_time_unit);
  x.per_tick = static_cast<float>(join_time_unit / dt);
  x.loyalty = view.columns[0].currency ? static_cast<float>(view.scenario->social_currency.loyalty) : 0.0F;
  return x;
}

// What social currency leaves of the hazards of leaving; 1 where there is none.
SPILLWAY_INLINE void hold_lane(const Scratch& scratch, std::size_t k, float loyalty, std::uint32_t n, float* __restrict hold) {
  if (loyalty == 0.0F) return fill(hold, n, 1.0F);
  const float* __restrict currency = scratch.lane(PlatformLane::currency, k);
  for (std::uint32_t i = 0; i < n; ++i) hold[i] = exp_f(-loyalty * currency[i]);
}

// Members' hazards take the place of the joining hazards, which are zero for them. The part of the tick after the grace
// period counts. Marks those for whom something may happen.
SPILLWAY_INLINE void leave_lanes(Block block, const Scratch& scratch, std::size_t k, const ExitNumbers& x,
                                 const float* __restrict abandoned, const float* __restrict hold) {
  const std::uint32_t n = block.size;
  const float* __restrict joined = scratch.lane(PlatformLane::joined, k);
  const float baseline = x.baseline, disuse = x.disuse, per_share = x.per_disuse_share, threshold = x.threshold;
  const float latest = x.end_half_days - x.grace_half_days, per_tick = x.per_tick;
  const float* __restrict habit = scratch.lane(PlatformLane::habit, k);
  const float* __restrict member = scratch.lane(PlatformLane::member, k);
  const std::int32_t* __restrict word = scratch.lane(PlatformIntLane::event_word, k);
  float* __restrict first = scratch.lane(PlatformLane::hazard_first, k);
  float* __restrict second = scratch.lane(PlatformLane::hazard_second, k);
  float* __restrict third = scratch.lane(PlatformLane::hazard_third, k);
  std::int32_t* __restrict event = scratch.lane(PlatformIntLane::event, k);
  for (std::uint32_t i = 0; i < n; ++i) {
    const float in = member[i], out = 1.0F - in;  // 0 or 1: products instead of branches
    const float eligible = in * hold[i] * clamp_to((latest - joined[i]) * per_tick, 0.0F, 1.0F);
    first[i] = out * first[i] + eligible * baseline;
    second[i] = out * second[i] + eligible * disuse * exp_f(habit[i] * per_share);
    third[i] = out * third[i] + eligible * threshold * abandoned[i];
    event[i] = may_happen(static_cast<std::uint32_t>(word[i]), first[i] + second[i] + third[i]);
  }
}

// Whether it does.
SPILLWAY_INLINE void decide(Block block, const Scratch& scratch, std::size_t k) {
  const float* first = scratch.lane(PlatformLane::hazard_first, k);
  const float* second = scratch.lane(PlatformLane::hazard_second, k);
  const float* third = scratch.lane(PlatformLane::hazard_third, k);
  const std::int32_t* word = scratch.lane(PlatformIntLane::event_word, k);
  std::int32_t* event = scratch.lane(PlatformIntLane::event, k);
  each_set(event, block.size, [&](std::uint32_t i) {
    event[i] = happens(static_cast<std::uint32_t>(word[i]), one_minus_exp_neg(first[i] + second[i] + third[i]));
  });
}
}  // namespace

SPILLWAY_MULTIVERSION void consider_leaving(const View& view, Block block, const Scratch& scratch, Tally&) {
  const ExitNumbers x = numbers_of(view);
  float abandoned[block_size], hold[block_size];
  fill(abandoned, block.size, 0.0F);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    if (x.threshold > 0.0F) abandoned_lane(view, block, scratch, k, abandoned);
    hold_lane(scratch, k, x.loyalty, block.size, hold);
    leave_lanes(block, scratch, k, x, abandoned, hold);
    decide(block, scratch, k);
  }
}

}  // namespace spillway
