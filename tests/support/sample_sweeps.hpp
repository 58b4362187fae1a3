// Sweeps that look like those of a study of Weibo and WeChat, of each kind of design: for charts and pages.
#pragma once

#include "analysis/design.hpp"
#include "base/date.hpp"
#include "support/made_sweep.hpp"

namespace spillway::testing {

inline double day(int year, unsigned month, unsigned of_month) { return make_date(year, month, of_month).days; }

/// The draws of the design; the base row of one_at_a_time is each factor's first value.
inline std::vector<MadeSweep::Point> points_of(const std::vector<Factor>& factors, const Design& design) {
  Study study;
  study.factors = factors, study.design = design;
  std::vector<double> base;
  for (const Factor& f : factors) base.push_back(f.distribution.values.empty() ? f.distribution.low : f.distribution.values[0]);
  const Matrix matrix = design_points(study, base);
  std::vector<MadeSweep::Point> points;
  for (std::size_t i = 0; i < matrix.rows(); ++i) points.emplace_back(matrix.row(i).begin(), matrix.row(i).end());
  return points;
}

/// Luck: the same for a replicate at all points but for a small part of it.
inline double luck(const MadeSweep::Point& point, std::size_t replicate) {
  double sum = static_cast<double>(replicate);
  for (std::size_t i = 0; i < point.size(); ++i) sum += point[i] * (1.7 + static_cast<double>(i));
  return std::sin(12.9898 * static_cast<double>(replicate + 1)) + 0.2 * std::sin(78.233 * sum);
}

inline std::vector<Factor> eight_factors() {
  Factor ban = number_factor("interventions.weibo_bans_wechat.on", {"interventions.weibo_bans_wechat.on"}, true,
                             "day from which the event acts", uniform(day(2012, 1, 1), day(2014, 12, 31)));
  ban.kind = FactorKind::date;
  return {
      number_factor("platforms.weibo.ads.load", {"platforms.weibo.ads.load"}, true, "share of impressions that are ads", uniform(0, 0.3),
                    Unit::share),
      ban,
      number_factor("ban_strictness",
                    {"interventions.weibo_bans_wechat.set.platforms.weibo.ban.strictness",
                     "interventions.weibo_bans_again.set.platforms.weibo.ban.strictness"},
                    true, "share of cross-promotion that a ban stops", uniform(0, 1), Unit::share),
      number_factor("platforms.wechat.broadcast_weight", {"platforms.wechat.broadcast_weight"}, true, "worth of broadcast content",
                    uniform(0, 0.5)),
      number_factor("marketplace.commission", {"marketplace.commission"}, true, "commission that suppliers get for traffic",
                    uniform(0.2, 0.8), Unit::share),
      number_factor("platforms.weibo.sellers.take", {"platforms.weibo.sellers.take"}, true, "share of sales that the platform takes",
                    uniform(0, 0.2), Unit::share),
      number_factor("habit.memory", {"habit.memory"}, false, "time over which habit forms", uniform(7, 60), Unit::days),
      number_factor("cross_promotion.drag_rate", {"cross_promotion.drag_rate"}, false, "pulls that a post exerts on a follower",
                    {DistributionKind::loguniform, 0.005, 0.05, 0, 0, {}}, Unit::per_day),
  };
}

/// WeChat's users at the end and Weibo's share of attention, out of eight factors scaled to [0, 1].
inline std::vector<MadeSweep::Result> market_outcomes(const std::vector<Factor>& factors, double noise) {
  const auto scaled = [factors](const MadeSweep::Point& p, std::size_t i) {
    const Distribution& d = factors[i].distribution;
    return (p[i] - d.low) / (d.high - d.low);
  };
  const auto users = [=](const MadeSweep::Point& p, std::size_t r) {
    const double load = scaled(p, 0), ban = scaled(p, 1), strict = scaled(p, 2), memory = scaled(p, 6), drag = scaled(p, 7);
    return 5.6e8 + 3.2e7 * load + 2.4e7 * ban * (1.2 - strict) + 0.9e7 * scaled(p, 3) + 1.4e7 * (memory - 0.5) * (drag - 0.5) -
           0.5e7 * scaled(p, 4) + noise * 1e6 * luck(p, r);
  };
  const auto share = [=](const MadeSweep::Point& p, std::size_t r) {
    return 0.24 - 0.11 * scaled(p, 6) * scaled(p, 6) - 0.03 * scaled(p, 0) + 0.01 * scaled(p, 2) + noise * 0.001 * luck(p, r);
  };
  return {{"monthly_active_users.wechat@end", "monthly_active_users.wechat@end", "1",
           "people who used the platform within 30 days, wechat, at the end", users},
          {"attention_share.weibo.mean", "attention_share.weibo.mean", "1",
           "mean share of the time budget over all people online, weibo, mean over time", share}};
}

inline MadeSweep sampled_market(DesignKind kind) {
  MadeSweep sweep;
  sweep.factors = eight_factors();
  sweep.design.kind = kind;
  sweep.design.samples = kind == DesignKind::saltelli ? 256 : 400;
  sweep.design.second_order = kind == DesignKind::saltelli;
  sweep.design.trajectories = kind == DesignKind::morris ? 30 : 0;
  sweep.points = points_of(sweep.factors, sweep.design);
  sweep.replicates = 3;
  sweep.outcomes = market_outcomes(sweep.factors, 1);
  sweep.failed = {{3, 1}, {17, 0}};
  return sweep;
}

/// Ad load by date of the ban, and a word; a difference that has both signs as second outcome.
inline MadeSweep gridded_market(DesignKind kind = DesignKind::grid, std::size_t loads = 7) {
  MadeSweep sweep;
  Factor load = number_factor("ad_load", {"interventions.weibo_feed_ads.set.platforms.weibo.ads.load"}, true,
                              "share of impressions that are ads", values({}), Unit::share);
  for (std::size_t i = 0; i < loads; ++i) load.distribution.values.push_back(0.3 * static_cast<double>(i) / static_cast<double>(loads - 1));
  Factor ban =
      number_factor("interventions.weibo_bans_wechat.on", {"interventions.weibo_bans_wechat.on"}, true, "day from which the event acts",
                    values({day(2012, 1, 1), day(2012, 7, 1), day(2013, 1, 1), day(2014, 1, 1), day(2014, 11, 26)}));
  ban.kind = FactorKind::date;
  Factor network = number_factor("network.kind", {"network.kind"}, false, "how contacts are drawn", values({0, 1}));
  network.kind = FactorKind::word, network.words = {"matchings", "complete"};
  sweep.factors = {load, ban, network};
  sweep.design.kind = kind;
  sweep.points = points_of(sweep.factors, sweep.design);
  sweep.replicates = 4;
  const auto users = [](const MadeSweep::Point& p, std::size_t r) {
    return 5.7e8 + 9e7 * p[0] + 1.2e4 * (p[1] - day(2012, 1, 1)) * (1 - p[0]) + 4e6 * p[2] + 1e6 * luck(p, r);
  };
  const auto gain = [](const MadeSweep::Point& p, std::size_t r) {
    return 3.1e8 * p[0] * (0.27 - p[0]) - 2.0e6 + 4e5 * luck(p, r) - 6e5 * p[2];
  };
  sweep.outcomes = {{"monthly_active_users.wechat@end", "monthly_active_users.wechat@end", "1",
                     "people who used the platform within 30 days, wechat, at the end", users},
                    {"weibo_gain", "ad_revenue.weibo.mean", "CNY", "advertising revenue, weibo, mean over time", gain}};
  sweep.failed = {{4, 0}, {4, 1}, {4, 2}, {4, 3}, {9, 2}};
  return sweep;
}

}  // namespace spillway::testing
