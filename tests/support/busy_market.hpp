// A market in which every mechanism moves within a year: short runs reach what history takes seven years for.
#pragma once

#include "support/scenarios.hpp"

namespace spillway::testing {

inline Platform busy_stage() {
  Platform p;
  p.launch = day("2012-01-01");
  p.initial_share = 0.2;
  p.intrinsic_utility = -2.0;
  p.conversation_weight = 0.15;
  p.friends_feed_weight = 0.2;
  p.broadcast_weight = 1.0;
  p.innovation_rate = 0.5;
  p.imitation_rate = 5.0;
  p.contact_import = 0.1;
  p.mirroring = 0.25;
  p.ads.load = 0.1;
  p.sellers.presence = 0.5;
  return p;
}

/// Opens inside a tick.
inline Platform busy_chat() {
  Platform p;
  p.launch = day("2012-03-07");
  p.initial_share = 0.1;
  p.intrinsic_utility = -2.5;
  p.conversation_weight = 1.0;
  p.broadcast_weight = 0.25;
  p.innovation_rate = 0.3;
  p.imitation_rate = 8.0;
  p.contact_import = 0.8;
  p.sellers = {.presence = 0.3, .effort = 0.7};
  return p;
}

inline Platform busy_video() {
  Platform p;
  p.launch = day("2012-02-10");
  p.intrinsic_utility = -1.5;
  p.conversation_weight = 0.4;
  p.broadcast_weight = 0.6;
  p.innovation_rate = 0.8;
  p.imitation_rate = 4.0;
  p.ads.load = 0.2;
  p.sellers = {.presence = 0.6, .effort = 1.3};
  return p;
}

/// Two platforms "stage" and "chat", 52 weekly ticks; `third`: also "video".
inline Scenario busy_market(std::uint32_t users, bool third = false) {
  Scenario s;
  s.title = "busy market";
  s.seed = 17;
  s.time = {day("2012-01-01"), day("2012-12-29"), 7.0};
  s.population.users = users;
  s.population.people.points = {{day("2012-01-01"), 5e8}, {day("2012-11-01"), 7e8}};
  s.suppliers.count = 200;
  s.suppliers.behaviour = SupplierBehaviour::fixed;
  s.adoption.return_factor = 0.5;
  s.cross_promotion.drag_rate = 0.2;
  s.exit.baseline_churn = 0.4;
  s.exit.disuse_churn = 6.0;
  s.exit.threshold_delay = 20.0;
  s.exit.threshold_high = 0.9;
  s.exit.grace = 10.0;
  s.platforms = {{"stage", busy_stage()}, {"chat", busy_chat()}};
  if (third) s.platforms.emplace_back("video", busy_video());
  s.interventions = {
      {"more_ads", {day("2012-04-18"), false, {}, {{"platforms.stage.ads.load", 0.3}}, {}}},
      {"moments",
       {day("2012-05-02"),
        true,
        day("2012-08-02"),
        {},
        {{"platforms.chat.friends_feed_weight", 1.0}, {"platforms.chat.sellers.presence", 0.6}}}},
      {"comments_off", {day("2012-06-05"), true, day("2012-06-25"), {{"platforms.stage.conversation_weight", 0.0}}, {}}},
  };
  complete(s);
  return s;
}

}  // namespace spillway::testing
