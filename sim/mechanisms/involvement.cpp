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
    return may_happen(static_cast<std::uint32_t>(word), may * gate * (by_self + by_peers * raised));
  }
};

/// What bounds the gate by taste and by the share of contacts who are there: if ads did not matter to people and they liked what
/// contacts are worth there as much as anybody. Without habit, content and irritation: nobody has these who is a member nowhere.
struct Gate {
  float psi, reference, spread, base, near, far;

  Gate(const View& view, std::size_t k) {
    const PlatformTick& now = view.platform[k];
    const Adoption& adoption = view.scenario->adoption;
    const auto global = static_cast<float>(adoption.global_reach);
    const float friends = now.conversation + now.friends_feed;
    psi = static_cast<float>(adoption.utility_gate);
    reference = static_cast<float>(adoption.reference_utility);
    spread = static_cast<float>(view.scenario->population.taste_spread);
    base = now.base_utility + utils_up;
    near = friends * (1.0F - global) * now.contact_import;
    far = friends * global * now.member_share;
  }
  SPILLWAY_INLINE float distaste(float taste, float share) const {
    return exp_f(psi * (reference - (base + spread * taste + near * share + far)));
  }
  static SPILLWAY_INLINE float open(float distaste) { return largest_gate / (1.0F + distaste); }
};

/// At least how far the gate opens, by nothing but taste: 2 / (1 + e^-x) <= 2 e^x, a normal quantile of 1 - v is at most
/// 0.4208 log2(1 / v) - 0.112 (its tangent at v = 1/8), and a float's bits grow like its logarithm, see pow_bound_f.
struct GateBound {
  float start, slope;  ///< of the bound's bits, by those of v

  static constexpr float step = 8388608.0F;  // of the exponent's last bit
  explicit GateBound(const Gate& gate) {
    constexpr float per_log2 = 1.4427F, tangent = 0.4208F, offset = -0.11F;
    slope = gate.psi * per_log2 * gate.spread * tangent;
    start = step * gate.psi * per_log2 * (gate.base + gate.near + gate.far + gate.spread * offset - gate.reference);
  }
  SPILLWAY_INLINE float open(std::uint32_t trait) const {
    constexpr std::int32_t one = 0x3f800000, two = 0x40000000;
    const auto above = static_cast<float>((1 << 23) - static_cast<std::int32_t>(trait >> 9)) * (1.0F / step);
    const float log = start + slope * static_cast<float>(one - std::bit_cast<std::int32_t>(above));
    return std::bit_cast<float>(static_cast<std::int32_t>(max_of(min_of(log, 0.0F), -126.0F * step)) + two);
  }
};

/// Some of a block's users, up to whole vectors: the first once more.
struct Doubtful {
  std::uint32_t count = 0;
  std::int32_t place[block_size];
};

// Members nowhere whom pressure and roughly their taste would let join platform k.
SPILLWAY_INLINE void doubt(const View& view, Block block, const Scratch& scratch, std::size_t k, const std::int32_t* __restrict person,
                           Doubtful& some) {
  const Bound bound(view, k);
  const GateBound gate{Gate(view, k)};
  const unsigned shift = MembershipRef::shift(k);
  const std::uint32_t taste_salt = trait_salt(view.key, Trait::platform_taste, view.platform_id[k]);
  const std::int32_t* __restrict membership = scratch.lane(IntLane::membership);
  const std::int32_t* __restrict involved = scratch.lane(IntLane::involved);
  const float* __restrict pressure = scratch.lane(PlatformLane::pressure, k);
  const std::int32_t* __restrict word = scratch.lane(PlatformIntLane::event_word, k);
  std::int32_t may[block_size];
  for (std::uint32_t i = 0; i < block.size; ++i) {
    const float most = gate.open(trait_of(taste_salt, static_cast<std::uint32_t>(person[i])));
    may[i] = (1 - involved[i]) * bound.joins(word[i], membership[i], shift, most, pressure[i]);
  }
  each_set(may, block.size, [&](std::uint32_t i) { some.place[some.count++] = static_cast<std::int32_t>(i); });
  constexpr std::uint32_t vector = 16;
  while (some.count % vector != 0) some.place[some.count++] = some.place[0];
}

