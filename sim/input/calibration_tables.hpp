// What a calibration file may say, as tables beside those of studies: reader, resolved text, JSON Schema and manual walk the same rows.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "input/study_tables.hpp"
#include "model/calibration.hpp"

namespace spillway {

inline constexpr std::array<StudyKeyRow, 10> calibration_keys{{
    {"title", "Weibo and WeChat up to 2013", "the base scenario's", "what is calibrated, in one line"},
    {"description", "text", "", "what is fitted to what, and what is assumed"},
    {"scenario", "../history.yaml", "*required*", "base scenario, relative to the calibration"},
    {"set", "{population.users: 20_000}", "{}", "keys of the scenario that have another value in all runs; null removes an entry"},
    {"parameters", "{KEY: {loguniform: [1, 20]}, ..}", "*required*",
     "what is fitted, each with its prior, by key of the scenario, or by a name of one's own with `keys`"},
    {"targets", "{NAME: {outcome: .., data: .., tolerance: ..}, ..}", "*required*", "series of the record that runs are held against"},
    {"fit_until", "2012-12-31", "", "last day whose rows are fitted; later ones are predicted. Without it all are fitted"},
    {"variants", "{NAME: {set: {..}, without: [..]}, ..}", "{}", "the same calibrated once more under other assumptions"},
    {"method", "{waves: 6, points: 1000}", "{}", "numbers of the method"},
    {"limits", "{memory: 2 GB}", "{}", "what one run may take, as in studies"},
}};

/// Keys of studies that stand elsewhere in a calibration, or nowhere.
struct ForeignKeyRow {
  std::string_view name;
  std::string_view way;
};
inline constexpr std::array<ForeignKeyRow, 7> study_only_keys{{
    {"levers", "what is fitted stands under parameters, with a prior such as {habit.memory: {uniform: [7 d, 60 d]}}"},
    {"uncertainties", "what is fitted stands under parameters, with a prior such as {habit.memory: {uniform: [7 d, 60 d]}}"},
    {"design", "a calibration draws its points itself, as many as method says: method: {waves: 8, points: 400}"},
    {"replicates", "how often the search runs a point is said by method: {final_runs: 2}"},
    {"common_random_numbers", "waves give each point its own luck, the search gives all the same; remove the line"},
    {"outcomes",
     "what runs are held against stands under targets, such as {users: {outcome: members.wechat, data: record.csv, "
     "tolerance: 10%}}"},
    {"keep", "a calibration keeps what its page needs; remove the line"},
}};

inline constexpr std::array<StudyKeyRow, 12> target_keys{{
    {"title", "WeChat's monthly accounts", "the target's name", "in words"},
    {"outcome", "monthly_active_users.wechat", "*required*",
     "observable with labels, as in outcomes of studies but without an ending: its value on each row's date is held against the row's"},
    {"over", "monthly_active_users.weibo", "", "denominator: the target is then the ratio of the two"},
    {"data", "../data/record.csv", "*required*, or rows",
     "CSV file with the columns date and value, relative to the calibration; a column source is kept, others are for people"},
    {"series", "wechat_mau", "", "whose rows these are, by the file's column series; needed exactly if it has one"},
    {"rows", "{2012-12-31: 160.6e6}", "",
     "the rows themselves, instead of data; {value: 160.6e6, source: text} also says where one is from"},
    {"from", "2011-01-01", "the first row", "earlier rows are left out"},
    {"until", "2013-12-31", "the last row", "later rows are left out"},
    {"scale", "1e6", "1", "factor from the rows' values to the outcome's unit"},
    {"tolerance", "10%", "*required*",
     "how far a run may be from a row, taken as two standard deviations: 10% of its value; 0.03 in the outcome's unit; 30 d by the day on "
     "which the run first reaches the value"},
    {"or_within", "30 d", "", "a row also counts as met where the run reaches its value within so many days of its date"},
    {"weight", "2", "1", "of the squared residuals in what is minimised; 0: shown, not fitted"},
}};
inline constexpr double largest_scale = 1e15, largest_weight = 1e6, longest_tolerance = 3660;  // chosen: a larger one is a slip

inline constexpr std::array<StudyKeyRow, 3> variant_keys{{
    {"title", "Without Moments", "the variant's name", "in words"},
    {"set", "{interventions.moments: null}", "{}", "keys of the scenario that differ, after the calibration's own"},
    {"without", "[habit.memory]", "[]", "parameters that are not fitted then, as they act no more"},
}};

struct MethodRow {
  std::string_view name;
  std::uint64_t CalibrationMethod::*whole = nullptr;  ///< or
  double CalibrationMethod::*number = nullptr;
  double low = 0, high = 0;
  std::string_view meaning{};
};
const std::vector<MethodRow>& method_rows();

}  // namespace spillway
