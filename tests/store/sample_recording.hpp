// A recording with every kind of content that a run leaves: the subject of the store's tests and the readers' sample file.
#pragma once

#include <cmath>
#include <limits>

#include "base/date.hpp"
#include "model/recording.hpp"
#include "model/version.hpp"

namespace spillway {

/// Weekly values made by formula; users and ticks decide the size.
class SampleRecording {
 public:
  SampleRecording(std::size_t ticks, std::size_t users) : ticks_(ticks), users_(users) {}

  Recording make() {
    describe();
    add_coordinates();
    add_series();
    add_panel();
    add_events();
    result_.texts = {{"provenance/scenario_yaml", "title: 微博与微信\nseed: 20141128\n"},
                     {"provenance/scenario_resolved", std::string(200 * ticks_, 'x')},  // longer than an old-style attribute may be
                     {"provenance/build", ""}};
    result_.timing = {{"created", "2020-01-01T00:00:00Z"}, {"threads", "2"}};
    return std::move(result_);
  }

 private:
  static constexpr std::size_t platforms = 2;

  void add(std::string group, std::string name, std::vector<std::string> dims, std::string unit, std::string long_name, Values values,
           Attributes attributes = {}) {
    result_.variables.push_back({std::move(group), std::move(name), std::move(dims), std::move(unit), std::move(long_name),
                                 std::move(values), std::move(attributes)});
  }

  template <class Number>
  static std::vector<Number> series(std::size_t count, double scale) {
    std::vector<Number> values(count);
    for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<Number>(scale * (1.0 + std::sin(0.1 * static_cast<double>(i))));
    return values;
  }

  void describe() {
    result_.attributes = {{"Conventions", "CF-1.10"},
                          {"title", "微博 and WeChat, a sample"},
                          {"schema_version", std::string(schema_version)},
                          {"program_version", std::string(program_version)},
                          {"model_version", std::to_string(model_version)},
                          {"seed", "18446744073709551615"},
                          {"replicate", "0"},
                          {"status", "complete"},
                          {"stop_reason", ""}};
  }

  void add_coordinates() {
    std::vector<double> days(ticks_);
    for (std::size_t t = 0; t < ticks_; ++t) days[t] = 7.0 * static_cast<double>(t);
    add("", "time", {"time"}, "days since 2009-08-14 00:00:00", "time", days,
        {{"calendar", "standard"}, {"axis", "T"}, {"standard_name", "time"}});
    add("", "platform", {"platform"}, "", "platform", std::vector<std::string>{"weibo", "微信"});
    add("", "segment", {"segment"}, "", "segment of the population", std::vector<std::string>{"城市青年", "everyone else", ""});
    for (const char* end : {"from", "to"})
      add("", end, {end}, "", "platform or the outside", std::vector<std::string>{"weibo", "微信", "outside"});
  }

  void add_series() {
    auto active = series<double>(ticks_ * platforms, 2.5e8);
    if (!active.empty()) active[0] = std::numeric_limits<double>::quiet_NaN();  // not launched yet
    add("", "monthly_active_users", {"time", "platform"}, "1", "monthly active users", active, {{"cell_methods", "time: point"}});
    add("", "online_people", {"time"}, "1", "people online", series<double>(ticks_, 6e8));
    add("", "attention_flow", {"time", "from", "to"}, "min", "attention that moved", series<float>(ticks_ * 9, 12.0));
    add("", "joins", {"time", "platform"}, "1", "accounts opened", series<std::int32_t>(ticks_ * platforms, 1e9));
    add("", "max_contacts", {"platform"}, "1", "largest number of contacts", std::vector<std::uint16_t>{7, 65535});
    add("", "agents", {}, "1", "simulated agents", std::vector<std::int32_t>{1000000});
    add("segments", "attention_share", {"time", "platform", "segment"}, "1", "share of attention",
        series<float>(ticks_ * platforms * 3, 0.5));
    add("policy", "ad_load", {"time", "platform"}, "1", "share of impressions that are ads", series<double>(ticks_ * platforms, 0.1));
    std::vector<std::string> hashes;
    for (std::size_t i = 0; i < ticks_ * 2; ++i) hashes.push_back("hash" + std::to_string(i * i));
    add("", "column", {"column"}, "", "column of the state", std::vector<std::string>{"habit", "status"});
    add("", "state_hash", {"time", "column"}, "", "order-free hash of each column", hashes);
  }

  void add_panel() {
    const std::size_t cells = ticks_ * users_ * platforms;
    std::vector<std::int32_t> ids(users_);
    for (std::size_t i = 0; i < users_; ++i) ids[i] = static_cast<std::int32_t>(i * 17);
    add("panel", "user", {"user"}, "1", "number of the user", ids);
    auto status = series<std::uint8_t>(cells, 1.2);
    add("panel", "status", {"time", "user", "platform"}, "1", "account status", status,
        {{"flag_values", "0 1 2"}, {"flag_meanings", "none active dormant"}});
    add("panel", "habit", {"time", "user", "platform"}, "1", "strength of habit", series<float>(cells, 0.4));
  }

  void add_events() {
    add("events", "event", {"event"}, "", "intervention", std::vector<std::string>{"moments", "weibo_bans_wechat"});
    add("events", "on", {"event"}, "days since 2009-08-14 00:00:00", "date of the event", std::vector<double>{980, 1930});
    add("events", "label", {"event"}, "", "what happened", std::vector<std::string>{"朋友圈 opens", "Weibo bans WeChat links"});
  }

  std::size_t ticks_, users_;
  Recording result_;
};

inline Recording sample_recording(std::size_t ticks = 380, std::size_t users = 50) { return SampleRecording(ticks, users).make(); }

}  // namespace spillway
