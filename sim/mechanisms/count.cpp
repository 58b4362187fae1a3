// S14: what a tick counts about users, as integers. Reads only; nothing feeds back.
#include "base/math.hpp"
#include "mechanisms/lanes.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

namespace {
constexpr double half_year = 182.0;  // days: surveys ask who used a microblog within six months
constexpr float half_year_days = 182.0F;
constexpr double month = 30.0;  // days: monthly active = used at least once in 30 days

// Chance of using the platform on a day, and in a month: sessions a day are Poisson, or Poisson mixed with a gamma law of
// shape `dispersion`. Who joined less than a month ago has used it.
SPILLWAY_INLINE void use_lanes(const View& view, Block block, const Scratch& scratch, std::size_t k, float* __restrict exponents,
                               float* __restrict daily, float* __restrict monthly) {
  const float dispersion = view.platform[k].session_dispersion;
  const auto per_session = static_cast<float>(1.0 / view.scenario->attention.session_length);
  const float* __restrict attention = scratch.lane(PlatformLane::attention, k);
  const float* __restrict minutes = scratch.lane(Lane::minutes);
  const float* __restrict member = scratch.lane(PlatformLane::member, k);
  const float* __restrict joined = scratch.lane(PlatformLane::joined, k);
  const auto month_ago = static_cast<float>((view.now.start - month + join_time_offset) / join_time_unit);
  const float inverse = dispersion > 0.0F ? 1.0F / dispersion : 0.0F;
  for (std::uint32_t i = 0; i < block.size; ++i) {
    const float sessions = attention[i] * minutes[i] * per_session;
    const float exponent = dispersion > 0.0F ? dispersion * log_f(1.0F + sessions * inverse) : sessions;  // -log P(no use today)
    exponents[i] = exponent;
    daily[i] = member[i] * one_minus_exp_neg(exponent);
    const float unused = 1.0F - one_minus_exp_neg(exponent), twice = unused * unused, four = twice * twice, eight = four * four;
    const float in_month = 1.0F - eight * eight * (eight * four * twice);  // 30 days
    monthly[i] = member[i] * (joined[i] > month_ago ? 1.0F : in_month);
  }
}

// Non-members who would rather be here than on the best of the platforms that they are members of.
SPILLWAY_INLINE void pressure_lane(const Scratch& scratch, std::size_t k, const float* __restrict homes, const float* __restrict best,
                                   std::uint32_t n, float* __restrict pressure) {
  const float* __restrict member = scratch.lane(PlatformLane::member, k);
  const float* __restrict online = scratch.lane(Lane::online);
  const float* __restrict utility = scratch.lane(PlatformLane::utility, k);
  for (std::uint32_t i = 0; i < n; ++i) {
    const float elsewhere = homes[i] > 0.5F ? online[i] * (1.0F - member[i]) : 0.0F;
    pressure[i] = utility[i] > best[i] ? elsewhere : 0.0F;
  }
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

SPILLWAY_INLINE std::int64_t quantised_sum(const float* __restrict x, const std::int32_t* __restrict segment, std::int32_t g, bool one,
                                           float steps, std::uint32_t n) {
  std::int32_t sum = 0;
  if (one) {
    for (std::uint32_t i = 0; i < n; ++i) sum += static_cast<std::int32_t>(x[i] * steps + 0.5F);
  } else {
    for (std::uint32_t i = 0; i < n; ++i) sum += segment[i] == g ? static_cast<std::int32_t>(x[i] * steps + 0.5F) : 0;
  }
  return sum;
}

struct Sums {
  Tally& tally;
  const std::int32_t* segment;
  std::size_t segments;
  std::uint32_t n;
  SPILLWAY_INLINE void add(Count count, std::size_t k, const float* lane) const {
    const auto steps = static_cast<float>(quantum(count));
    for (std::size_t g = 0; g < segments; ++g)
      tally.at(count, k, g) += quantised_sum(lane, segment, static_cast<std::int32_t>(g), segments == 1, steps, n);
  }
};
}  // namespace

SPILLWAY_MULTIVERSION void count_users(const View& view, Block block, const Scratch& scratch, Tally& tally) {
  const std::uint32_t n = block.size;
  const std::size_t segments = view.scenario->population.segments.empty() ? 1 : view.scenario->population.segments.size();
  const Sums sums{tally, scratch.lane(IntLane::segment), segments, n};
  float homes[block_size], exponents[block_size], daily[block_size], monthly[block_size], x[block_size], best[block_size],
      unused[block_size];
  fill(homes, n, 0.0F);
  fill(best, n, -1e30F);
  fill(unused, n, 1.0F);
  bool stages = false;
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    const float* __restrict member = scratch.lane(PlatformLane::member, k);
    const float* __restrict utility = scratch.lane(PlatformLane::utility, k);
    for (std::uint32_t i = 0; i < n; ++i) {
      homes[i] += member[i];
      best[i] = member[i] > 0.0F ? max_of(best[i], utility[i]) : best[i];
    }
  }
  const float* __restrict minutes = scratch.lane(Lane::minutes);
  for (std::size_t k = 0; k < view.platforms; ++k) {
    if (!view.platform[k].live) continue;
    const float* __restrict member = scratch.lane(PlatformLane::member, k);
    const float* __restrict attention = scratch.lane(PlatformLane::attention, k);
    sums.add(Count::active, k, member);
    for (std::uint32_t i = 0; i < n; ++i) x[i] = homes[i] > 1.5F ? member[i] : 0.0F;
    sums.add(Count::multi_homing, k, x);
    if (view.platforms > 1) {
      pressure_lane(scratch, k, homes, best, n, x);
      sums.add(Count::pressure, k, x);
    }
    use_lanes(view, block, scratch, k, exponents, daily, monthly);
    if (view.platform[k].is_stage) half_year_lane(view, scratch, k, exponents, n, unused);
    stages = stages || view.platform[k].is_stage;
    sums.add(Count::daily_users, k, daily);
    sums.add(Count::monthly_users, k, monthly);
    sums.add(Count::attention, k, attention);
    for (std::uint32_t i = 0; i < n; ++i) x[i] = min_of(attention[i] * minutes[i], 30000.0F);
    sums.add(Count::minutes, k, x);
    if (view.columns[k].habit) sums.add(Count::habit, k, scratch.lane(PlatformLane::habit, k));
    if (view.columns[k].irritation) sums.add(Count::irritation, k, scratch.lane(PlatformLane::irritation, k));
    if (view.columns[k].currency) sums.add(Count::currency, k, scratch.lane(PlatformLane::currency, k));
  }
  if (!stages) return;
  for (std::uint32_t i = 0; i < n; ++i) x[i] = 1.0F - unused[i];
  tally.broadcast_users += quantised_sum(x, sums.segment, 0, true, static_cast<float>(quantum(Count::attention)), n);
}

}  // namespace spillway
