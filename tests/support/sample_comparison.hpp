// A comparison of two worlds by formula: what an ensemble file holds, for tests of what reads it.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "model/recording.hpp"
#include "model/version.hpp"

namespace spillway {

class SampleComparison {
 public:
  Recording make() {
    describe();
    add_coordinates();
    add_series();
    add_events();
    return std::move(result_);
  }

 private:
  static constexpr std::size_t worlds = 2, replicates = 3, ticks = 120, platforms = 2, quantiles = 5;

  void add(std::string group, std::string name, std::vector<std::string> dims, std::string unit, std::string long_name, Values values) {
    result_.variables.push_back(
        {std::move(group), std::move(name), std::move(dims), std::move(unit), std::move(long_name), std::move(values), {}});
  }

  /// Grows faster in the second world; member i of n spreads around it.
  static double level(std::size_t world, double member, std::size_t tick, std::size_t platform) {
    const double t = static_cast<double>(tick) / static_cast<double>(ticks), pace = platform == 0 ? 3.0 : 5.0 + static_cast<double>(world);
    if (platform == 1 && tick < 20) return std::nan("");  // not launched yet
    return 5e8 * (1.0 - std::exp(-pace * t)) * (1.0 + 0.1 * (member - 0.5));
  }

  static std::vector<double> over(std::size_t members) {
    std::vector<double> values;
    for (std::size_t w = 0; w < worlds; ++w)
      for (std::size_t m = 0; m < members; ++m)
        for (std::size_t t = 0; t < ticks; ++t)
          for (std::size_t k = 0; k < platforms; ++k)
            values.push_back(level(w, static_cast<double>(m) / static_cast<double>(members - 1), t, k));
    return values;
  }

  void describe() {
    result_.attributes = {{"Conventions", "CF-1.10"},
                          {"title", "朋友圈 opens | It never does"},
                          {"kind", "comparison"},
                          {"schema_version", std::string(schema_version)},
                          {"program_version", std::string(program_version)},
                          {"model_version", std::to_string(model_version)},
                          {"status", "complete"}};
    result_.texts = {{"worlds/history/scenario_resolved", "title: 朋友圈 opens\n"},
                     {"worlds/no_moments/scenario_resolved", "title: It never does\n"}};
  }

  void add_coordinates() {
    std::vector<double> days;
    for (std::size_t t = 0; t < ticks; ++t) days.push_back(14.0 * static_cast<double>(t));
    add("", "world", {"world"}, "", "world", std::vector<std::string>{"history", "no_moments"});
    add("", "replicate", {"replicate"}, "1", "number of the replicate", std::vector<std::int32_t>{0, 1, 5});
    add("", "time", {"time"}, "days since 2009-08-14 00:00:00", "time", days);
    add("", "platform", {"platform"}, "", "platform", std::vector<std::string>{"weibo", "微信"});
    add("", "quantile", {"quantile"}, "1", "quantile over replicates", std::vector<double>{0.05, 0.25, 0.5, 0.75, 0.95});
  }

  void add_series() {
    add("", "monthly_active_users", {"world", "replicate", "time", "platform"}, "1", "monthly active users", over(replicates));
    add("bands", "monthly_active_users", {"world", "quantile", "time", "platform"}, "1", "monthly active users", over(quantiles));
    add("policy", "ad_load", {"world", "time", "platform"}, "1", "share of impressions that are ads",
        std::vector<double>(worlds * ticks * platforms, 0.1));
    add("", "world_title", {"world"}, "", "title of the scenario", std::vector<std::string>{"朋友圈 opens", "It never does"});
    add("", "digest", {"world", "replicate"}, "", "digest of the run", std::vector<std::string>{"a0", "a1", "a5", "b0", "b1", "b5"});
  }

  void add_events() {
    add("events", "event", {"event"}, "", "intervention",
        std::vector<std::string>{"history/moments", "history/weibo_bans_wechat", "no_moments/weibo_bans_wechat"});
    add("events", "of_world", {"event"}, "1", "index of the world that has the event", std::vector<std::int32_t>{0, 0, 1});
    add("events", "on", {"event"}, "days since 2009-08-14 00:00:00", "date of the event", std::vector<double>{980, 1500, 1500});
    add("events", "label", {"event"}, "", "what happened",
        std::vector<std::string>{"朋友圈 opens", "weibo bans wechat", "weibo bans wechat"});
  }

  Recording result_;
};

}  // namespace spillway
