#include "model/calibration_view.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/error.hpp"
#include "model/calibration_columns.hpp"
#include "model/ensemble_view.hpp"

namespace spillway {

namespace {
namespace columns = calibration_columns;

std::size_t place_of(const std::vector<std::string>& names, const std::string& name) {
  const auto at = std::find(names.begin(), names.end(), name);
  require(at != names.end(), "a name that the calibration does not have");
  return static_cast<std::size_t>(at - names.begin());
}

std::vector<std::string> at_blanks(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find(' ', start), text.size());
    words.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return words;
}

template <class Number>
Number number_of(const std::string& text) {
  Number number{};
  const auto [after, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  require(failure == std::errc{} && after == text.data() + text.size(), "an attribute of a calibration is no number");
  return number;
}

class CalibrationReader {
 public:
  explicit CalibrationReader(const Recording& recording) : recording_(recording) {
    require(is_calibration(recording), "not a calibration");
  }

  CalibrationResult read() {
    read_attributes();
    read_tables();
    read_rows();
    read_variants();
    read_forecast();
    read_trajectories();
    read_posterior();
    return std::move(result_);
  }

 private:
  std::size_t length_of(std::string_view axis) const {
    const Variable* variable = recording_.find(axis);
    return variable == nullptr ? 0 : length(variable->values);
  }

  void read_attributes() {
    result_.title = recording_.attribute("title"), result_.description = recording_.attribute("summary");
    result_.scenario = recording_.attribute("scenario");
    result_.program_version = recording_.attribute("program_version"), result_.model_version = recording_.attribute("model_version");
    result_.fit_until = parse_date(recording_.attribute("fit_until"));
    result_.headline = at_blanks(recording_.attribute("headline"));
    result_.recovery_worlds = number_of<std::uint64_t>(recording_.attribute("recovery_worlds"));
    result_.method.cut = number_of<double>(recording_.attribute("method_cut"));
    for (const columns::MethodRow& row : columns::method_rows)
      result_.method.*row.member = number_of<std::uint64_t>(recording_.attribute(row.attribute));
    result_.misfit = value_at(recording_.at("misfit"), 0), result_.bic = value_at(recording_.at("bic"), 0);
    result_.recovery_coverage = value_at(recording_.at("recovery_coverage"), 0);
    result_.notes = labels(recording_, "note");
  }

  template <class Row, class Name>
  void read_table(const std::string& group, const std::string& dim, std::vector<Row>& rows, TableColumns<Row> table, Name name) {
    const std::vector<std::string> names = labels(recording_, dim);
    rows.resize(length_of(dim));
    if (!rows.empty()) read_columns(recording_, group, rows, table);
    for (std::size_t i = 0; i < names.size(); ++i) name(rows[i]) = names[i];
  }

  void read_tables() {
    read_table(
        "targets", "target", result_.targets, columns::targets, [](auto& t) -> auto& { return t.name; });
    const std::vector<std::string> kinds = labels(recording_, "targets/kind"),
                                   words(std::begin(columns::kind_words), std::end(columns::kind_words));
    for (std::size_t i = 0; i < kinds.size(); ++i) result_.targets[i].kind = static_cast<ToleranceKind>(place_of(words, kinds[i]));
    read_table(
        "parameters", "parameter", result_.parameters, columns::parameters, [](auto& p) -> auto& { return p.estimate.name; });
    read_table(
        "variants", "variant", result_.variants, columns::variants, [](auto& v) -> auto& { return v.fit.name; });
    read_table(
        "baselines", "baseline", result_.baselines, columns::baselines, [](auto& b) -> auto& { return b.name; });
    read_table(
        "quantities", "quantity", result_.quantities, columns::quantities, [](auto& q) -> auto& { return q.name; });
    result_.waves.resize(length_of("wave"));
    if (!result_.waves.empty()) read_columns(recording_, "waves", result_.waves, columns::waves);
  }

  std::vector<double> numbers(const std::string& path) const {
    const auto* values = std::get_if<std::vector<double>>(&recording_.at(path).values);
    require(values != nullptr, "numbers of another form");
    return *values;
  }

  void read_rows() {
    result_.rows.resize(length_of("datum"));
    if (result_.rows.empty()) return;
    read_columns(recording_, "data", result_.rows, columns::rows);
    std::vector<TargetFit> fits(result_.rows.size());
    read_columns(recording_, "data", fits, columns::fits);
    const std::vector<std::string> names = labels(recording_, "target"), of_rows = labels(recording_, "data/target");
    for (std::size_t i = 0; i < fits.size(); ++i) {
      CalibratedRow& row = result_.rows[i];
      fits[i].record = row.fit.record;
      fits[i].datum = {place_of(names, of_rows[i]), static_cast<std::size_t>(value_at(recording_.at("data/row"), i)), row.fit.datum.fitted};
      row.fit = fits[i];
    }
    for (BaselineFit& baseline : result_.baselines) baseline.rows = numbers("data/" + baseline.name);
  }

  void read_variants() {
    std::vector<TargetFit> fits(result_.variants.size() * result_.rows.size());
    if (!fits.empty()) read_columns(recording_, "variants", fits, columns::fits);
    std::size_t fit = 0, value = 0;
    for (CalibratedVariant& variant : result_.variants) {
      for (const CalibratedRow& row : result_.rows) {
        fits[fit].datum = row.fit.datum, fits[fit].record = row.fit.record;
        variant.fit.fits.push_back(fits[fit++]);
      }
      for (const CalibratedParameter& parameter : result_.parameters) {
        const double best = value_at(recording_.at("variants/best"), value++);
        if (std::isnan(best))
          variant.without.push_back(parameter.estimate.name);
        else
          variant.fit.best.push_back(best);
      }
    }
  }

  void read_forecast() {
    result_.forecast.resize(length_of("row"));
    if (result_.forecast.empty()) return;
    read_columns(recording_, "forecast", result_.forecast, columns::forecast);
    const std::vector<std::string> names = labels(recording_, "quantity"), of_rows = labels(recording_, "forecast/quantity");
    for (std::size_t i = 0; i < of_rows.size(); ++i) result_.forecast[i].quantity = place_of(names, of_rows[i]);
    for (BaselineFit& baseline : result_.baselines) baseline.forecast = numbers("forecast/" + baseline.name);
  }

  void read_trajectories() {
    if (recording_.find("trajectory") == nullptr) return;
    for (std::size_t t = 0; t < length_of("time"); ++t)
      result_.dates.push_back(Date{static_cast<std::int32_t>(value_at(recording_.at("time"), t))});
    const std::vector<double> values = numbers("trajectory");
    const std::size_t days = result_.dates.size(), quantiles = std::size(columns::quantile_members);
    for (std::size_t i = 0; i < result_.targets.size(); ++i) {
      const auto first = values.begin() + static_cast<std::ptrdiff_t>(i * quantiles * days);
      const auto last = first + static_cast<std::ptrdiff_t>(quantiles * days);
      if (std::all_of(first, last, [](double v) { return std::isnan(v); })) continue;
      result_.targets[i].trajectory.resize(days);
      for (std::size_t q = 0; q < quantiles; ++q)
        for (std::size_t t = 0; t < days; ++t)
          result_.targets[i].trajectory[t].*columns::quantile_members[q] = *(first + static_cast<std::ptrdiff_t>(q * days + t));
    }
  }

  void read_posterior() {
    result_.posterior.resize(length_of("draw"));
    const std::size_t parameters = result_.parameters.size();
    for (std::size_t d = 0; d < result_.posterior.size(); ++d)
      for (std::size_t p = 0; p < parameters; ++p) result_.posterior[d].push_back(value_at(recording_.at("posterior"), d * parameters + p));
  }

  const Recording& recording_;
  CalibrationResult result_;
};
}  // namespace

bool is_calibration(const Recording& recording) { return recording.attribute("kind") == "calibration"; }

CalibrationResult calibration_result(const Recording& recording) { return CalibrationReader(recording).read(); }

RowRole role_of(const CalibrationResult& result, const CalibratedRow& row) {
  if (row.fit.datum.fitted) return RowRole::fitted;
  return result.targets.at(row.fit.datum.target).weight > 0 ? RowRole::predicted : RowRole::shown;
}

std::string_view to_text(RowRole role) {
  static constexpr std::string_view words[] = {"fitted", "predicted", "shown"};
  return words[static_cast<std::size_t>(role)];
}

std::size_t count_rows(const CalibrationResult& result, bool fitted) {
  return static_cast<std::size_t>(std::count_if(result.rows.begin(), result.rows.end(), [&](const CalibratedRow& r) {
    return role_of(result, r) == (fitted ? RowRole::fitted : RowRole::predicted);
  }));
}

std::size_t count_met(const CalibrationResult& result, bool fitted) {
  return static_cast<std::size_t>(std::count_if(result.rows.begin(), result.rows.end(), [&](const CalibratedRow& r) {
    return role_of(result, r) == (fitted ? RowRole::fitted : RowRole::predicted) && r.fit.met;
  }));
}

double relative_error(const TargetFit& fit) { return fit.record == 0 ? columns::not_there : std::abs(fit.model / fit.record - 1); }

double median_error(const CalibrationResult& result, const std::vector<std::string>& targets, bool fitted) {
  std::vector<double> errors;
  for (const CalibratedRow& row : result.rows) {
    const std::string& name = result.targets.at(row.fit.datum.target).name;
    const bool wanted = targets.empty() || std::find(targets.begin(), targets.end(), name) != targets.end();
    if (wanted && role_of(result, row) == (fitted ? RowRole::fitted : RowRole::predicted)) errors.push_back(relative_error(row.fit));
  }
  return quantile(std::move(errors), 0.5);
}

double prediction_error(const CalibrationResult& result) {
  double sum = 0;
  for (const CalibratedRow& row : result.rows)
    if (const double error = relative_error(row.fit); role_of(result, row) == RowRole::predicted && !std::isnan(error)) sum += error;
  return sum;
}

}  // namespace spillway
