// S7: hazards of joining (again): spontaneous, by peers, by followed suppliers. One uniform decides whether, a second which.
#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"
#include "model/initial_members.hpp"

namespace spillway {

namespace {
constexpr float certain = 80.0F;  // a hazard per tick that always happens: 1 - e^-80 is 1 in a float

// Hazards by peers, so far without contacts' pressure `alone` and with a bound on its power: worked out exactly for the few whom the
// bound would let join.
SPILLWAY_INLINE void raise_pressure(const Scratch& scratch, std::size_t k, float exponent, std::uint32_t n) {
  const float* __restrict pressure = scratch.lane(PlatformLane::pressure, k);
  const std::int32_t* __restrict word = scratch.lane(PlatformIntLane::event_word, k);
  const float* __restrict first = scratch.lane(PlatformLane::hazard_first, k);
  float* __restrict second = scratch.lane(PlatformLane::hazard_second, k);
  const float* __restrict third = scratch.lane(PlatformLane::hazard_third, k);
  float alone[block_size];
  std::int32_t may[block_size];
  for (std::uint32_t i = 0; i < n; ++i) {
    alone[i] = second[i];
    second[i] *= pow_bound_f(pressure[i], exponent);
    may[i] = may_happen(static_cast<std::uint32_t>(word[i]), first[i] + second[i] + third[i]);
  }
  each_set(may, n,
           [&](std::uint32_t i) { second[i] = alone[i] * (pressure[i] > 0.0F ? pow_f(at_least(pressure[i], 1e-30F), exponent) : 0.0F); });
}

// Who is a member from the day of the launch.
SPILLWAY_INLINE void join_at_launch(const View& view, Block block, const Scratch& scratch, std::size_t k) {
  const InitialMembers members = initial_members(view, k);
  if (!members.any) return;
  const float* __restrict online = scratch.lane(Lane::online);
  const std::int32_t* __restrict user = scratch.lane(IntLane::user);
  const std::int32_t* __restrict status = scratch.lane(PlatformIntLane::status, k);
  float* __restrict spontaneous = scratch.lane(PlatformLane::hazard_first, k);
  for (std::uint32_t i = 0; i < block.size; ++i) {
    const bool joins = status[i] == 0 && online[i] > 0.0F && chosen(members, static_cast<std::uint32_t>(user[i])) != 0;
    spontaneous[i] = joins ? certain : spontaneous[i];
  }
}
}  // namespace

SPILLWAY_MULTIVERSION void consider_joining(const View& view, Block block, const Scratch& scratch, Tally&) {
  const Adoption& adoption = view.scenario->adoption;
  const std::uint32_t n = block.size;
  const auto psi = static_cast<float>(adoption.utility_gate), reference = static_cast<float>(adoption.reference_utility);
  const auto back = static_cast<float>(adoption.return_factor);
  const auto exponent = static_cast<float>(adoption.contagion_exponent);
  const auto boost = static_cast<float>(adoption.invite_boost),
             friction = static_cast<float>(view.scenario->cross_promotion.install_friction);
  const float* __restrict online = scratch.lane(Lane::online);
  const float* __restrict list = scratch.lane(Lane::contact_list);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    const PlatformTick& now = view.platform[k];
    if (!now.live) continue;
    const float by_self = now.join_spontaneous, by_peers = now.join_peer, invited = boost * now.contact_import;
    const float* __restrict pressure = scratch.lane(PlatformLane::pressure, k);
    const float* __restrict utility = scratch.lane(PlatformLane::utility, k);
    const float* __restrict drag = scratch.lane(PlatformLane::drag, k);
    const std::int32_t* __restrict status = scratch.lane(PlatformIntLane::status, k);
    float* __restrict first = scratch.lane(PlatformLane::hazard_first, k);
    float* __restrict second = scratch.lane(PlatformLane::hazard_second, k);
    float* __restrict third = scratch.lane(PlatformLane::hazard_third, k);
    for (std::uint32_t i = 0; i < n; ++i) {
      const float may = status[i] == 1 ? 0.0F : online[i] * (status[i] == 2 ? back : 1.0F);
      const float gate = may * (2.0F / (1.0F + exp_f(psi * (reference - utility[i]))));
      first[i] = gate * by_self;
      second[i] = gate * by_peers * (1.0F + invited * list[i]) * (exponent == 1.0F ? pressure[i] : 1.0F);
      third[i] = may * friction * drag[i];
    }
    if (now.first_members) join_at_launch(view, block, scratch, k);
    if (exponent != 1.0F) raise_pressure(scratch, k, exponent, n);
  }
}

}  // namespace spillway
