// S14: what a tick counts about users, as integers. Reads only; nothing feeds back.
#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

namespace {
constexpr double half_year = 182.0;  // days: surveys ask who used a microblog within six months
constexpr float half_year_days = 182.0F;
constexpr double month = 30.0;  // days: monthly active = used at least once in 30 days

// One count's sum over the block, in steps. Where people are in segments, the steps by user, to be added up by segment.
template <bool one>
struct Sum {
  std::int32_t total = 0;
  SPILLWAY_INLINE void take(std::uint32_t, std::int32_t steps) { total += steps; }
};
template <>
struct Sum<false> {
  std::int32_t of_user[block_size];
  SPILLWAY_INLINE void take(std::uint32_t i, std::int32_t steps) { of_user[i] = steps; }
};

template <Count count>
SPILLWAY_INLINE std::int32_t in_steps(float x) {
  return static_cast<std::int32_t>(x * static_cast<float>(quantum(count)) + 0.5F);
}

/// What the loops below share.
template <bool one>
struct Counting {
  const View& view;
  Block block;
  const Scratch& scratch;
  Tally& tally;
  std::size_t segments;

  SPILLWAY_INLINE const float* lane(Lane of) const { return scratch.lane(of); }
  SPILLWAY_INLINE const float* lane(PlatformLane of, std::size_t k) const { return scratch.lane(of, k); }
  SPILLWAY_INLINE void add(Count count, std::size_t k, const Sum<one>& sum) const {
    if constexpr (one) {
      tally.at(count, k, 0) += sum.total;
    } else {
      const std::int32_t* __restrict segment = scratch.lane(IntLane::segment);
      for (std::size_t g = 0; g < segments; ++g) {
        std::int32_t total = 0;
        for (std::uint32_t i = 0; i < block.size; ++i) total += segment[i] == static_cast<std::int32_t>(g) ? sum.of_user[i] : 0;
        tally.at(count, k, g) += total;
      }
    }
  }
};

/// How many platforms people are members of, and the utility of the best of them.
struct Homes {
  float count[block_size], best[block_size];
};

SPILLWAY_INLINE void find_homes(const View& view, Block block, const Scratch& scratch, Homes& homes) {
  const std::uint32_t n = block.size;
  float* __restrict count = homes.count;
  float* __restrict best = homes.best;
  fill(count, n, 0.0F);
  fill(best, n, -1e30F);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    const float* __restrict member = scratch.lane(PlatformLane::member, k);
    const float* __restrict utility = scratch.lane(PlatformLane::utility, k);
    for (std::uint32_t i = 0; i < n; ++i) {
      count[i] += member[i];
      best[i] = member[i] > 0.0F ? max_of(best[i], utility[i]) : best[i];
    }
  }
}

// Members, those of them who are elsewhere too, and non-members who would rather be here than on the best of the platforms that they
// are members of.
template <bool one>
SPILLWAY_INLINE void count_members(const Counting<one>& c, std::size_t k, const Homes& all) {
  const float* __restrict member = c.lane(PlatformLane::member, k);
  const float* __restrict utility = c.lane(PlatformLane::utility, k);
  const float* __restrict online = c.lane(Lane::online);
  const float* __restrict homes = all.count;
  const float* __restrict best = all.best;
  Sum<one> active, multi_homing, pressure;
  for (std::uint32_t i = 0; i < c.block.size; ++i) {
    const std::int32_t here = member[i] > 0.0F ? 1 : 0, out = online[i] > 0.0F ? 1 - here : 0;
    const std::int32_t elsewhere = homes[i] > 0.5F ? out : 0;
    active.take(i, here);
    multi_homing.take(i, homes[i] > 1.5F ? here : 0);
    pressure.take(i, utility[i] > best[i] ? elsewhere : 0);
  }
  c.add(Count::active, k, active);
  c.add(Count::multi_homing, k, multi_homing);
  if (c.view.platforms > 1) c.add(Count::pressure, k, pressure);
}

