// S11: adaptive suppliers open and close accounts where it pays, start service accounts, and divide their effort. Each decides once per
// interval, on a day of its own. Suppliers are worked on in blocks, one lane each, like users.
#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "base/math.hpp"
#include "base/parallel.hpp"
#include "mechanisms/phases.hpp"
#include "mechanisms/supplier_money.hpp"
#include "mechanisms/supplier_rows.hpp"
#include "model/traits.hpp"

namespace spillway {

namespace {
constexpr std::uint32_t at_once = 256;  // lanes of a block: all of them stay in the level-1 and level-2 caches
constexpr float least_reach = 0.1F;     // of the reference: effort does not vanish for the unknown (amendments item 23)

/// What all suppliers meet on one platform in this tick.
struct Terms {
  std::size_t k;
  bool opens;                 ///< first tick of the platform
  float per_follower;         ///< profit units a day, for margin + commission = 1
  float commission;           ///< c0 kappa ell
  float costs;                ///< fee + running cost
  float incentive;            ///< for celebrities
  float expected_followers;   ///< per user who has the supplier in a slot
  float service;              ///< hazard of starting a service account
  float enter, leave;         ///< largest hazards
  float effort;               ///< the platform's factor
  std::uint32_t first_below;  ///< hashed suppliers below are present at the launch
  std::uint32_t contracts;    ///< celebrities bound to this platform alone
};

/// What is the same everywhere.
struct Rules {
  std::uint32_t groups, turn;  ///< suppliers whose hashed day is `turn` decide in this tick
  float steepness, entry_profit, relax, effort_steepness, effort_floor, cross_posting, lift, per_reach, elasticity, per_normaliser;
  bool exclusive, any_opens;
};

struct Lanes {
  std::int32_t kind[at_once], due[at_once], present[at_once], serves[at_once], before[at_once], word[at_once], starts[at_once];
  float margin[at_once], prestige[at_once], celebrity[at_once], ebar[at_once], all[at_once], followers[at_once], fame[at_once],
      expected_fame[at_once];
  float weight[max_platforms][at_once];
};

Terms terms_of(const World& world, std::size_t k, double days) {
  const SupplierDecisions& d = world.scenario.suppliers.decisions;
  const PlatformState& platform = world.platforms[k];
  const PlatformSellers& policy = platform.live.sellers;
  const PlatformTick& tick = world.view.platform[k];
  const double exposed = days * static_cast<double>(tick.exposure);
  Terms t{};
  t.k = k;
  t.opens = !platform.opened;
  t.per_follower = static_cast<float>(profit_per_follower(world, k) * (1.0 - policy.take));
  t.commission = static_cast<float>(acting_commission(world, k));
  t.costs = static_cast<float>(policy.fee + d.running_cost);
  t.incentive = static_cast<float>(policy.verified_incentive);
  const double online = static_cast<double>(world.online) / world.view.users;
  t.expected_followers = static_cast<float>(0.5 * online * static_cast<double>(tick.member_share));
  t.service = static_cast<float>(d.service_rate * policy.service_accounts * exposed);
  t.enter = static_cast<float>(d.entry_rate * exposed);
  t.leave = static_cast<float>(d.leave_rate * exposed);
  t.effort = static_cast<float>(policy.effort);
  t.first_below = t.opens ? static_cast<std::uint32_t>(std::min(policy.presence * 4294967296.0, 4294967295.0)) : 0;
  t.contracts = static_cast<std::uint32_t>(
      std::ceil(policy.exclusive_celebrities * celebrity_count(world.scenario.suppliers, world.suppliers.count)));
  return t;
}

Rules rules_of(const World& world, std::uint32_t groups, double days) {
  const SupplierDecisions& d = world.scenario.suppliers.decisions;
  Rules r{};
  r.groups = groups;
  r.turn = world.view.now.index % groups;
  r.steepness = static_cast<float>(d.steepness);
  r.entry_profit = static_cast<float>(d.entry_profit);
  r.relax = static_cast<float>(relaxation(days, d.profit_memory));
  r.effort_steepness = static_cast<float>(d.effort_steepness);
  r.effort_floor = static_cast<float>(d.effort_floor);
  r.cross_posting = static_cast<float>(d.cross_posting);
  r.lift = static_cast<float>(d.service_lift);
  r.per_reach = static_cast<float>(1.0 / world.suppliers.reference_reach);
  r.elasticity = static_cast<float>(world.scenario.suppliers.effort_audience_elasticity);
  r.per_normaliser = static_cast<float>(1.0 / world.suppliers.effort_normaliser);
  r.exclusive = d.homing == SupplierHoming::exclusive;
  return r;
}

// Kinds as numbers; whose turn it is; accounts as they are.
SPILLWAY_INLINE void load_block(const World& world, const Rules& r, const KindNumbers* kinds, std::uint32_t first, std::uint32_t n,
                                Lanes& l) {
  const SupplierState& s = world.suppliers;
  const std::uint8_t* __restrict kind = s.kind.data() + first;
  const std::uint8_t* __restrict present = s.present.data() + first;
  const std::uint8_t* __restrict serves = s.serves.data() + first;
  const std::uint32_t salt = trait_salt(world.view.key, Trait::supplier_day);
  for (std::uint32_t i = 0; i < n; ++i) l.kind[i] = kind[i];
  for (std::uint32_t i = 0; i < n; ++i) l.present[i] = l.before[i] = present[i];
  for (std::uint32_t i = 0; i < n; ++i) l.serves[i] = serves[i];
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::int32_t c = l.kind[i];
    l.margin[i] = c == 0 ? kinds[0].margin : c == 1 ? kinds[1].margin : c == 2 ? kinds[2].margin : kinds[3].margin;
    l.prestige[i] = c == 0 ? kinds[0].prestige : c == 1 ? kinds[1].prestige : c == 2 ? kinds[2].prestige : kinds[3].prestige;
    l.celebrity[i] = c == 0 ? 1.0F : 0.0F;
    l.all[i] = 0.0F;
  }
  if (r.groups == 1) {
    for (std::uint32_t i = 0; i < n; ++i) l.due[i] = 1;
  } else {
    const std::uint32_t groups = r.groups, turn = r.turn;
    for (std::uint32_t i = 0; i < n; ++i) l.due[i] = trait_word(salt, first + i) % groups == turn ? 1 : 0;
  }
}

SPILLWAY_INLINE void fame_lanes(const std::uint32_t* __restrict holders, const Terms& t, const Rules& r, std::uint32_t n, Lanes& l) {
  float most = 0.0F;
  for (std::uint32_t i = 0; i < n; ++i) most = max_of(most, l.prestige[i]);
  for (std::uint32_t i = 0; i < n; ++i) l.fame[i] = l.expected_fame[i] = 0.0F;
  if (most == 0.0F) return;
  const float per_reach = r.per_reach, per_holder = t.expected_followers;
  for (std::uint32_t i = 0; i < n; ++i) {
    l.fame[i] = l.prestige[i] * log_f(1.0F + l.followers[i] * per_reach);
    const float expected = static_cast<float>(static_cast<std::int32_t>(holders[i])) * per_holder;
    l.expected_fame[i] = l.prestige[i] * log_f(1.0F + expected * per_reach);
  }
}

// The words that decide, and whether a supplier with this chance starts a service account.
SPILLWAY_INLINE void luck_lanes(const World& world, const Terms& t, std::uint32_t first, std::uint32_t n, Lanes& l) {
  const DrawKey key = world.view.key;
  const std::uint32_t tick = world.view.now.index, id = world.view.platform_id[t.k];
  const float starts = one_minus_exp_neg(t.service);
  for (std::uint32_t i = 0; i < n; ++i) {
    const Draw luck = draw(key, first + i, tick, Stream::supplier, id);
    l.word[i] = static_cast<std::int32_t>(luck.word[0]);
    l.starts[i] = happens(luck.word[1], starts);
  }
}

// One platform: profit, then whether to open or to close an account, and to start a service account. On entry profit starts as expected.
SPILLWAY_INLINE void decide_lanes(const World& world, const Terms& t, const Rules& r, std::uint32_t first, std::uint32_t n,
                                  float* profit_column, Lanes& l) {
  const std::uint32_t k = static_cast<std::uint32_t>(t.k);
  const std::uint32_t* __restrict holders = world.suppliers.holders.data() + first;
  float* __restrict profit = profit_column + first;
  fame_lanes(holders, t, r, n, l);
  luck_lanes(world, t, first, n, l);
  const float per_follower = t.per_follower, commission = t.commission, incentive = t.incentive, costs = t.costs, lift = r.lift,
              per_holder = t.expected_followers, relax = r.relax, steepness = r.steepness, entry = r.entry_profit, leave = t.leave,
              enter = t.enter;
  for (std::uint32_t i = 0; i < n; ++i) {  // products with 0 and 1 and selects of values, because branches do not vectorise
    const std::int32_t has = l.present[i] >> k & 1, served = l.serves[i] >> k & 1, due = l.due[i];
    const float value = per_follower * (l.margin[i] + commission), other = l.celebrity[i] * incentive - costs;
    const float lifted = value * (1.0F + lift * static_cast<float>(served));
    const float now = l.followers[i] * lifted + l.fame[i] + other;
    const float expected = static_cast<float>(static_cast<std::int32_t>(holders[i])) * per_holder * value + l.expected_fame[i] + other;
    const float before = profit[i], later = before + relax * (now - before);
    const float kept = due != 0 ? later : before, gain = expected - entry;
    const float score = steepness * (has != 0 ? -kept : gain), largest = has != 0 ? leave : enter;
    const float hazard = largest / (1.0F + exp_f(-score));
    const std::int32_t change = due & happens(static_cast<std::uint32_t>(l.word[i]), one_minus_exp_neg(hazard));
    const std::int32_t stays = has & (1 - change), enters = change & (1 - has), start = due & stays & l.starts[i];
    const float first_profit = enters != 0 ? expected : 0.0F;
    profit[i] = stays != 0 ? kept : first_profit;
    l.present[i] ^= change << k;
    l.serves[i] = (l.serves[i] & ~(1 << k)) | ((served & stays) | start) << k;
  }
}

// The first tick of a platform: who is there from the start, with profit 0.
SPILLWAY_INLINE void open_lanes(const World& world, const Terms& t, std::uint32_t first, std::uint32_t n, float* profit_column, Lanes& l) {
  const std::uint32_t salt = trait_salt(world.view.key, Trait::presence, world.view.platform_id[t.k]);
  for (std::uint32_t i = 0; i < n; ++i) {
    const bool there = trait_word(salt, first + i) < t.first_below;
    l.present[i] = (l.present[i] & ~(1 << t.k)) | (there ? 1 << t.k : 0);
    profit_column[first + i] = 0.0F;
  }
}

// Celebrities under contract have an account there and nowhere else.
void bind_celebrities(const Terms& t, std::uint32_t first, std::uint32_t n, Lanes& l) {
  for (std::uint32_t i = 0; i < n && first + i < t.contracts; ++i) {
    l.present[i] = 1 << t.k;
    l.serves[i] &= 1 << t.k;
    l.due[i] = 1;  // effort moves at once
  }
}

// (profit + floor)^steepness where present; with exclusive homing the best alone counts, equals share.
SPILLWAY_INLINE void weight_lanes(const Rules& r, std::size_t k, std::uint32_t first, std::uint32_t n, const float* profit_column,
                                  Lanes& l) {
  const float* __restrict profit = profit_column + first;
  float* __restrict weight = l.weight[k];
  const float floor = r.effort_floor, power = r.effort_steepness;
  for (std::uint32_t i = 0; i < n; ++i) weight[i] = max_of(profit[i], 0.0F) + floor;
  if (!r.exclusive && power != 1.0F)
    for (std::uint32_t i = 0; i < n; ++i) weight[i] = pow_f(weight[i], power);
  for (std::uint32_t i = 0; i < n; ++i) weight[i] = (l.present[i] >> k & 1) != 0 ? weight[i] : 0.0F;
}

SPILLWAY_INLINE void keep_best(std::size_t platforms, std::uint32_t n, Lanes& l) {
  float best[at_once];
  for (std::uint32_t i = 0; i < n; ++i) best[i] = 0.0F;
  for (std::size_t k = 0; k < platforms; ++k)
    for (std::uint32_t i = 0; i < n; ++i) best[i] = max_of(best[i], l.weight[k][i]);
  for (std::size_t k = 0; k < platforms; ++k)
    for (std::uint32_t i = 0; i < n; ++i) l.weight[k][i] = l.weight[k][i] == best[i] && best[i] > 0.0F ? 1.0F : 0.0F;
}

// Effort grows with the audience, and with accounts on several platforms.
SPILLWAY_INLINE void effort_lanes(const Rules& r, std::size_t platforms, std::uint32_t n, Lanes& l) {
  const float per_normaliser = r.per_normaliser, per_reach = r.per_reach, elasticity = r.elasticity, cross_posting = r.cross_posting;
  for (std::uint32_t i = 0; i < n; ++i) l.ebar[i] = per_normaliser * pow_f(max_of(l.all[i] * per_reach, least_reach), elasticity);
  float sum[at_once], accounts[at_once];
  for (std::uint32_t i = 0; i < n; ++i) sum[i] = accounts[i] = 0.0F;
  for (std::size_t k = 0; k < platforms; ++k)
    for (std::uint32_t i = 0; i < n; ++i) {
      sum[i] += l.weight[k][i];
      accounts[i] += static_cast<float>(l.present[i] >> k & 1);
    }
  for (std::uint32_t i = 0; i < n; ++i) {
    const float several = accounts[i] > 1.5F ? 1.0F + cross_posting : 1.0F;
    l.ebar[i] = sum[i] > 0.0F ? l.ebar[i] * several / sum[i] : 0.0F;
  }
}

SPILLWAY_MULTIVERSION void decide_block(World& world, const Rules& r, const KindNumbers* kinds, const Terms* terms, std::size_t live,
                                        std::uint32_t first, std::uint32_t n, Lanes& l) {
  SupplierState& s = world.suppliers;
  const std::size_t platforms = world.platforms.size(), count = s.count;
  load_block(world, r, kinds, first, n, l);
  for (std::size_t t = 0; t < live; ++t) {
    const std::int32_t* __restrict column = s.followers.data() + terms[t].k * count + first;
    for (std::uint32_t i = 0; i < n; ++i) {
      l.followers[i] = static_cast<float>(column[i]);
      l.all[i] += l.followers[i];
    }
    float* profit = s.profit.data() + terms[t].k * count;
    if (terms[t].opens)
      open_lanes(world, terms[t], first, n, profit, l);
    else
      decide_lanes(world, terms[t], r, first, n, profit, l);
  }
  for (std::size_t t = 0; t < live; ++t) bind_celebrities(terms[t], first, n, l);
  for (std::size_t k = 0; k < platforms; ++k) weight_lanes(r, k, first, n, s.profit.data() + k * count, l);
  if (r.exclusive) keep_best(platforms, n, l);
  effort_lanes(r, platforms, n, l);
  for (std::size_t t = 0; t < live; ++t) {
    const std::size_t k = terms[t].k;
    float* __restrict effort = s.effort.data() + k * count + first;
    const std::int32_t all_move = r.any_opens ? 1 : 0;
    const float factor = terms[t].effort;
    for (std::uint32_t i = 0; i < n; ++i) {
      const float fresh = l.ebar[i] * l.weight[k][i] * factor;
      effort[i] = (l.due[i] | all_move) != 0 ? fresh : effort[i];
    }
  }
  std::uint8_t* __restrict present = s.present.data() + first;
  std::uint8_t* __restrict serves = s.serves.data() + first;
  for (std::uint32_t i = 0; i < n; ++i) present[i] = static_cast<std::uint8_t>(l.present[i]);
  for (std::uint32_t i = 0; i < n; ++i) serves[i] = static_cast<std::uint8_t>(l.serves[i]);
}

void count_block(const SupplierState& s, std::size_t k, std::uint32_t first, std::uint32_t n, const Lanes& l, SupplierCounts& counts) {
  const std::int32_t* followers = s.followers.data() + k * s.count + first;
  const float* effort = s.effort.data() + k * s.count + first;
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::int32_t here = l.present[i] >> k & 1, served = l.serves[i] >> k & 1, before = l.before[i] >> k & 1;
    const auto kind = static_cast<std::size_t>(l.kind[i]);
    const auto steps = static_cast<std::int64_t>(static_cast<double>(effort[i]) * effort_steps + 0.5);
    counts.present[kind] += here;
    counts.served[kind] += served;
    counts.followers[kind][static_cast<std::size_t>(served)] += here * followers[i];  // who closes earns nothing from the last ones
    counts.effort[kind] += steps;
    counts.effort_squared +=
        static_cast<std::int64_t>(static_cast<double>(effort[i]) * static_cast<double>(effort[i]) * effort_steps + 0.5);
    counts.entries += here & (1 - before);
    counts.exits += before & (1 - here);
  }
}

