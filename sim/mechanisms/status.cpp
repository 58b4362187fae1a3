// Joins and exits of a block: about one user in a hundred, so plain scalar code. Own columns change at once (nobody else
// reads them); contacts learn of it after the pass.
#include "base/math.hpp"
#include "mechanisms/followers.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

namespace {
void clear(const StockRef& stock, std::uint32_t user) {
  if (stock.u16 != nullptr) stock.u16[user] = 0;
  if (stock.f32 != nullptr) stock.f32[user] = 0.0F;
}

/// One user who joins or leaves platform k.
struct Transition {
  const View& view;
  const Scratch& scratch;
  Tally& tally;
  std::uint32_t user;
  std::uint32_t i;  ///< its lane
  std::size_t k;

  std::size_t segment() const { return static_cast<std::size_t>(scratch.lane(IntLane::segment)[i]); }
  void count(Count c) const { tally.at(c, k, segment()) += 1; }
  float hazard(PlatformLane lane) const { return scratch.lane(lane, k)[i]; }
};

// 1 + the other platform with most attention at the tick's start, or 0: the outside.
std::size_t main_platform(const Transition& c) {
  std::size_t best = 0;
  float most = -1.0F;
  for (std::size_t o = 0; o < c.view.platforms; ++o) {
    if (o == c.k || !c.view.platform[o].live || c.scratch.lane(PlatformLane::member, o)[c.i] == 0.0F) continue;
    const float attention = c.scratch.lane(PlatformLane::attention, o)[c.i];
    if (attention > most) {
      most = attention;
      best = o + 1;
    }
  }
  return best;
}

// Which hazard it was: 0, 1 or 2, by their shares.
int cause_of(const Transition& c) {
  const float a = c.hazard(PlatformLane::hazard_first), b = c.hazard(PlatformLane::hazard_second), d = c.hazard(PlatformLane::hazard_third);
  const std::uint32_t word = draw(c.view.key, c.user, c.view.now.index, Stream::cause, c.view.platform_id[c.k]).word[0];
  const float at = uniform(word) * (a + b + d);
  return at < a || (b == 0.0F && d == 0.0F) ? 0 : (at < a + b || d == 0.0F ? 1 : 2);
}

// Follow bit of the supplier that brought the user along: drawn in proportion to its pull.
std::uint8_t dragging_slot(const Transition& c) {
  const SupplierTable& t = c.view.suppliers;
  const std::uint32_t* slots = t.slots_of(c.user);
  float pull[max_slots] = {}, sum = 0.0F;
  for (std::uint32_t s = 0; s < t.slot_count; ++s) {
    const float* row = t.row(slots[s]);
    for (std::size_t o = 0; o < c.view.platforms; ++o) {
      if (o == c.k || !c.view.platform[o].live || (c.scratch.lane(PlatformIntLane::follows, o)[c.i] >> s & 1) == 0) continue;
      if ((SupplierTable::flags(row) >> (SupplierTable::pulls + c.k) & 1U) == 0) continue;
      pull[s] += t.effort(row, o) * c.view.platform[o].drag_to[c.k] * c.scratch.lane(PlatformLane::attention, o)[c.i];
    }
    sum += pull[s];
  }
  float at = uniform(draw(c.view.key, c.user, c.view.now.index, Stream::drag, c.view.platform_id[c.k]).word[0]) * sum;
  for (std::uint32_t s = 0; s < t.slot_count; ++s) {
    if (at < pull[s]) return static_cast<std::uint8_t>(1U << s);
    at -= pull[s];
  }
  return 0;
}

void join(const Transition& c) {
  static constexpr Count causes[] = {Count::joins_spontaneous, Count::joins_peer, Count::joins_drag};
  const PlatformColumns& columns = c.view.columns[c.k];
  const bool again = MembershipRef::status(c.view.membership.get(c.user), c.k) == 2;
  const int cause = cause_of(c);
  c.count(causes[cause]);
  if (again) c.count(Count::rejoins);
  c.view.membership.set_status(c.user, c.k, 1);
  columns.join_time[c.user] = static_cast<std::uint16_t>(c.view.now.middle_half_days + 0.5F);
  if (cause == 2) {
    const std::uint8_t bit = dragging_slot(c);
    columns.follows[c.user] = bit;
    FollowerCounts(c.view, c.tally, c.k).change(c.view.suppliers.slots_of(c.user), 0, bit);
    if (columns.served != nullptr) columns.served[c.user] = served_follows(c.view, c.user, c.k, bit);
  }
  c.tally.account_flow[main_platform(c)][c.k + 1] += 1;
  c.tally.changes.push_back({c.user, static_cast<std::uint8_t>(c.k), again ? ChangeKind::rejoin : ChangeKind::join});
}

void leave(const Transition& c) {
  static constexpr Count causes[] = {Count::exits_baseline, Count::exits_disuse, Count::exits_threshold};
  const PlatformColumns& columns = c.view.columns[c.k];
  c.count(causes[cause_of(c)]);
  if (columns.habit)
    c.tally.attention_flow[c.k + 1][0] += static_cast<std::int64_t>(c.scratch.lane(PlatformLane::habit, c.k)[c.i] * 1048576.0F + 0.5F);
  c.view.membership.set_status(c.user, c.k, 2);
  clear(columns.habit, c.user);
  clear(columns.irritation, c.user);
  clear(columns.supply, c.user);
  clear(columns.currency, c.user);
  if (columns.follows != nullptr) {
    FollowerCounts(c.view, c.tally, c.k).change(c.view.suppliers.slots_of(c.user), columns.follows[c.user], 0);
    columns.follows[c.user] = 0;
  }
  if (columns.served != nullptr) columns.served[c.user] = 0;
  c.tally.account_flow[c.k + 1][main_platform(c)] += 1;
  c.tally.changes.push_back({c.user, static_cast<std::uint8_t>(c.k), ChangeKind::exit});
}
}  // namespace

SPILLWAY_MULTIVERSION void change_status(const View& view, Block block, const Scratch& scratch, Tally& tally) {
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    std::int32_t* event = scratch.lane(PlatformIntLane::event, k);
    each_set(event, block.size, [&](std::uint32_t i) {
      const Transition change{view, scratch, tally, block.first + block.place(i), i, k};
      if (MembershipRef::status(view.membership.get(change.user), k) == 1)
        leave(change);
      else
        join(change);
    });
  }
}

}  // namespace spillway
