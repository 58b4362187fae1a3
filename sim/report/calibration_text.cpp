#include "report/calibration_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/calibration_words.hpp"
#include "report/comparison_text.hpp"
#include "report/text_table.hpp"
#include "report/words.hpp"

namespace spillway {

namespace {
using Cells = std::vector<std::vector<std::string>>;

std::string percent(double share) { return std::isnan(share) ? "-" : fmt::format("{:.0f} %", 100 * share); }

std::string waves_text(const CalibrationResult& result) {
  if (result.waves.empty()) return {};
  Cells cells{{"wave", "runs", "kept", "best misfit", "surface error"}};
  for (std::size_t w = 0; w < result.waves.size(); ++w) {
    const WaveReport& wave = result.waves[w];
    cells.push_back({std::to_string(w + 1), with_commas(std::to_string(wave.runs)), percent(wave.kept), parameter_number(wave.best_misfit),
                     parameter_number(wave.surface_error)});
  }
  return "\nwaves\n" + text_table(cells, {0, 1, 2, 3, 4});
}

std::string parameters_text(const CalibrationResult& result) {
  if (result.parameters.empty()) return {};
  const bool covered = result.recovery_worlds > 0;
  Cells cells{{"parameter", "prior, 90 %", "best", "posterior, 90 %", "unit", "identified"}};
  if (covered) cells[0].emplace_back("coverage");
  for (const CalibratedParameter& p : result.parameters) {
    const ParameterEstimate& e = p.estimate;
    auto& row = cells.emplace_back();
    row = {e.name,
           fmt::format("{} to {}", parameter_number(e.low), parameter_number(e.high)),
           parameter_number(e.best),
           fmt::format("{} to {}", parameter_number(e.posterior_low), parameter_number(e.posterior_high)),
           e.unit == "1" ? "" : e.unit,
           e.identified ? "yes" : "no"};
    if (covered) row.push_back(percent(e.coverage));
  }
  return "\nparameters\n" + text_table(cells, {2, 6});
}

std::string targets_text(const CalibrationResult& result) {
  if (result.rows.empty()) return {};
  Cells cells{{"target", "date", "record", "model", "error", "tolerance", "", ""}};
  for (const CalibratedRow& row : result.rows) {
    const CalibratedTarget& target = result.targets[row.fit.datum.target];
    cells.push_back({target.name, to_text(row.date), short_number(row.fit.record), short_number(row.fit.model), error_text(target, row.fit),
                     tolerance_text(target), std::string(to_text(role_of(result, row))), verdict_text(target, row.fit)});
  }
  return "\ntargets\n" + text_table(cells, {2, 3, 4});
}

std::string variants_text(const CalibrationResult& result) {
  if (result.variants.empty()) return {};
  Cells cells{{"variant", "parameters", "misfit", "BIC difference", "ln ratio", ""}};
  cells.push_back({"(this calibration)", std::to_string(result.parameters.size()), parameter_number(result.misfit), "0", "0", ""});
  for (const CalibratedVariant& v : result.variants) {
    const double difference = v.fit.bic - result.bic;
    cells.push_back({v.fit.name, std::to_string(v.fit.parameters), parameter_number(v.fit.misfit), fmt::format("{:+.1f}", difference),
                     fmt::format("{:+.1f}", -difference / 2), evidence_text(difference)});
  }
  return "\nvariants, each fitted again (ln ratio: logarithm of the evidence for it over that for this calibration, by BIC)\n" +
         text_table(cells, {1, 2, 3, 4});
}

std::string baselines_text(const CalibrationResult& result) {
  Cells cells{{"baseline", "its errors", "the model’s", "rows"}};
  for (const BaselineFit& baseline : result.baselines) {
    std::size_t rows = 0;
    for (std::size_t i = 0; i < result.rows.size(); ++i)
      if (role_of(result, result.rows[i]) == RowRole::predicted && !std::isnan(baseline.rows[i])) ++rows;
    if (rows > 0) cells.push_back({baseline.name, percent(baseline.error), percent(error_beside(result, baseline)), std::to_string(rows)});
  }
  if (cells.size() == 1) return {};
  return "\nabsolute percentage errors, summed over the predicted rows that the baseline has\n" + text_table(cells, {1, 2, 3});
}
}  // namespace

std::string calibration_text(const CalibrationResult& result) {
  std::string text = result.title + "\n" + calibration_sentence(result) + "\n";
  text += waves_text(result) + parameters_text(result) + targets_text(result) + variants_text(result) + baselines_text(result) + "\n";
  for (const std::string& sentence : calibration_details(result)) text += sentence + "\n";
  for (const std::string& note : result.notes) text += "note: " + note + "\n";
  return text;
}

}  // namespace spillway