void add(SupplierCounts& to, const SupplierCounts& from) {
  for (std::size_t c = 0; c < supplier_kinds; ++c) {
    to.present[c] += from.present[c];
    to.served[c] += from.served[c];
    to.effort[c] += from.effort[c];
    for (std::size_t served = 0; served < 2; ++served) to.followers[c][served] += from.followers[c][served];
  }
  to.effort_squared += from.effort_squared;
  to.entries += from.entries;
  to.exits += from.exits;
}

// A bit per platform on which some supplier keeps a service account.
std::uint32_t platforms_served(const SupplierState& s) {
  return std::accumulate(s.serves.begin(), s.serves.end(), 0U, [](std::uint32_t all, std::uint8_t of_one) { return all | of_one; });
}
}  // namespace

void decide_suppliers(World& world) {
  SupplierState& s = world.suppliers;
  const std::uint32_t served_before = platforms_served(s);
  const double dt = world.view.now.dt;
  const auto groups = static_cast<std::uint32_t>(std::max(1.0, std::floor(world.scenario.suppliers.decisions.interval / dt + 0.5)));
  Rules rules = rules_of(world, groups, groups * dt);
  Terms terms[max_platforms];
  std::size_t live = 0;
  for (std::size_t k = 0; k < world.platforms.size(); ++k) {
    if (!world.view.platform[k].live) continue;
    terms[live] = terms_of(world, k, groups * dt);
    rules.any_opens = rules.any_opens || terms[live].opens;
    ++live;
    world.platforms[k].opened = true;
  }
  KindNumbers kinds[supplier_kinds];
  for (std::size_t c = 0; c < supplier_kinds; ++c) kinds[c] = numbers_of(world.scenario.suppliers, static_cast<SupplierKind>(c));
  const RowWriter rows(world);
  const std::size_t platforms = world.platforms.size(), stride = world.view.suppliers.stride;
  std::vector<std::vector<SupplierCounts>> counts(static_cast<std::size_t>(world.threads), std::vector<SupplierCounts>(platforms));
  for_blocks(s.count, at_once * 4, world.threads, [&](int worker, std::size_t from, std::size_t to) {
    Lanes l;
    for (std::size_t at = from; at < to; at += at_once) {
      const auto first = static_cast<std::uint32_t>(at), n = static_cast<std::uint32_t>(std::min<std::size_t>(at_once, to - at));
      decide_block(world, rules, kinds, terms, live, first, n, l);
      for (std::size_t k = 0; k < platforms; ++k) count_block(s, k, first, n, l, counts[static_cast<std::size_t>(worker)][k]);
      for (std::uint32_t i = 0; i < n; ++i) {
        float effort[max_platforms] = {};
        for (std::size_t k = 0; k < platforms; ++k) effort[k] = s.effort[k * s.count + first + i];
        rows.write(first + i, static_cast<std::uint32_t>(l.present[i]), static_cast<std::uint32_t>(l.serves[i]), effort,
                   &s.rows[(first + i) * stride]);
      }
    }
  });
  s.counts.assign(platforms, {});
  for (const auto& worker : counts)
    for (std::size_t k = 0; k < platforms; ++k) add(s.counts[k], worker[k]);
  const std::uint32_t served = served_before | platforms_served(s);
  for (std::size_t k = 0; k < platforms; ++k) {
    s.money[k] = supplier_money(world, k);
    world.view.platform[k].any_served = (served >> k & 1U) != 0;
  }
}

}  // namespace spillway