// Chance of using the platform on a day, and in a month: sessions a day are Poisson, or Poisson mixed with a gamma law of
// shape `dispersion`. Who joined less than a month ago has used it. `exponents` are -log P(no use today).
template <bool mixed, bool one>
SPILLWAY_INLINE void count_use(const Counting<one>& c, std::size_t k, float* __restrict exponents) {
  const float dispersion = c.view.platform[k].session_dispersion, inverse = mixed ? 1.0F / dispersion : 0.0F;
  const auto per_session = static_cast<float>(1.0 / c.view.scenario->attention.session_length);
  const auto month_ago = static_cast<float>((c.view.now.start - month + join_time_offset) / join_time_unit);
  const float* __restrict attention = c.lane(PlatformLane::attention, k);
  const float* __restrict minutes = c.lane(Lane::minutes);
  const float* __restrict member = c.lane(PlatformLane::member, k);
  const float* __restrict joined = c.lane(PlatformLane::joined, k);
  const std::uint32_t n = c.block.size;
  float today[block_size];
  Sum<one> daily, monthly, share, time;
  for (std::uint32_t i = 0; i < n; ++i) {
    const float a_day = attention[i] * minutes[i], sessions = a_day * per_session;
    exponents[i] = mixed ? dispersion * log_f(1.0F + sessions * inverse) : sessions;
    share.take(i, in_steps<Count::attention>(attention[i]));
    time.take(i, in_steps<Count::minutes>(at_most(a_day, 30000.0F)));
  }
  for (std::uint32_t i = 0; i < n; ++i) today[i] = one_minus_exp_neg(exponents[i]);
  for (std::uint32_t i = 0; i < n; ++i) {
    const float unused = 1.0F - today[i], twice = unused * unused, four = twice * twice, eight = four * four;
    const float in_month = 1.0F - eight * eight * (eight * four * twice);  // 30 days
    daily.take(i, in_steps<Count::daily_users>(member[i] * today[i]));
    monthly.take(i, in_steps<Count::monthly_users>(member[i] * (joined[i] > month_ago ? 1.0F : in_month)));
  }
  c.add(Count::daily_users, k, daily);
  c.add(Count::monthly_users, k, monthly);
  c.add(Count::attention, k, share);
  c.add(Count::minutes, k, time);
}

template <Count count, bool one>
SPILLWAY_INLINE void count_stock(const Counting<one>& c, std::size_t k, PlatformLane lane) {
  const float* __restrict stock = c.lane(lane, k);
  Sum<one> sum;
  for (std::uint32_t i = 0; i < c.block.size; ++i) sum.take(i, in_steps<count>(stock[i]));
  c.add(count, k, sum);
}

// Chance of not having used platform k within half a year, times `unused`. Who joined within it has used it.
SPILLWAY_INLINE void half_year_lane(const View& view, const Scratch& scratch, std::size_t k, const float* __restrict exponents,
                                    std::uint32_t n, float* __restrict unused) {
  const float* __restrict joined = scratch.lane(PlatformLane::joined, k);
  const float* __restrict member = scratch.lane(PlatformLane::member, k);
  const auto ago = static_cast<float>((view.now.start - half_year + join_time_offset) / join_time_unit);
  for (std::uint32_t i = 0; i < n; ++i) {
    const float idle = exp_f(-half_year_days * exponents[i]);
    unused[i] *= member[i] > 0.0F ? (joined[i] > ago ? 0.0F : idle) : 1.0F;
  }
}

template <bool one>
SPILLWAY_INLINE void count_all(const Counting<one>& c) {
  const View& view = c.view;
  const std::uint32_t n = c.block.size;
  Homes homes;
  find_homes(view, c.block, c.scratch, homes);
  float exponents[block_size], unused[block_size];
  fill(unused, n, 1.0F);
  bool stages = false;
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    count_members(c, k, homes);
    if (view.platform[k].session_dispersion > 0.0F)
      count_use<true>(c, k, exponents);
    else
      count_use<false>(c, k, exponents);
    if (view.platform[k].is_stage) half_year_lane(view, c.scratch, k, exponents, n, unused);
    stages = stages || view.platform[k].is_stage;
    if (view.columns[k].habit) count_stock<Count::habit>(c, k, PlatformLane::habit);
    if (view.columns[k].irritation) count_stock<Count::irritation>(c, k, PlatformLane::irritation);
    if (view.columns[k].currency) count_stock<Count::currency>(c, k, PlatformLane::currency);
  }
  if (!stages) return;
  std::int32_t used = 0;
  for (std::uint32_t i = 0; i < n; ++i) used += in_steps<Count::attention>(1.0F - unused[i]);
  c.tally.broadcast_users += used;
}
}  // namespace

SPILLWAY_MULTIVERSION void count_users(const View& view, Block block, const Scratch& scratch, Tally& tally) {
  const std::size_t segments = view.scenario->population.segments.size();
  if (segments <= 1)
    count_all(Counting<true>{view, block, scratch, tally, 1});
  else
    count_all(Counting<false>{view, block, scratch, tally, segments});
}

}  // namespace spillway