// Who of them would still join.
SPILLWAY_INLINE void ask_tastes(const View& view, const Scratch& scratch, std::size_t k, const std::int32_t* __restrict person,
                                const Doubtful& some) {
  const Bound bound(view, k);
  const Gate gate(view, k);
  const std::uint32_t taste_salt = trait_salt(view.key, Trait::platform_taste, view.platform_id[k]);
  const unsigned shift = MembershipRef::shift(k);
  const std::int32_t* __restrict membership = scratch.lane(IntLane::membership);
  const float* __restrict pressure = scratch.lane(PlatformLane::pressure, k);
  const float* __restrict share = scratch.lane(PlatformLane::share, k);
  const std::int32_t* __restrict word = scratch.lane(PlatformIntLane::event_word, k);
  const std::int32_t* __restrict place = some.place;
  std::int32_t joins[block_size];
  float taste[block_size], distaste[block_size];
  for (std::uint32_t c = 0; c < some.count; ++c) taste[c] = uniform(trait_of(taste_salt, static_cast<std::uint32_t>(person[place[c]])));
  for (std::uint32_t c = 0; c < some.count; ++c) taste[c] = normal_quantile_f(taste[c]);
  for (std::uint32_t c = 0; c < some.count; ++c) distaste[c] = gate.distaste(taste[c], share[place[c]]);
  for (std::uint32_t c = 0; c < some.count; ++c) {
    const std::int32_t i = place[c];
    joins[c] = bound.joins(word[i], membership[i], shift, Gate::open(distaste[c]), pressure[i]);
  }
  std::int32_t* involved = scratch.lane(IntLane::involved);
  for (std::uint32_t c = 0; c < some.count; ++c) involved[place[c]] |= joins[c];
}

// Who is a member of platform k; those who left it are counted, by segment hashed only for them: they are few until late.
SPILLWAY_INLINE void look_at_members(const View& view, Block block, const Scratch& scratch, std::size_t k, Tally& tally) {
  const std::int32_t* __restrict membership = scratch.lane(IntLane::membership);
  std::int32_t* __restrict involved = scratch.lane(IntLane::involved);
  const unsigned shift = MembershipRef::shift(k);
  std::int32_t lapsed = 0;
  for (std::uint32_t i = 0; i < block.size; ++i) {
    const std::int32_t status = membership[i] >> shift & 3;
    involved[i] |= status == 1 ? 1 : 0;
    lapsed += status == 2 ? 1 : 0;
  }
  if (lapsed == 0) return;
  if (view.scenario->population.segments.empty()) {
    tally.at(Count::lapsed, k, 0) += lapsed;
    return;
  }
  for (std::uint32_t i = 0; i < block.size; ++i)
    if ((membership[i] >> shift & 3) == 2)
      tally.at(Count::lapsed, k, segment_of(view.scenario->population, view.key, block.first + i)) += 1;
}
}  // namespace

SPILLWAY_MULTIVERSION void find_involved(const View& view, Block block, const Scratch& scratch, Tally& tally) {
  const std::uint32_t n = block.size;
  std::int32_t* __restrict membership = scratch.lane(IntLane::membership);
  load_membership(view, block, membership);
  std::int32_t* __restrict involved = scratch.lane(IntLane::involved);
  std::int32_t all = 0;
  for (std::size_t k = 0; k < view.platforms; ++k) all |= view.platform[k].live && view.platform[k].first_members ? 1 : 0;
  for (std::uint32_t i = 0; i < n; ++i) involved[i] = all;  // in a launch tick anybody may be a member from the first day
  for (std::size_t k = 0; k < view.platforms; ++k)
    if (view.platform[k].live) look_at_members(view, block, scratch, k, tally);
  std::int32_t person[block_size];
  const std::uint32_t salt = person_salt(view.key);
  for (std::uint32_t i = 0; i < n; ++i) person[i] = static_cast<std::int32_t>(person_word(salt, block.first + i));
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    Doubtful some;
    doubt(view, block, scratch, k, person, some);
    ask_tastes(view, scratch, k, person, some);
  }
}

}  // namespace spillway
