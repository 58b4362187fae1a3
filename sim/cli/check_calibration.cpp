#include "cli/check_calibration.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "cli/print.hpp"

namespace spillway {

namespace {
struct RowCounts {
  std::int64_t fitted = 0;     ///< up to fit_until
  std::int64_t predicted = 0;  ///< later
  std::int64_t shown = 0;      ///< of targets with weight 0
};

RowCounts count_rows(const Calibration& calibration) {
  RowCounts counts;
  for (const Datum& datum : data_of(calibration)) {
    const bool shown = calibration.targets[datum.target].weight == 0;
    ++(shown ? counts.shown : datum.fitted ? counts.fitted : counts.predicted);
  }
  return counts;
}

/// May be negative: priors hold what data do not determine.
std::int64_t degrees_of_freedom(const Calibration& calibration) {
  return count_rows(calibration).fitted - static_cast<std::int64_t>(calibration.study.factors.size());
}

std::string rows_text(const RowCounts& counts) {
  const std::string total = counted(static_cast<std::uint64_t>(counts.fitted + counts.predicted + counts.shown), "row", "rows");
  std::vector<std::string> parts{fmt::format("{} fitted", counts.fitted)};
  if (counts.predicted > 0) parts.push_back(fmt::format("{} predicted", counts.predicted));
  if (counts.shown > 0) parts.push_back(fmt::format("{} shown", counts.shown));
  return parts.size() == 1 ? total : fmt::format("{} ({})", total, fmt::join(parts, ", "));
}

nlohmann::ordered_json targets_json(const Calibration& calibration) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Target& target : calibration.targets) {
    nlohmann::ordered_json item{{"name", target.name}, {"outcome", target.outcome.text}};
    if (target.over) item["over"] = target.over->text;
    item["rows"] = target.rows.size();
    item["weight"] = target.weight;
    list.push_back(std::move(item));
  }
  return list;
}
}  // namespace

std::string calibration_sentence(const LoadedCalibration& loaded) {
  const Calibration& calibration = loaded.calibration;
  const std::string variants = calibration.variants.empty() ? "" : "; " + counted(calibration.variants.size(), "variant", "variants");
  const std::int64_t freedom = degrees_of_freedom(calibration);
  return fmt::format("{}, {} with {}: {} {} of freedom{}; {} of {} of {} users",
                     counted(calibration.study.factors.size(), "parameter", "parameters"),
                     counted(calibration.targets.size(), "target", "targets"), rows_text(count_rows(calibration)), freedom,
                     freedom == 1 ? "degree" : "degrees", variants, counted(calibration.method.waves, "wave", "waves"),
                     counted(calibration.method.points, "run", "runs"), loaded.base.scenario.population.users);
}

void print_calibration_summary(const LoadedCalibration& loaded, bool json, bool strict) {
  const Calibration& calibration = loaded.calibration;
  if (!json) {
    fmt::print("ok: {}: {}{}\n", calibration.study.title, calibration_sentence(loaded),
               loaded.notes.empty() ? "" : "; " + counted(loaded.notes.size(), "note", "notes"));
    return;
  }
  const RowCounts counts = count_rows(calibration);
  nlohmann::ordered_json document{{"schema", "spillway-check/1"},
                                  {"ok", !strict || loaded.notes.empty()},
                                  {"kind", "calibration"},
                                  {"title", calibration.study.title},
                                  {"scenario", calibration.study.scenario},
                                  {"users", loaded.base.scenario.population.users},
                                  {"rows_fitted", counts.fitted},
                                  {"rows_predicted", counts.predicted},
                                  {"rows_shown", counts.shown},
                                  {"degrees_of_freedom", degrees_of_freedom(calibration)}};
  document["parameters"] = nlohmann::ordered_json::array();
  for (const Factor& factor : calibration.study.factors) document["parameters"].push_back({{"name", factor.name}, {"keys", factor.keys}});
  document["targets"] = targets_json(calibration);
  document["variants"] = nlohmann::ordered_json::array();
  for (const Variant& variant : calibration.variants) document["variants"].push_back(variant.name);
  document["files"] = loaded.files;
  document["notes"] = issues_json(loaded.notes);
  print_json_document(document);
}

}  // namespace spillway
