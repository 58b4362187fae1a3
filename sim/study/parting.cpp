#include "study/parting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "input/load.hpp"
#include "mechanisms/phases.hpp"
#include "model/ensemble_view.hpp"
#include "model/policy.hpp"
#include "model/validate.hpp"

namespace spillway {

namespace {
constexpr std::size_t most_names = 6;  // chosen: what a line holds

std::size_t rows_of(const Recording& run) { return length(run.at("time").values); }

/// "habit.weibo, follows.weibo and 3 more"
std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most_names); ++i) text += (i > 0 ? ", " : "") + names[i];
  return names.size() > most_names ? text + fmt::format(" and {} more", names.size() - most_names) : text;
}

/// Values of a row of a variable over time, however many dimensions follow.
std::size_t row_size(const Variable& v, std::size_t rows) { return rows == 0 ? 0 : length(v.values) / rows; }

struct Pair {
  const Recording& a;
  const Recording& b;
  std::size_t rows;  ///< that both have
};

/// Columns whose hash differs in a row. A platform that only one of them has is no difference until it opens.
std::vector<std::string> columns_that_differ(const Pair& runs, std::size_t row) {
  const std::vector<std::string> left = labels(runs.a, "column"), right = labels(runs.b, "column");
  const auto& hashes_a = std::get<std::vector<std::string>>(runs.a.at("state_hash").values);
  const auto& hashes_b = std::get<std::vector<std::string>>(runs.b.at("state_hash").values);
  std::vector<std::string> found;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const auto j = static_cast<std::size_t>(std::find(right.begin(), right.end(), left[i]) - right.begin());
    if (j < right.size() && hashes_a[row * left.size() + i] != hashes_b[row * right.size() + j]) found.push_back(left[i]);
  }
  return found;
}

/// Whether two series of the same name differ in a row, on platforms that both have.
bool differs(const Variable& x, const Variable& y, const Pair& runs, std::size_t row) {
  const std::size_t wide_x = row_size(x, rows_of(runs.a)), wide_y = row_size(y, rows_of(runs.b));
  if (wide_x != wide_y) return false;  // other platforms: told by the state
  for (std::size_t i = 0; i < wide_x; ++i) {
    const double a = value_at(x, row * wide_x + i), b = value_at(y, row * wide_y + i);
    if (a != b && !(std::isnan(a) && std::isnan(b))) return true;
  }
  return false;
}

std::vector<std::string> series_that_differ(const Pair& runs, std::size_t row) {
  std::vector<std::string> found;
  for (const Variable& x : runs.a.variables) {
    if (!x.group.empty() || x.dims.size() < 1 || x.dims[0] != "time" || x.name == "time" || x.name == "state_hash") continue;
    const Variable* y = runs.b.find(x.path());
    if (y != nullptr && differs(x, *y, runs, row)) found.push_back(x.name);
  }
  return found;
}

/// With their values in the next row: in the first one a change may act for a part of the time.
std::vector<std::string> policies_that_differ(const Pair& runs, std::size_t row) {
  const std::size_t told = std::min(row + 1, runs.rows - 1);
  const std::vector<std::string> left = labels(runs.a, "platform"), right = labels(runs.b, "platform");
  std::vector<std::string> found;
  for (const PolicyRow& policy : policy_rows()) {
    std::string name = policy.name;
    std::replace(name.begin(), name.end(), '.', '_');
    const Variable& x = runs.a.at("policy/" + name);
    const Variable& y = runs.b.at("policy/" + name);
    const bool whole = policy.scope == PolicyScope::marketplace;
    for (std::size_t k = 0; k < (whole ? 1 : left.size()); ++k) {
      const auto j = whole ? 0 : static_cast<std::size_t>(std::find(right.begin(), right.end(), left[k]) - right.begin());
      if (!whole && j == right.size()) continue;
      const auto of_a = [&](std::size_t at) { return value_at(x, at * (whole ? 1 : left.size()) + k); };
      const auto of_b = [&](std::size_t at) { return value_at(y, at * (whole ? 1 : right.size()) + j); };
      if (of_a(row) == of_b(row)) continue;
      const std::size_t at = of_a(told) == of_b(told) ? row : told;
      found.push_back(fmt::format("{} {:.4g} instead of {:.4g}", policy_path(policy, left[k]), of_b(at), of_a(at)));
    }
  }
  return found;
}

/// "follows.weibo (follow_suppliers)": the column and the phases whose work it is. Who joins or leaves has all columns set; that is told
/// where it is all there is.
std::string with_phases(const std::string& label) {
  const std::string name = label.substr(0, label.find('.'));
  std::string phases;
  for (const ColumnRow& row : column_table)
    for (const Phase& phase : phase_table())
      if (row.name == name && contains(phase.writes, row.column) && phase.name != "change_status" && phase.name != "bring_online")
        phases += (phases.empty() ? "" : ", ") + std::string(phase.name);
  return phases.empty() ? label + " (change_status)" : label + " (" + phases + ")";
}
}  // namespace

double last_whole_day(const Recording& run) {
  const Time time = load_scenario_text(run.text("provenance/scenario_resolved"), "result").scenario.time;
  const Variable& days = run.at("time");
  std::size_t rows = rows_of(run);
  const double every = rows > 1 ? value_at(days, 1) - value_at(days, 0) : 0.0, end = tick_count(time) * tick_days(time);
  if (run.attribute("status") != "complete" && rows > 1) --rows;  // it stopped somewhere in its last row
  while (rows > 1 && value_at(days, rows - 1) + every > end + 1e-6) --rows;
  return rows > 0 ? value_at(days, rows - 1) : 0.0;
}

Parting find_parting(const std::string& world, const Recording& baseline, const Recording& other, double last_day) {
  Pair runs{baseline, other, std::min(rows_of(baseline), rows_of(other))};
  while (runs.rows > 1 && value_at(baseline.at("time"), runs.rows - 1) > last_day) --runs.rows;
  std::size_t state = 0, series = 0;
  while (state < runs.rows && columns_that_differ(runs, state).empty()) ++state;
  while (series < runs.rows && series_that_differ(runs, series).empty()) ++series;
  Parting parting{world, std::numeric_limits<double>::quiet_NaN(), last_day, "", "", ""};
  const std::size_t first = std::min(state, series);
  if (first >= runs.rows) return parting;
  parting.day = value_at(baseline.at("time"), first);
  parting.policy = listed(policies_that_differ(runs, first));
  if (parting.policy.empty() && first > 0) parting.policy = listed(policies_that_differ(runs, first - 1));
  std::vector<std::string> columns;
  if (state < runs.rows)
    for (const std::string& label : columns_that_differ(runs, state)) columns.push_back(with_phases(label));
  parting.column = listed(columns);
  if (series < runs.rows) parting.observable = listed(series_that_differ(runs, series));
  return parting;
}

}  // namespace spillway
