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

/// Two platforms "stage" and "chat", 52 weekly ticks; `third`: also "video". Suppliers are fixed, nobody complains: see whole_market.
inline Scenario busy_market(std::uint32_t users, bool third = false) {
  Scenario s;
  s.title = "busy market";
  s.seed = 17;
  s.time = {day("2012-01-01"), day("2012-12-29"), 7.0};
  s.population.users = users;
  s.population.people.points = {{day("2012-01-01"), 5e8}, {day("2012-11-01"), 7e8}};
  s.suppliers.count = 200;
  s.suppliers.behaviour = SupplierBehaviour::fixed;
  s.voice.complaint_rate = 0.0;
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

/// The same with every mechanism on.
inline Scenario whole_market(std::uint32_t users, bool third = false) {
  Scenario s = busy_market(users, third);
  s.title = "whole market";
  s.suppliers.behaviour = SupplierBehaviour::adaptive;
  s.suppliers.media = {0.05, 2.0, 0.5, 0.1};
  s.suppliers.brand = {0.10, 1.0, 2.0, 0.0};
  s.suppliers.decisions.entry_rate = 0.05;
  s.suppliers.decisions.leave_rate = 0.05;
  s.suppliers.decisions.service_rate = 0.05;
  s.voice.complaint_rate = 0.1;
  s.social_currency.sharing = 0.05;
  Platform& stage = s.platforms[0].second;
  stage.listening = 0.3;
  stage.ads.response = 0.05;
  stage.sellers.verified_incentive = 0.5;
  stage.sellers.fee = 0.05;
  stage.reward = 0.1;
  stage.utility_shock = -0.1;
  Platform& chat = s.platforms[1].second;
  chat.listening = 0.7;
  chat.reward_rate = 0.02;
  chat.qr_codes = 0.0;
  chat.sellers.follower_value = 3.0;
  chat.ads = {.load = 0.02, .climb = 0.01};
  s.interventions.push_back(
      {"ban", {day("2012-08-02"), false, {}, {{"platforms.stage.ban.strictness", 0.8}, {"platforms.stage.ban.link", 0.5}}, {}}});
  s.interventions.push_back(
      {"services",
       {day("2012-04-04"), false, {}, {{"platforms.chat.sellers.service_accounts", 1.0}, {"platforms.chat.qr_codes", 1.0}}, {}}});
  s.interventions.push_back({"levy", {day("2012-09-05"), false, {}, {{"platforms.stage.sellers.take", 0.3}}, {}}});
  s.interventions.push_back({"less_commission", {day("2012-07-04"), true, day("2012-12-01"), {}, {{"marketplace.commission", 0.2}}}});
  s.interventions.push_back({"dead_links", {day("2012-07-04"), false, {}, {{"marketplace.link_openness.chat", 0.0}}, {}}});
  s.interventions.push_back({"contracts", {day("2012-10-03"), false, {}, {{"platforms.chat.sellers.exclusive_celebrities", 0.3}}, {}}});
  complete(s);
  return s;
}

}  // namespace spillway::testing
