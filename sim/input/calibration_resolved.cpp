// The calibration as one canonical text: every default and every row of the record written out.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "input/calibration.hpp"
#include "input/calibration_tables.hpp"
#include "input/quantity.hpp"
#include "input/study_text.hpp"

namespace spillway {

namespace {
using study_text::quoted;
using study_text::word;

/// The fewest digits that are read back to the same bits; 7%, not 7.000000000000001%.
std::string percentage(double share) {
  for (int digits = 1; digits < 17; ++digits) {
    const double rounded = std::stod(fmt::format("{:.{}g}", share * 100, digits));
    std::string text = fmt::format("{}%", rounded);
    if (parse_quantity(text, Unit::share).value == share) return text;
  }
  return fmt::format("{}%", share * 100);
}

std::string tolerance_text(const Target& target) {
  switch (target.kind) {
    case ToleranceKind::relative: return percentage(target.tolerance);
    case ToleranceKind::absolute: return quantity_text(target.tolerance, Unit::none);
    case ToleranceKind::days: break;
  }
  return quantity_text(target.tolerance, Unit::days);
}

std::string row_text(const TargetRow& row) {
  const std::string value = quantity_text(row.value, Unit::none);
  return row.source.empty() ? value : fmt::format("{{value: {}, source: {}}}", value, quoted(row.source));
}

std::string target_text(const Target& target) {
  std::string text =
      fmt::format("  {}:\n    title: {}\n    outcome: {}\n", word(target.name), quoted(target.title), quoted(target.outcome.text));
  if (target.over) text += fmt::format("    over: {}\n", quoted(target.over->text));
  text += fmt::format("    tolerance: {}\n", tolerance_text(target));
  if (target.or_days > 0) text += fmt::format("    or_within: {}\n", quantity_text(target.or_days, Unit::days));
  text += fmt::format("    weight: {}\n    rows:\n", quantity_text(target.weight, Unit::none));
  for (const TargetRow& row : target.rows) text += fmt::format("      {}: {}\n", to_text(row.date), row_text(row));
  return text;
}

std::string variant_text(const Variant& variant) {
  std::vector<std::string> without;
  for (const std::string& name : variant.without) without.push_back(word(name));
  return fmt::format("  {}:\n    title: {}\n{}    without: [{}]\n", word(variant.name), quoted(variant.title),
                     study_text::sets("set", variant.sets, 4), fmt::join(without, ", "));
}

std::string method_text(const CalibrationMethod& method) {
  std::string text = "method:\n";
  for (const MethodRow& row : method_rows())
    text += row.number != nullptr ? fmt::format("  {}: {}\n", row.name, method.*row.number)
                                  : fmt::format("  {}: {}\n", row.name, method.*row.whole);
  return text;
}
}  // namespace

std::string resolved_calibration(const Calibration& calibration) {
  const Study& study = calibration.study;
  std::string text = study_text::head(study) + study_text::sets("set", study.sets) + study_text::factors("parameters", study, false);
  text += "targets:\n";
  for (const Target& target : calibration.targets) text += target_text(target);
  if (calibration.fit_until) text += fmt::format("fit_until: {}\n", to_text(*calibration.fit_until));
  text += calibration.variants.empty() ? "variants: {}\n" : "variants:\n";
  for (const Variant& variant : calibration.variants) text += variant_text(variant);
  return text + method_text(calibration.method) + study_text::limits(study.limits);
}

}  // namespace spillway
