// S0: policies enter a tick as their average over it, so that a date inside a tick acts for its part of the tick.
#include <algorithm>
#include <cmath>

#include "base/math.hpp"
#include "mechanisms/phases.hpp"

namespace spillway {

namespace {
constexpr double pulse_days = 14.0;  // "in its first 14 days", see launch_pulse

double overlap(double a0, double a1, double b0, double b1) { return std::max(0.0, std::min(a1, b1) - std::max(a0, b0)); }

float narrow(double x) { return static_cast<float>(x); }

void take_policies(World& world, std::size_t k) {
  const TickNumbers& now = world.view.now;
  const std::vector<double*> values = policy_values(world.platforms[k].live, world.market, k);
  for (std::size_t p = 0; p < values.size(); ++p)
    if (!world.timelines[k][p].constant()) *values[p] = world.timelines[k][p].mean(now.start, now.dt);
}

// Value of free messages: 1 until it starts to decay; at the middle of the tick.
double sms_saving(const Scenario& s, const TickNumbers& now) {
  const double age = now.start + 0.5 * now.dt - (s.utility.sms_saving_start.days - s.time.start.days);
  return age <= 0.0 || !std::isfinite(s.utility.sms_saving_memory) ? 1.0 : exp_d(-age / s.utility.sms_saving_memory);
}

// Share of the people online who are so without a phone; at the middle of the tick.
double without_phone(const Scenario& s, const TickNumbers& now) {
  return std::max(0.0, 1.0 - value_at(s.population.phones, s.time.start, now.start + 0.5 * now.dt));
}

/// What the calendar says to all platforms.
struct Times {
  double sms_saving, without_phone;
};

void set_weights(const Scenario& s, const PlatformState& state, const Times& times, PlatformTick& out) {
  const Platform& p = state.live;
  const double fame = s.utility.fame_of == FameOf::attention ? state.attention_of_all : static_cast<double>(out.member_share);
  out.base_utility =
      narrow(p.intrinsic_utility + p.utility_shock + p.reward + s.utility.fame * fame - p.phone_utility * times.without_phone);
  out.conversation = narrow(p.conversation_weight * (s.utility.conversation + s.utility.sms_saving * times.sms_saving));
  out.friends_feed = narrow(p.friends_feed_weight * s.utility.friends_feed);
  out.broadcast = narrow(p.broadcast_weight * s.utility.supply);
  out.ad_flow = narrow(s.ad_response.flow_nuisance * state.ad_load);
  out.ad_stock_target = narrow(s.ad_response.stock_nuisance * state.ad_load);
  out.habit_strength = narrow(s.habit.strength + s.habit.friends_feed_strength * p.friends_feed_weight);
  out.contact_import = narrow(p.contact_import);
  out.mirroring = narrow(p.mirroring);
  out.service_value = narrow(s.utility.service_accounts);
  out.listening = narrow(p.listening);
  out.reward_rate = narrow(p.reward_rate);
  out.is_stage = p.broadcast_weight > p.conversation_weight;
  out.session_dispersion = std::isfinite(p.session_dispersion) ? narrow(p.session_dispersion) : 0.0F;
}

void set_joining(const Scenario& s, const Platform& p, const TickNumbers& now, PlatformTick& out) {
  const double launch = p.launch.days - s.time.start.days, end = now.start + now.dt;
  out.live = end > launch;
  const double exposed = std::clamp(end - launch, 0.0, now.dt);  // days of this tick on which one can join
  out.exposure = narrow(exposed / now.dt);
  out.join_spontaneous =
      narrow(p.innovation_rate / days_per_year * exposed + p.launch_pulse * overlap(now.start, end, launch, launch + pulse_days));
  out.join_peer = narrow(p.imitation_rate / days_per_year * exposed);
  const bool opens_now = launch > now.start && launch < end;
  const bool opens_at_start = launch == now.start && now.index > 0;  // members from the very start are made by build
  out.first_members = p.initial_share > 0.0 && (opens_now || opens_at_start);
}

// Peers' share at the middle of the tick, from its growth over the last one: second order, see sim/DECISIONS.md.
void set_shares(const World& world, const PlatformState& state, PlatformTick& out) {
  const double online = std::max(1.0, static_cast<double>(world.online));
  const double share = static_cast<double>(state.active) / online;
  out.member_share = narrow(share);
  out.ever_share = narrow(static_cast<double>(state.ever) / online);
  out.recent_share = narrow(state.recent / online);
  out.half_step = share > 0.0 && state.share_before > 0.0 ? narrow(std::clamp(std::sqrt(share / state.share_before), 0.5, 2.0)) : 1.0F;
}
}  // namespace

void set_policies(World& world) {
  const Scenario& s = world.scenario;
  TickNumbers& now = world.view.now;
  now.middle_half_days = narrow((now.start + 0.5 * now.dt + join_time_offset) / join_time_unit);
  now.relax_habit = narrow(relaxation(now.dt, s.habit.memory));
  now.relax_irritation = narrow(relaxation(now.dt, s.ad_response.irritation_memory));
  now.relax_supply = narrow(relaxation(now.dt, s.following.supply_memory));
  now.relax_currency = narrow(relaxation(now.dt, s.social_currency.memory));
  now.keep_recency = narrow(1.0 - relaxation(now.dt, s.adoption.recency_memory));
  const Times times{sms_saving(s, now), without_phone(s, now)};
  for (std::size_t k = 0; k < world.platforms.size(); ++k) {
    PlatformState& state = world.platforms[k];
    PlatformTick& out = world.view.platform[k];
    take_policies(world, k);
    state.ad_load = std::clamp(state.live.ads.load + state.load_climbed - state.load_cut, 0.0,
                               std::max(state.live.ads.load, PlatformState::highest_climb));
    set_shares(world, state, out);
    set_weights(s, state, times, out);
    set_joining(s, state.live, now, out);
    state.share_before = out.member_share;
  }
}

}  // namespace spillway
