// The recorder's other half: what was collected, as named arrays with units.
#include <algorithm>
#include <cstdio>

#include "observe/recorder.hpp"

namespace spillway {

namespace {
struct Maker {
  const World& world;
  Recording recording;

  void add(std::string group, std::string name, std::vector<std::string> dims, std::string_view unit, std::string_view long_name,
           Values values, Attributes attributes = {}) {
    recording.variables.push_back({std::move(group), std::move(name), std::move(dims), std::string(unit), std::string(long_name),
                                   std::move(values), std::move(attributes)});
  }
  std::string since() const { return "days since " + to_text(world.scenario.time.start) + " 00:00:00"; }
};

std::vector<std::string> names(std::span<const std::string_view> words) { return {words.begin(), words.end()}; }

void add_coordinates(Maker& maker, const std::vector<double>& time) {
  const Scenario& s = maker.world.scenario;
  maker.add("", "time", {"time"}, maker.since(), "start of the recording interval", time,
            {{"calendar", "standard"}, {"axis", "T"}, {"standard_name", "time"}});
  std::vector<std::string> platforms, places{"outside"};
  for (const auto& [name, platform] : s.platforms) {
    platforms.push_back(name);
    places.push_back(name);
  }
  maker.add("", "platform", {"platform"}, "", "platform", platforms);
  for (const Shape shape : shapes_with_axis) {
    const Axis axis = second_axis(shape);
    const auto uses = [&](const Observable& row) { return row.shape == shape && row.needed(s); };
    if (std::any_of(observable_table().begin(), observable_table().end(), uses))
      maker.add("", std::string(axis.name), {std::string(axis.name)}, "", axis.meaning, names(axis.labels));
  }
  maker.add("", "from", {"from"}, "", "where a flow starts", places);
  maker.add("", "to", {"to"}, "", "where a flow ends", places);
  std::vector<std::string> columns;
  for (const ColumnData& column : maker.world.columns)
    columns.push_back(std::string(row_of(column.column).name) +
                      (column.platform < 0 ? "" : "." + s.platforms[static_cast<std::size_t>(column.platform)].first));
  maker.add("", "column", {"column"}, "", "column of the users' state", columns);
  if (s.population.segments.empty()) return;
  std::vector<std::string> segments;
  for (const Segment& segment : s.population.segments) segments.push_back(segment.name);
  maker.add("", "segment", {"segment"}, "", "segment of the population", segments);
}

std::vector<std::string> dims_of(Shape shape, bool segments) {
  std::vector<std::string> dims{"time"};
  if (shape == Shape::flow) return {"time", "from", "to"};
  if (shape != Shape::scalar) dims.emplace_back("platform");
  if (segments) dims.emplace_back("segment");
  if (const Axis axis = second_axis(shape); !axis.labels.empty()) dims.emplace_back(axis.name);
  return dims;
}

void add_policies(Maker& maker, const std::vector<std::vector<double>>& values) {
  for (std::size_t p = 0; p < values.size(); ++p) {
    std::string name = policy_rows()[p].name;
    std::replace(name.begin(), name.end(), '.', '_');
    std::vector<std::string> dims{"time", "platform"};
    if (policy_rows()[p].scope == PolicyScope::marketplace) dims.pop_back();
    maker.add("policy", name, dims, to_text(policy_rows()[p].unit), policy_rows()[p].meaning, values[p], {{"cell_methods", "time: mean"}});
  }
}

void add_events(Maker& maker) {
  const Scenario& s = maker.world.scenario;
  std::vector<std::string> events, labels;
  std::vector<double> on;
  for (const auto& [name, change] : s.interventions) {
    events.push_back(name);
    std::string label = name;
    std::replace(label.begin(), label.end(), '_', ' ');
    labels.push_back(label);
    on.push_back(change.on.days - s.time.start.days);
  }
  if (events.empty()) return;
  maker.add("events", "event", {"event"}, "", "interventions of the scenario", events);
  maker.add("events", "on", {"event"}, maker.since(), "first day", on, {{"calendar", "standard"}});
  maker.add("events", "label", {"event"}, "", "name in words", labels);
}

void add_panel(Maker& maker, const PanelUsers& panel, PanelRows rows) {
  if (panel.ids.empty()) return;
  maker.add("panel", "user", {"user"}, "1", "user id", std::vector<double>(panel.ids.begin(), panel.ids.end()));
  const auto lane = [&](std::string_view name, std::string_view unit, std::string_view meaning, Values values,
                        const Attributes& attributes = {}, bool by_platform = true) {
    std::vector<std::string> dims{"time", "user"};
    if (by_platform) dims.emplace_back("platform");
    maker.add("panel", std::string(name), std::move(dims), unit, meaning, std::move(values), attributes);
  };
  lane("status", "1", "membership at tick start", std::move(rows.status),
       {{"flag_values", "0 1 2"}, {"flag_meanings", "never active lapsed"}});
  lane("attention_share", "1", "share of the time budget", std::move(rows.attention_share));
  lane("outside_share", "1", "share of the time budget spent elsewhere", std::move(rows.outside_share), {}, false);
  lane("habit", "1", "habit at the end of the tick", std::move(rows.habit));
  lane("irritation", "1", "irritation at the end of the tick, in utils", std::move(rows.irritation));
  lane("reach", "1", "share of contacts that can be reached", std::move(rows.reach));
  lane("utility", "1", "utility of time on the platform without habit, in utils", std::move(rows.utility));
}

void add_snapshots(Maker& maker, const std::vector<double>& times, std::vector<Values> fields) {
  if (times.empty()) return;
  maker.add("snapshots", "snapshot", {"snapshot"}, maker.since(), "date of the snapshot", times, {{"calendar", "standard"}});
  std::vector<double> ids(maker.world.view.users);
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = static_cast<double>(i);
  maker.add("snapshots", "user", {"user"}, "1", "user id", std::move(ids));
  for (const UserFieldRow& row : user_field_table) {
    Values& values = fields[static_cast<std::size_t>(row.field)];
    if (length(values) == 0) continue;
    std::vector<std::string> dims{"snapshot", "platform", "user"};
    if (!row.per_platform) dims.erase(dims.begin() + 1);
    char scale[32];
    std::snprintf(scale, sizeof scale, "%.9g", row.scale > 0.0 ? row.scale : static_cast<double>(maker.world.view.recency_unit));
    const bool scaled =
        row.scale != 1.0 && !(row_of(row.column).storage == Storage::stock && std::holds_alternative<std::vector<float>>(values));
    maker.add("snapshots", std::string(row.name), dims, "1", row.meaning, std::move(values),
              scaled ? Attributes{{"stored_unit", scale}} : Attributes{});
  }
}
}  // namespace

// A copy, so that an unfinished interval can be closed for the file and go on here.
Recording Recorder::recording(const World& world) const& { return Recorder(*this).recording(world); }

Recording Recorder::recording(const World& world) && {
  finish_row(world);
  Maker maker{world, {}};
  add_coordinates(maker, time_);
  for (Series& series : series_) {
    const Observable& row = *series.row;
    const Attributes attributes{{"cell_methods", std::string(row.cell_methods)}};
    maker.add("", std::string(row.name), dims_of(row.shape, false), row.unit, row.long_name, std::move(series.values), attributes);
    if (!series.by_segment.empty())
      maker.add("segments", std::string(row.name), dims_of(row.shape, true), row.unit, row.long_name, std::move(series.by_segment),
                attributes);
  }
  maker.add("", "state_hash", {"time", "column"}, "", "hash of each column at the interval's start, chained over time", std::move(hashes_));
  add_policies(maker, policies_);
  add_events(maker);
  add_panel(maker, panel_, std::move(panel_rows_));
  for (Variable& variable : suppliers_.variables(world)) maker.recording.variables.push_back(std::move(variable));
  add_snapshots(maker, snapshot_times_, std::move(snapshots_));
  return std::move(maker.recording);
}

}  // namespace spillway
