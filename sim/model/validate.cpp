#include "model/validate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

#include "base/suggest.hpp"
#include "model/policy.hpp"

namespace spillway {

double tick_days(const Time& time) { return time.step / std::ceil(time.step / 7.0); }

std::uint32_t tick_count(const Time& time) {
  return static_cast<std::uint32_t>((time.end.days - time.start.days) / tick_days(time) + 1e-9) + 1;
}

std::uint32_t ticks_per_row(const Scenario& s) {
  return static_cast<std::uint32_t>(std::max(1L, std::lround(s.record.every / tick_days(s.time))));
}

std::uint32_t recorded_rows(const Scenario& s) { return (tick_count(s.time) + ticks_per_row(s) - 1) / ticks_per_row(s); }

void complete(Scenario& scenario) {
  Population& people = scenario.population;
  for (Segment& segment : people.segments) {
    if (std::isnan(segment.conversation_taste)) segment.conversation_taste = people.conversation_taste;
    if (std::isnan(segment.time_budget)) segment.time_budget = people.time_budget;
    if (std::isnan(segment.ad_sensitivity)) segment.ad_sensitivity = people.ad_sensitivity;
  }
  Marketplace& marketplace = scenario.marketplace;
  for (Named<double>* values : {&marketplace.commission_multiplier, &marketplace.link_openness}) {
    Named<double> all;
    for (const auto& [name, platform] : scenario.platforms) {
      const auto named = std::find_if(values->begin(), values->end(), [&name = name](const auto& v) { return v.first == name; });
      all.emplace_back(name, named == values->end() ? 1.0 : named->second);
    }
    *values = std::move(all);
  }
  if (scenario.record.every == 0.0) scenario.record.every = scenario.time.step;
}

namespace {
/// As people write it: 1.2, not 1.200000.
std::string short_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

using Problems = std::vector<Problem>;

void check_time(const Scenario& s, Problems& problems) {
  if (s.time.end < s.time.start) problems.push_back({"time.end", "ends before the start, " + to_text(s.time.start)});
  const double ticks = s.record.every / tick_days(s.time);
  if (std::abs(ticks - std::round(ticks)) > 1e-9 || ticks < 0.5)
    problems.push_back({"record.every", "is not a multiple of the tick; make it a multiple of time.step"});
  for (std::size_t i = 0; i < s.record.snapshots.size(); ++i)
    if (s.record.snapshots[i] < s.time.start || s.record.snapshots[i] > s.time.end)
      problems.push_back({"record.snapshots." + std::to_string(i), to_text(s.record.snapshots[i]) + " lies outside the simulated time"});
}

void check_dates(const std::string& key, const DataSeries& series, Problems& problems) {
  const auto& points = series.points;
  if (points.empty()) problems.push_back({key, "has no points; give a number or a series with at least one date and value"});
  for (std::size_t i = 1; i < points.size(); ++i)
    if (!(points[i - 1].first < points[i].first))
      problems.push_back({key, "dates must rise; " + to_text(points[i].first) + " does not come after " + to_text(points[i - 1].first)});
}

void check_population(const Scenario& s, Problems& problems) {
  const Population& p = s.population;
  check_dates("population.people", p.people, problems);
  check_dates("population.phones", p.phones, problems);
  for (const auto& [date, value] : p.phones.points)
    if (!(value >= 0 && value <= 1)) problems.push_back({"population.phones", "is no share of 1 on " + to_text(date)});
  for (std::size_t i = 1; i < p.people.points.size(); ++i) {
    if (p.people.points[i].second < p.people.points[i - 1].second)
      problems.push_back({"population.people",
                          "falls on " + to_text(p.people.points[i].first) + "; people come online and stay, so the series must not fall"});
  }
  for (const auto& [date, value] : p.people.points)
    if (!(value > 0)) problems.push_back({"population.people", "is not above 0 on " + to_text(date)});
  double shares = 0.0;
  std::set<std::string> names;
  for (const Segment& segment : p.segments) {
    shares += segment.share;
    if (!names.insert(segment.name).second) problems.push_back({"population.segments", "two segments are called '" + segment.name + "'"});
  }
  if (!p.segments.empty() && std::abs(shares - 1.0) > 1e-6)
    problems.push_back(
        {"population.segments", "shares sum to " + short_number(shares) + "; they must sum to 1, since everybody is in one segment"});
  if (p.segments.size() > 16) problems.push_back({"population.segments", "at most 16 segments"});
}

void check_agents(const Scenario& s, Problems& problems) {
  if (s.contacts.kind == ContactsKind::file && s.contacts.path.empty())
    problems.push_back({"contacts.path", "is needed with kind: file (an edge list or an HDF5 graph)"});
  if (s.contacts.kind != ContactsKind::file && !s.contacts.path.empty())
    problems.push_back({"contacts.path", "only works with kind: file; remove it or change the kind"});
  if (s.suppliers.slot_group != 1 && s.suppliers.slot_group != 16) problems.push_back({"suppliers.slot_group", "must be 16 or 1"});
  const Suppliers& suppliers = s.suppliers;
  const double shares = suppliers.celebrity.share + suppliers.media.share + suppliers.brand.share;
  if (shares > 1.0 + 1e-9)
    problems.push_back({"suppliers", "celebrity.share " + short_number(suppliers.celebrity.share) + ", media.share " +
                                         short_number(suppliers.media.share) + " and brand.share " + short_number(suppliers.brand.share) +
                                         " sum to " + short_number(shares) + ", which is more than all suppliers (1); make them smaller"});
  const Channels& channels = s.cross_promotion.channels;
  const double weights = channels.link + channels.text + channels.online_qr + channels.offline_qr;
  if (weights > 1.0 + 1e-9)
    problems.push_back({"cross_promotion.channels", "link " + short_number(channels.link) + ", text " + short_number(channels.text) +
                                                        ", online_qr " + short_number(channels.online_qr) + " and offline_qr " +
                                                        short_number(channels.offline_qr) + " sum to " + short_number(weights) +
                                                        ", but they divide one promotion; make them sum to 1 or less"});
  if (s.exit.threshold_low > s.exit.threshold_high)
    problems.push_back({"exit.threshold_low", "is above exit.threshold_high, " + short_number(s.exit.threshold_high)});
}

void check_platforms(const Scenario& s, Problems& problems) {
  if (s.platforms.empty()) problems.push_back({"platforms", "is empty; name at least one platform"});
  if (s.platforms.size() > max_platforms)
    problems.push_back(
        {"platforms", std::to_string(s.platforms.size()) + " platforms; at most " + std::to_string(max_platforms) + " are supported"});
  double initial = 0.0;
  for (const auto& [name, platform] : s.platforms) initial += platform.initial_share;
  if (s.adoption.homing == Homing::single && initial > 1.0 + 1e-9)
    problems.push_back({"adoption.homing", "single: the platforms' initial_share sum to " + short_number(initial) +
                                               "; nobody can be on two, so make them sum to 1 or less"});
  for (const auto& [name, platform] : s.platforms) {
    bool good = !name.empty() && name.size() <= 40;
    for (const char c : name) good = good && c != '.' && c != '/' && c != '=' && static_cast<unsigned char>(c) > ' ';
    if (!good || name == "outside")
      problems.push_back(
          {"platforms." + name, "is no good name: use 1 to 40 characters without blanks, '.', '/' and '=', and not 'outside'"});
    for (const std::string& rival : platform.ban.against) {
      const bool known = std::any_of(s.platforms.begin(), s.platforms.end(), [&](const auto& p) { return p.first == rival; });
      if (!known || rival == name)
        problems.push_back({"platforms." + name + ".ban.against", "'" + rival + "' is not another platform of this scenario"});
    }
  }
}

void check_changes(const Scenario& s, const std::string& at, const std::vector<Change>& changes, Problems& problems) {
  std::set<std::string> seen;
  for (const Change& change : changes) {
    const PolicyLookup found = find_policy(s, change.path);
    if (!found.error.empty()) {
      problems.push_back({at + "." + change.path, found.error});
      continue;
    }
    if (!seen.insert(change.path).second) problems.push_back({at + "." + change.path, "is given twice"});
    const PolicyRow& row = policy_rows()[found.ref.policy];
    const bool open_below = has(row.flags, FieldFlag::positive);
    const bool above = open_below ? change.value > row.range.low : change.value >= row.range.low;
    if (!(above && change.value <= row.range.high)) {
      char text[160];
      std::snprintf(text, sizeof text, "%g is outside %c%g, %g] (%s)", change.value, open_below ? '(' : '[', row.range.low, row.range.high,
                    row.meaning.c_str());
      problems.push_back({at + "." + change.path, text});
    }
  }
}

/// Who moves another scenario's event and misspells it has made a new one without a change.
std::string way_out(const Scenario& s, const std::string& name) {
  std::vector<std::string> others;
  for (const auto& entry : s.interventions)
    if (entry.first != name) others.push_back(entry.first);
  const std::string near = nearest(name, others);
  return near.empty() ? "add set: {path: value} or ramp: {path: value}"
                      : "did you mean '" + near + "'? A new one needs set: {path: value} or ramp: {path: value}";
}

void check_interventions(const Scenario& s, Problems& problems) {
  for (const auto& [name, change] : s.interventions) {
    const std::string at = "interventions." + name;
    if (change.set.empty() && change.ramp.empty()) problems.push_back({at, "changes nothing; " + way_out(s, name)});
    if (!change.ramp.empty() && !change.has_until) problems.push_back({at + ".ramp", "needs an end: add until: DATE"});
    if (change.has_until && !(change.on < change.until)) problems.push_back({at + ".until", "must come after on, " + to_text(change.on)});
    check_changes(s, at + ".set", change.set, problems);
    check_changes(s, at + ".ramp", change.ramp, problems);
  }
}
}  // namespace

std::vector<Problem> find_problems(const Scenario& scenario) {
  Problems problems;
  check_time(scenario, problems);
  check_population(scenario, problems);
  check_agents(scenario, problems);
  check_platforms(scenario, problems);
  check_interventions(scenario, problems);
  return problems;
}

}  // namespace spillway
