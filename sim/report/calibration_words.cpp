#include "report/calibration_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/sweep_words.hpp"
#include "report/words.hpp"

namespace spillway {

namespace {
/// "1.9 %", one decimal below 10.
std::string percent(double share) {
  if (std::isnan(share)) return "unknown";
  return fmt::format("{:.{}f} %", 100 * share, std::abs(share) < 0.0995 ? 1 : 0);
}

std::string with_sign(const std::string& number, double value) { return (value > 0 ? "+" : "") + number; }

std::string count_of(std::size_t count, std::string_view what) { return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s"); }

/// "Median error of “a” and “b”: 2.1 % where fitted and 4.0 % where predicted."
std::string errors_sentence(const CalibrationResult& result) {
  std::vector<std::string> titles;
  for (const CalibratedTarget& target : result.targets)
    if (std::count(result.headline.begin(), result.headline.end(), target.name) > 0) titles.push_back("“" + target_title(target) + "”");
  const double fitted = median_error(result, result.headline, true), predicted = median_error(result, result.headline, false);
  std::vector<std::string> parts;
  if (!std::isnan(fitted)) parts.push_back(percent(fitted) + " where fitted");
  if (!std::isnan(predicted)) parts.push_back(percent(predicted) + " where predicted");
  if (parts.empty()) return {};
  return fmt::format("Median error{}: {}.", titles.empty() ? "" : " of " + listed_words(titles), listed_words(parts));
}

std::string identified_sentence(const CalibrationResult& result) {
  std::vector<std::string> known, unknown;
  for (const CalibratedParameter& p : result.parameters) (p.estimate.identified ? known : unknown).push_back(in_words(p.estimate.name));
  if (unknown.empty()) return fmt::format("The data identify all {}.", count_of(known.size(), "parameter"));
  if (known.empty()) return fmt::format("The data identify none of the {}.", count_of(unknown.size(), "parameter"));
  return fmt::format("The data identify {} of {} parameters: {}. They say little about {}.", known.size(), known.size() + unknown.size(),
                     listed_words(known), listed_words(unknown));
}

std::string freedom_sentence(const CalibrationResult& result) {
  const std::size_t rows = count_rows(result, true), parameters = result.parameters.size();
  const std::string left = rows >= parameters ? fmt::format("{} degrees of freedom are left", rows - parameters)
                                              : std::string("there are more parameters than data");
  return fmt::format("{} stand against {}: {}. Weighted squared residuals at the best add up to {}.", count_of(rows, "fitted value"),
                     count_of(parameters, "parameter"), left, parameter_number(result.misfit));
}

std::string variants_sentence(const CalibrationResult& result) {
  std::vector<std::string> against;
  for (const CalibratedVariant& v : result.variants)
    if (v.fit.bic - result.bic > 10) against.push_back("“" + v.fit.title + "”");
  const std::size_t all = result.variants.size();
  if (against.empty()) return fmt::format("Of {} refitted, none is refuted by the data.", count_of(all, "variant"));
  return fmt::format("Of {} refitted, the data speak very strongly against {}.", count_of(all, "variant"), listed_words(against));
}

std::string baselines_sentence(const CalibrationResult& result) {
  std::vector<std::string> parts;
  for (const BaselineFit& baseline : result.baselines)
    if (!std::isnan(baseline.error))
      parts.push_back(fmt::format("{} {} (model {})", baseline.title, percent(baseline.error), percent(error_beside(result, baseline))));
  if (parts.empty()) return {};
  return fmt::format("Errors summed over the values that were not fitted: {}; the model’s are over the same values.", listed_words(parts));
}
}  // namespace

std::string listed_words(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

std::string target_title(const CalibratedTarget& target) {
  return target.title.empty() ? capitalised(in_words(target.name)) : target.title;
}

std::string tolerance_text(const CalibratedTarget& target) {
  std::string text = target.kind == ToleranceKind::relative   ? fmt::format("{:.3g} %", 100 * target.tolerance)
                     : target.kind == ToleranceKind::absolute ? quantity_text(target.tolerance, target.unit)
                                                              : fmt::format("{:.3g} days", target.tolerance);
  if (target.or_days > 0) text += fmt::format(" or {:.3g} days", target.or_days);
  return text;
}

std::string error_text(const CalibratedTarget& target, const TargetFit& fit) {
  if (target.kind == ToleranceKind::days)
    return std::isnan(fit.days) ? "-" : with_sign(fmt::format("{:.0f} days", fit.days), std::round(fit.days));
  const double difference = fit.model - fit.record;
  if (std::isnan(difference)) return "-";
  if (target.kind == ToleranceKind::absolute) return with_sign(quantity_text(difference, target.unit), difference);
  return fit.record == 0 ? "-" : with_sign(percent(fit.model / fit.record - 1), difference);
}

std::string verdict_text(const CalibratedTarget& target, const TargetFit& fit) {
  if (!fit.met) return "missed";
  const bool by_value = target.kind == ToleranceKind::days || std::isnan(fit.residual) || std::abs(fit.residual) <= 2;  // 2 deviations
  if (by_value || std::isnan(fit.days)) return "met";
  return fmt::format("met, {:.0f} days {}", std::abs(fit.days), fit.days > 0 ? "late" : "early");
}

double tolerance_size(const CalibratedTarget& target, double record) {
  if (target.kind == ToleranceKind::days) return std::numeric_limits<double>::quiet_NaN();
  return target.kind == ToleranceKind::relative ? target.tolerance * std::abs(record) : target.tolerance;
}

std::string quantity_text(double value, const std::string& unit) {
  if (std::isnan(value)) return "-";
  const std::string number = std::abs(value) < 9.95 ? fmt::format("{:.{}f}", value, std::abs(value) < 0.0995 ? 3 : 2) : human_number(value);
  const std::string words = plain_unit(unit);
  return words.empty() ? number : number + " " + words;
}

std::string parameter_number(double value) {
  if (std::isnan(value)) return "-";
  const double size = std::abs(value);
  if (size >= 1e4) return human_number(value);
  if (size >= 999.5) return fmt::format("{:.0f}", value);
  return fmt::format("{:.3g}", value);
}

// Kass and Raftery (1995), section 3.2: twice the logarithm of the Bayes factor, which the difference in BIC approximates.
std::string evidence_text(double bic_difference) {
  const double size = std::abs(bic_difference);
  if (std::isnan(size)) return "unknown";
  const std::string_view side = bic_difference > 0 ? "against it" : "for it";
  if (size <= 2) return "no evidence either way";
  return fmt::format("{} evidence {}", size <= 6 ? "positive" : size <= 10 ? "strong" : "very strong", side);
}

double error_beside(const CalibrationResult& result, const BaselineFit& baseline) {
  double sum = 0;
  for (std::size_t i = 0; i < result.rows.size(); ++i)
    if (const double error = relative_error(result.rows[i].fit);
        role_of(result, result.rows[i]) == RowRole::predicted && !std::isnan(error) && !std::isnan(baseline.rows[i]))
      sum += error;
  return sum;
}

std::string calibration_sentence(const CalibrationResult& result) {
  std::vector<std::string> parts;
  for (const bool fitted : {true, false})
    if (const std::size_t all = count_rows(result, fitted); all > 0)
      parts.push_back(fmt::format("{} of {} {}", count_met(result, fitted), all, fitted ? "fitted" : "predicted"));
  return parts.empty() ? "There are no data." : listed_words(parts) + " values are within tolerance.";
}

std::vector<std::string> calibration_details(const CalibrationResult& result) {
  std::vector<std::string> found;
  if (std::string text = errors_sentence(result); !text.empty()) found.push_back(std::move(text));
  if (!result.parameters.empty()) {
    found.push_back(identified_sentence(result));
    found.push_back(freedom_sentence(result));
  }
  if (result.recovery_worlds > 0)
    found.push_back(
        fmt::format("In {} synthetic worlds with known parameters, {} of the 90 % intervals of identified parameters hold the truth.",
                    result.recovery_worlds, fmt::format("{:.1f} %", 100 * result.recovery_coverage)));
  if (!result.variants.empty()) found.push_back(variants_sentence(result));
  if (std::string text = baselines_sentence(result); !text.empty()) found.push_back(std::move(text));
  return found;
}

std::vector<std::string> missed_rows(const CalibrationResult& result) {
  std::vector<const CalibratedRow*> missed;
  for (const CalibratedRow& row : result.rows)
    if (row.fit.datum.fitted && !row.fit.met) missed.push_back(&row);
  std::stable_sort(missed.begin(), missed.end(),
                   [](const CalibratedRow* a, const CalibratedRow* b) { return std::abs(a->fit.residual) > std::abs(b->fit.residual); });
  std::vector<std::string> found;
  for (const CalibratedRow* row : missed) {
    const CalibratedTarget& target = result.targets[row->fit.datum.target];
    found.push_back(fmt::format("{} on {}: the record is {}, the model {} ({}; tolerance {}).", target_title(target), day_of(row->date),
                                quantity_text(row->fit.record, target.unit), quantity_text(row->fit.model, target.unit),
                                error_text(target, row->fit), tolerance_text(target)));
  }
  return found;
}

}  // namespace spillway
