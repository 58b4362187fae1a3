// S13, with the platform side of S6 and S9: learned ad blindness, revenue, and how a platform moves its ad load by itself.
#include <algorithm>

#include "base/math.hpp"
#include "mechanisms/phases.hpp"
#include "model/revenue.hpp"

namespace spillway {

namespace {
constexpr double week = 7.0, quarter = 91.0;  // days

void earn(World& world, std::size_t k) {
  PlatformState& platform = world.platforms[k];
  const PlatformAds& ads = platform.live.ads;
  platform.impressions = platform.minutes * world.people_per_agent * world.view.now.dt * ads.per_minute;
  platform.ad_revenue = platform.impressions * platform.ad_load * ads.price * 1e-3 * std::max(0.0, 1.0 - platform.blindness);
}

// Complaints per member and week, smoothed over a week; what exceeds the tolerated ones takes ad load back (amendments item 8).
void answer_complaints(World& world, std::size_t k) {
  PlatformState& platform = world.platforms[k];
  const double dt = world.view.now.dt, members = static_cast<double>(platform.active);
  const double now = members > 0.0 ? static_cast<double>(platform.complaints) * week / (members * dt) : 0.0;
  platform.complaint_rate += relaxation(dt, week) * (now - platform.complaint_rate);
  if (platform.ad_load <= 0.0) return;
  const double excess = std::max(0.0, platform.complaint_rate - world.scenario.voice.tolerated_complaints);
  platform.load_cut += platform.live.ads.response * platform.live.listening * excess * dt / week;
}

// Each quarter one step: on while revenue rose, back when it fell (amendments item 33).
void feel_the_way(World& world, std::size_t k) {
  PlatformState& platform = world.platforms[k];
  platform.quarter_revenue += platform.ad_revenue + seller_revenue(world, k);
  platform.quarter_days += world.view.now.dt;
  if (platform.quarter_days < quarter) return;
  if (platform.live.ads.climb > 0.0) {
    if (platform.quarter_revenue < platform.last_quarter_revenue) platform.climb_sign = -platform.climb_sign;
    const double low = -platform.live.ads.load, high = std::max(0.0, PlatformState::highest_climb - platform.live.ads.load);
    platform.load_climbed = std::clamp(platform.load_climbed + platform.climb_sign * platform.live.ads.climb, low, high);
  }
  platform.last_quarter_revenue = platform.quarter_revenue;
  platform.quarter_revenue = 0.0;
  platform.quarter_days -= quarter;
}
}  // namespace

void settle_accounts(World& world) {
  const AdResponse& response = world.scenario.ad_response;
  const double relax = relaxation(world.view.now.dt, response.blindness_memory);
  for (std::size_t k = 0; k < world.platforms.size(); ++k) {
    if (!world.view.platform[k].live) continue;  // nobody sees ads before the launch
    PlatformState& platform = world.platforms[k];
    earn(world, k);
    answer_complaints(world, k);
    feel_the_way(world, k);
    platform.acting_blindness = platform.blindness;
    platform.blindness += relax * (response.blindness * platform.ad_load - platform.blindness);
  }
}

}  // namespace spillway
