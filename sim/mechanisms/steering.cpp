// S8: how strongly suppliers push their followers from one platform to another, and how much of it a ban lets through.
#include <algorithm>

#include "base/math.hpp"
#include "mechanisms/phases.hpp"
#include "mechanisms/supplier_money.hpp"

namespace spillway {

namespace {
/// Weights of the channels from one platform to another: those that exist, and of these what the ban there stops.
struct Passage {
  double open = 0.0, stopped = 0.0;
};

bool bans(const Scenario& s, std::size_t from, std::size_t to) {
  const std::vector<std::string>& against = s.platforms[from].second.ban.against;
  return against.empty() || std::find(against.begin(), against.end(), s.platforms[to].first) != against.end();
}

// QR codes count from the day on which accounts at the destination have them. No ban reaches the ones on shop walls.
Passage passage(const World& world, std::size_t from, std::size_t to) {
  const Channels& weight = world.scenario.cross_promotion.channels;
  const PlatformBan& ban = world.platforms[from].live.ban;
  const double codes = world.platforms[to].live.qr_codes;
  const double force = bans(world.scenario, from, to) ? ban.strictness * ban.enforcement : 0.0;
  Passage p;
  p.open = weight.link + weight.text + codes * (weight.online_qr + weight.offline_qr);
  p.stopped = force * (weight.link * ban.link + weight.text * ban.text + codes * weight.online_qr * ban.online_qr);
  return p;
}

// 0 where nobody decides by it.
void value_followers(World& world) {
  for (std::size_t k = 0; k < world.platforms.size(); ++k)
    world.platforms[k].follower_worth =
        suppliers_decide(world.scenario) ? world.platforms[k].attention * mean_supplier_value(world, k) : 0.0;
}

// Share of posts that promote accounts on `to`. Adaptive suppliers push where a follower is worth more; others at the ceiling.
double wanted_push(const World& world, std::size_t from, std::size_t to) {
  const CrossPromotion& c = world.scenario.cross_promotion;
  if (!suppliers_decide(world.scenario)) return c.push_ceiling;
  const double here = world.platforms[from].follower_worth, there = world.platforms[to].follower_worth;
  if (here <= 0.0 && there <= 0.0) return 0.5 * c.push_ceiling;
  const double a = pow_d(there, c.push_steepness), b = pow_d(here, c.push_steepness);
  return c.push_ceiling * a / (a + b);
}

// What people resent of a platform besides its ads: that it stops cross-promotion, and what befell it from outside.
double displeasure(const World& world, std::size_t k, double banned, double pushed) {
  const double shock = std::max(0.0, -world.platforms[k].live.utility_shock);
  return world.scenario.voice.ban_irritation * banned * pushed + shock;
}
}  // namespace

// Pushes to several destinations share the ceiling where together they exceed it. The threat of punishment deters some.
void push_across(World& world) {
  const CrossPromotion& c = world.scenario.cross_promotion;
  const std::size_t platforms = world.platforms.size();
  value_followers(world);
  for (std::size_t from = 0; from < platforms; ++from) {
    PlatformTick& here = world.view.platform[from];
    double push[max_platforms] = {}, all = 0.0, banned = 0.0, pushed = 0.0, destinations = 0.0;
    const auto open = [&](std::size_t to) { return to != from && here.live && world.view.platform[to].live; };
    for (std::size_t to = 0; to < platforms; ++to)
      if (open(to)) all += push[to] = wanted_push(world, from, to);
    const double share = all > c.push_ceiling ? c.push_ceiling / all : 1.0;
    for (std::size_t to = 0; to < platforms; ++to) {
      const PlatformTick& there = world.view.platform[to];
      const Passage way = open(to) ? passage(world, from, to) : Passage{};
      push[to] *= share * (1.0 - c.deterrence * way.stopped);
      here.push_to[to] = static_cast<float>(c.drag_rate * push[to] * world.view.now.dt * static_cast<double>(there.exposure));
      here.open_to[to] = static_cast<float>(way.open);
      here.pass_to[to] = static_cast<float>(way.open - way.stopped);
      here.drag_to[to] = here.push_to[to] * here.pass_to[to];
      world.platforms[from].push[to] = push[to];
      if (!open(to)) continue;
      banned += way.stopped;
      pushed += push[to];
      destinations += 1.0;
    }
    const double per = destinations > 0.0 ? 1.0 / destinations : 0.0;
    here.displeasure = static_cast<float>(displeasure(world, from, banned * per, pushed * per));
  }
}

}  // namespace spillway
