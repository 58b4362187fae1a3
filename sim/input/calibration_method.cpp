// Numbers of the method, and whether they and the rows are enough for the parameters.
#include <fmt/format.h>

#include <algorithm>

#include "input/calibration_draft.hpp"
#include "input/calibration_tables.hpp"

namespace spillway {

namespace {
void read_number_of(const MethodRow& row, const Entry& entry, CalibrationDraft& draft) {
  const std::string at = "method." + entry.key;
  const NumberRule rule{Unit::none, {row.low, row.high}, FieldFlag::none, row.meaning};
  CalibrationMethod& method = draft.calibration.method;
  if (row.number != nullptr) {
    if (const auto number = read_number(entry.value, at, rule, draft.reading())) method.*row.number = *number;
  } else if (const auto number = read_whole(entry.value, at, rule, draft.reading())) {
    method.*row.whole = static_cast<std::uint64_t>(*number);
  }
  if (row.name == "points") draft.points_place = entry.value.place;
}

void check_points(CalibrationDraft& draft) {
  const std::size_t parameters = draft.study.factors.size();
  const std::uint64_t fewest = rows_for_surface(parameters), given = draft.calibration.method.points;
  if (given >= fewest) return;
  const Place& place = draft.points_place.source ? draft.points_place : draft.study.factors.front().place;
  draft.reading().problem(place, "method.points",
                          fmt::format("{} runs do not determine a quadratic surface in {} parameter{}; give at least {}", given, parameters,
                                      parameters == 1 ? "" : "s", fewest));
}

/// Too few rows are no error: priors hold what data do not determine.
void check_data(CalibrationDraft& draft) {
  std::size_t fitted = 0, later = 0;
  bool sound = true;
  for (const TargetDraft& target : draft.targets) {
    sound = sound && target.sound;
    for (const TargetRow& row : target.target.rows) {
      const bool predicted = draft.calibration.fit_until && row.date > *draft.calibration.fit_until;
      later += predicted ? 1 : 0;
      fitted += !predicted && target.target.weight > 0 ? 1 : 0;
    }
  }
  if (!sound || draft.targets.empty()) return;
  Reading& reading = draft.reading();
  const std::size_t parameters = draft.study.factors.size();
  if (draft.calibration.fit_until && fitted == 0)
    reading.problem(draft.fit_until_place, "fit_until",
                    "leaves no row to fit: all are later, or of targets with weight 0; take a later day");
  else if (fitted == 0)
    reading.problem(draft.targets.front().place, "targets", "all have weight 0: nothing is fitted; give one of them a weight above 0");
  else if (fitted < parameters)
    reading.notes.push_back(
        issue_at(draft.targets.front().place, "targets",
                 fmt::format("{} rows are fitted with {} parameters: the data cannot determine all of them", fitted, parameters)));
  if (draft.calibration.fit_until && fitted > 0 && later == 0)
    reading.notes.push_back(issue_at(draft.fit_until_place, "fit_until", "no row is later: nothing is predicted"));
}
}  // namespace

void read_method(const Node& node, CalibrationDraft& draft) {
  if (!expect_map(node, "method", "numbers such as {waves: 6, points: 1000}", draft.reading())) return;
  const auto& rows = method_rows();
  for (const Entry& entry : node.entries) {
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const MethodRow& r) { return r.name == entry.key; });
    if (row != rows.end())
      read_number_of(*row, entry, draft);
    else
      unknown_key(entry, "method." + entry.key, names_of(rows), draft.reading());
  }
  const CalibrationMethod& method = draft.calibration.method;
  if (method.final_users >= method.search_users) return;
  const Entry* entry = node.find("final_users") != nullptr ? node.find("final_users") : node.find("search_users");
  draft.reading().problem(entry->value.place, "method." + entry->key,
                          fmt::format("the search ends with fewer users, {}, than it begins with, {}; give final_users at least as many",
                                      method.final_users, method.search_users));
}

void check_method(CalibrationDraft& draft) {
  if (!draft.study.factors.empty()) check_points(draft);
  check_data(draft);
}

}  // namespace spillway
