#include "report/calibration_document.hpp"

#include <fmt/format.h>

#include "model/calibration_view.hpp"
#include "report/calibration_charts.hpp"
#include "report/calibration_curves.hpp"
#include "report/calibration_words.hpp"
#include "report/words.hpp"

namespace spillway {

namespace {
PageFooter footer_of(const Recording& calibration, const CalibrationResult& result) {
  PageFooter footer;
  footer.program = "spillway " + result.program_version;
  footer.model = result.model_version;
  footer.commit = calibration.attribute("git_commit");
  footer.seed = std::to_string(result.method.seed);
  footer.users = with_commas(std::to_string(result.method.final_users));
  for (const auto& [name, value] : calibration.timing)
    if (name == "created") footer.created = value;
  footer.confidence = "90 %";
  std::uint64_t runs = 0;
  for (const WaveReport& wave : result.waves) runs += wave.runs;
  footer.design = fmt::format("calibration of {}", result.scenario);
  if (runs > 0)
    footer.design += fmt::format(", {} wave{} of {} runs in all", result.waves.size(), result.waves.size() == 1 ? "" : "s",
                                 with_commas(std::to_string(runs)));
  return footer;
}

void add_section(PageDocument& document, std::string id, std::string title, std::vector<Chart> charts, std::string note) {
  if (!charts.empty()) document.sections.push_back({std::move(id), std::move(title), std::move(charts), std::move(note)});
}
}  // namespace

PageDocument calibration_document(const Recording& calibration) {
  const CalibrationResult result = calibration_result(calibration);
  const CalibrationAxis axis = calibration_axis(result);
  PageDocument document;
  document.title = result.title;
  document.answer = calibration_sentence(result);
  if (!result.description.empty()) document.details.push_back(result.description);
  for (std::string& sentence : calibration_details(result)) document.details.push_back(std::move(sentence));
  document.details.insert(document.details.end(), result.notes.begin(), result.notes.end());
  document.warnings = missed_rows(result);
  document.start = axis.start, document.days = axis.days;
  if (result.fit_until)
    document.events.push_back({{},
                               "fitted up to here",
                               static_cast<double>(result.fit_until->days - axis.start.days),
                               "values after that day are predicted, not fitted"});
  add_section(document, "fit", "The model beside the record", fit_charts(result, axis), "");
  add_section(document, "residuals", "How far it is from the record", residual_charts(result), "");
  add_section(document, "parameters", "Parameters", parameter_charts(result), "");
  add_section(document, "variants", "What each mechanism carries", variant_charts(result), "");
  add_section(document, "forecast", "Forecast", forecast_charts(result, axis),
              "Parameters are frozen; what comes from outside, such as policies, goes on as the scenario says.");
  document.footer = footer_of(calibration, result);
  return document;
}

}  // namespace spillway
