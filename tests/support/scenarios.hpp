// Small scenarios for tests, built in C++ so that engine tests need no YAML.
#pragma once

#include <string>

#include "model/scenario.hpp"
#include "model/validate.hpp"

namespace spillway::testing {

inline Date day(const char* text) { return *parse_date(text); }

/// The historical market in small: two platforms, all default mechanisms, growing population.
inline Scenario small_history(std::uint32_t users = 20'000) {
  Scenario s;
  s.title = "small history";
  s.seed = 20141128;
  s.population.users = users;
  s.suppliers.behaviour = SupplierBehaviour::fixed;
  s.voice.complaint_rate = 0.0;
  s.population.people.points = {
      {day("2009-12-31"), 384e6}, {day("2011-12-31"), 513e6}, {day("2013-12-31"), 618e6}, {day("2016-12-31"), 731e6}};
  Platform weibo;
  weibo.launch = day("2009-08-14");
  weibo.conversation_weight = 0.15;
  weibo.friends_feed_weight = 0.2;
  weibo.broadcast_weight = 1.0;
  weibo.contact_import = 0.1;
  weibo.sellers.presence = 0.3;
  Platform wechat;
  wechat.launch = day("2011-01-21");
  wechat.intrinsic_utility = -3.6;
  wechat.contact_import = 0.8;
  s.platforms = {{"weibo", weibo}, {"wechat", wechat}};
  s.interventions = {
      {"feed_ads", {day("2013-01-17"), false, {}, {{"platforms.weibo.ads.load", 0.10}}, {}}},
      {"moments", {day("2012-04-19"), false, {}, {{"platforms.wechat.friends_feed_weight", 1.0}}, {}}},
      {"official_accounts",
       {day("2012-08-17"),
        true,
        day("2014-08-17"),
        {},
        {{"platforms.wechat.sellers.presence", 0.3}, {"platforms.wechat.broadcast_weight", 0.25}}}},
  };
  complete(s);
  return s;
}

/// Joining alone, as Bass has it: one platform open from the first day, everybody meets everybody, nobody leaves. Rates per year.
inline Scenario bass(std::uint32_t users, double innovation_rate, double imitation_rate) {
  Scenario s;
  s.title = "Bass diffusion";
  s.seed = 19690101;
  s.population.users = users;
  s.population.contact_list_share = 0.0;
  s.contacts.kind = ContactsKind::mixing;
  s.suppliers.per_user = 0.0;
  s.adoption.utility_gate = 0.0;
  s.adoption.recency_weight = 0.0;
  s.habit.strength = 0.0;
  s.habit.friends_feed_strength = 0.0;
  s.exit.baseline_churn = 0.0;
  s.exit.disuse_churn = 0.0;
  s.exit.threshold_delay = never;
  Platform platform;
  platform.launch = s.time.start;
  platform.innovation_rate = innovation_rate;
  platform.imitation_rate = imitation_rate;
  platform.launch_pulse = 0.0;
  platform.session_dispersion = never;  // only to be quicker
  s.platforms = {{"platform", platform}};
  complete(s);
  return s;
}

}  // namespace spillway::testing
