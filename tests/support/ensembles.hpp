// Small runs with values made by hand, as a run would leave them: for tests of ensembles, comparisons and charts.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "model/recording.hpp"
#include "model/version.hpp"

namespace spillway::testing {

/// A run with monthly_active_users (time, platform), joins (time, platform, join_cause), account_flow (time, from, to), ad_load
/// (time, platform) as a policy, and events.
struct MadeRun {
  std::string title = "As it was";
  int replicate = 0;
  std::string start = "2010-01-01";
  std::vector<double> days{0, 7, 14};
  std::vector<std::string> platforms{"weibo", "wechat"};
  std::function<double(std::size_t time, std::size_t platform)> users = [](std::size_t t, std::size_t k) {
    return 100.0 * static_cast<double>(k + 1) + static_cast<double>(t);
  };
  std::vector<std::pair<std::string, double>> events{{"ban", 7.0}};
  std::string resolved = "title: As it was\n";

  Recording make() const {
    Recording r;
    r.attributes = {{"Conventions", "CF-1.10"},
                    {"title", title},
                    {"summary", "What " + title + " says."},
                    {"caveat", ""},
                    {"id", "0123"},
                    {"schema_version", std::string(schema_version)},
                    {"program_version", std::string(program_version)},
                    {"model_version", std::to_string(model_version)},
                    {"git_commit", "abc"},
                    {"seed", "7"},
                    {"replicate", std::to_string(replicate)},
                    {"agents", "1000"},
                    {"people_per_agent", "10"},
                    {"status", "complete"},
                    {"stop_reason", ""}};
    add_axes(r);
    add_series(r);
    add_events(r);
    r.texts = {{"provenance/scenario_yaml", "extends: x.yaml\n"}, {"provenance/scenario_resolved", resolved}};
    r.timing = {{"created", "2020-01-01T00:00:00Z"}, {"scenario_file", "scenarios/made.yaml"}};
    return r;
  }

 private:
  static void add(Recording& r, std::string group, std::string name, std::vector<std::string> dims, std::string unit, Values values,
                  std::string cell_methods = {}) {
    Attributes attributes;
    if (!cell_methods.empty()) attributes = {{"cell_methods", cell_methods}};
    r.variables.push_back({std::move(group), name, std::move(dims), std::move(unit), name, std::move(values), attributes});
  }
  std::string since() const { return "days since " + start + " 00:00:00"; }

  void add_axes(Recording& r) const {
    add(r, "", "time", {"time"}, since(), days);
    add(r, "", "platform", {"platform"}, "", platforms);
    add(r, "", "join_cause", {"join_cause"}, "", std::vector<std::string>{"spontaneous", "peer", "drag"});
    std::vector<std::string> places{"outside"};
    places.insert(places.end(), platforms.begin(), platforms.end());
    for (const char* end : {"from", "to"}) add(r, "", end, {end}, "", places);
    add(r, "", "column", {"column"}, "", std::vector<std::string>{"habit"});
  }

  void add_series(Recording& r) const {
    std::vector<double> active, joins, flow, load;
    for (std::size_t t = 0; t < days.size(); ++t) {
      for (std::size_t k = 0; k < platforms.size(); ++k) {
        active.push_back(users(t, k));
        load.push_back(0.1 * static_cast<double>(k));
        for (int cause = 1; cause <= 3; ++cause) joins.push_back(static_cast<double>(10 * (k + 1) * static_cast<std::size_t>(cause)));
      }
      for (std::size_t cell = 0; cell < (platforms.size() + 1) * (platforms.size() + 1); ++cell) flow.push_back(static_cast<double>(cell));
    }
    add(r, "", "monthly_active_users", {"time", "platform"}, "1", active, "time: point");
    add(r, "", "joins", {"time", "platform", "join_cause"}, "1", joins, "time: sum");
    add(r, "", "account_flow", {"time", "from", "to"}, "1", flow, "time: sum");
    add(r, "", "state_hash", {"time", "column"}, "", std::vector<std::string>(days.size(), "f00d"));
    add(r, "policy", "ads_load", {"time", "platform"}, "1", load, "time: mean");
  }

  void add_events(Recording& r) const {
    if (events.empty()) return;
    std::vector<std::string> names;
    std::vector<double> on;
    for (const auto& [name, day] : events) {
      names.push_back(name);
      on.push_back(day);
    }
    add(r, "events", "event", {"event"}, "", names);
    add(r, "events", "on", {"event"}, since(), on);
    add(r, "events", "label", {"event"}, "", names);
  }
};

}  // namespace spillway::testing
