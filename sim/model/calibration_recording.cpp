#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "model/calibration_columns.hpp"
#include "model/calibration_view.hpp"
#include "model/version.hpp"

namespace spillway {

namespace {
namespace columns = calibration_columns;

template <class Row, class Text>
std::vector<std::string> texts_of(const std::vector<Row>& rows, Text text) {
  std::vector<std::string> found;
  for (const Row& row : rows) found.push_back(text(row));
  return found;
}

std::string with_blanks(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string shortest_text(double value) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

class CalibrationWriter {
 public:
  explicit CalibrationWriter(const CalibrationResult& result) : result_(result) {}

  Recording write() {
    add_attributes();
    add_axes();
    add_tables();
    add_rows();
    add_variants();
    add_forecast();
    if (!result_.dates.empty() && !result_.targets.empty()) add_trajectories();
    if (!result_.posterior.empty()) add_posterior();
    return std::move(recording_);
  }

 private:
  void add(const std::string& group, const std::string& name, std::vector<std::string> dims, const std::string& unit,
           const std::string& long_name, Values values, Attributes attributes = {}) {
    add_variable(recording_, {group, name, std::move(dims), unit, long_name, std::move(values), std::move(attributes)});
  }

  void add_attributes() {
    recording_.attributes = {{"Conventions", "CF-1.10"},
                             {"kind", "calibration"},
                             {"title", result_.title},
                             {"summary", result_.description},
                             {"source", "spillway " + result_.program_version},
                             {"schema_version", std::string(schema_version)},
                             {"program_version", result_.program_version},
                             {"model_version", result_.model_version},
                             {"scenario", result_.scenario},
                             {"fit_until", result_.fit_until ? to_text(*result_.fit_until) : ""},
                             {"headline", with_blanks(result_.headline)},
                             {"recovery_worlds", std::to_string(result_.recovery_worlds)},
                             {"method_cut", shortest_text(result_.method.cut)}};
    for (const columns::MethodRow& row : columns::method_rows)
      recording_.attributes.emplace_back(row.attribute, std::to_string(result_.method.*row.member));
    add("", "misfit", {}, "1", "sum of weighted squared residuals of the fitted rows", std::vector<double>{result_.misfit});
    add("", "bic", {}, "1", "misfit + parameters x ln(fitted rows)", std::vector<double>{result_.bic});
    add("", "recovery_coverage", {}, "1", "share of synthetic worlds' identified parameters in their 90 % intervals",
        std::vector<double>{result_.recovery_coverage});
  }

  void add_names(const std::string& name, const std::string& long_name, const std::vector<std::string>& names) {
    for (const std::string& each : names)
      require(std::count(names.begin(), names.end(), each) == 1, "two parts of a calibration have one name");
    if (!names.empty()) add("", name, {name}, "", long_name, names);
  }
  void add_numbers(const std::string& name, const std::string& long_name, std::size_t count) {
    std::vector<std::int32_t> numbers(count);
    for (std::size_t i = 0; i < count; ++i) numbers[i] = static_cast<std::int32_t>(i);
    if (count > 0) add("", name, {name}, "1", long_name, std::move(numbers));
  }

  void add_axes() {
    add_names("target", "series of the record", texts_of(result_.targets, [](const auto& t) { return t.name; }));
    add_names("parameter", "what is fitted", texts_of(result_.parameters, [](const auto& p) { return p.estimate.name; }));
    add_names("variant", "calibration under other assumptions", texts_of(result_.variants, [](const auto& v) { return v.fit.name; }));
    add_names("baseline", "curve fitted to the series alone", texts_of(result_.baselines, [](const auto& b) { return b.name; }));
    add_names("quantity", "what is forecast", texts_of(result_.quantities, [](const auto& q) { return q.name; }));
    add_numbers("datum", "row of the record", result_.rows.size());
    add_numbers("wave", "wave of the history matching", result_.waves.size());
    add_numbers("draw", "draw of the posterior", result_.posterior.size());
    add_numbers("row", "row of the forecast", result_.forecast.size());
    if (!result_.notes.empty()) add("", "note", {"note"}, "", "what a reader must know", result_.notes);
  }

  template <class Row>
  void add_table(const std::string& group, const std::string& dim, const std::vector<Row>& rows, TableColumns<Row> table) {
    if (!rows.empty()) write_columns(recording_, group, {dim}, rows, table);
  }

  void add_tables() {
    add_table("targets", "target", result_.targets, columns::targets);
    if (!result_.targets.empty())
      add("targets", "kind", {"target"}, "", "how the tolerance counts",
          texts_of(result_.targets, [](const auto& t) { return std::string(columns::kind_words[static_cast<std::size_t>(t.kind)]); }));
    add_table("parameters", "parameter", result_.parameters, columns::parameters);
    add_table("waves", "wave", result_.waves, columns::waves);
    add_table("variants", "variant", result_.variants, columns::variants);
    add_table("baselines", "baseline", result_.baselines, columns::baselines);
    add_table("quantities", "quantity", result_.quantities, columns::quantities);
  }

  std::string target_of(const Datum& datum) const {
    require(datum.target < result_.targets.size(), "a row of no target");
    return result_.targets[datum.target].name;
  }

  void add_rows() {
    if (result_.rows.empty()) return;
    add("data", "target", {"datum"}, "", "series of the record",
        texts_of(result_.rows, [&](const auto& r) { return target_of(r.fit.datum); }));
    std::vector<std::int32_t> places;
    std::vector<TargetFit> fits;
    for (const CalibratedRow& row : result_.rows) {
      places.push_back(static_cast<std::int32_t>(row.fit.datum.row));
      fits.push_back(row.fit);
    }
    add("data", "row", {"datum"}, "1", "place among the target's rows", places);
    write_columns(recording_, "data", {"datum"}, result_.rows, columns::rows);
    write_columns(recording_, "data", {"datum"}, fits, columns::fits);
    for (const BaselineFit& baseline : result_.baselines) {
      require(baseline.rows.size() == result_.rows.size(), "a baseline needs a prediction for each row");
      add("data", baseline.name, {"datum"}, "", baseline.title, baseline.rows, {{"role", "baseline"}});
    }
  }

  void add_variants() {
    if (result_.variants.empty()) return;
    std::vector<TargetFit> fits;
    std::vector<double> best;
    for (const CalibratedVariant& variant : result_.variants) {
      require(variant.fit.fits.size() == result_.rows.size(), "a variant needs a fit for each row");
      fits.insert(fits.end(), variant.fit.fits.begin(), variant.fit.fits.end());
      auto value = variant.fit.best.begin();
      for (const CalibratedParameter& parameter : result_.parameters) {
        const bool without = std::count(variant.without.begin(), variant.without.end(), parameter.estimate.name) > 0;
        require(without || value != variant.fit.best.end(), "a variant needs a value for each of its parameters");
        best.push_back(without ? columns::not_there : *value++);
        require(without || best.back() == best.back(), "a variant's best values must be known");  // NaN says that it is not fitted
      }
      require(value == variant.fit.best.end(), "a variant has values for parameters that it does not fit");
    }
    if (!result_.parameters.empty())
      add("variants", "best", {"variant", "parameter"}, "", "value with the smallest misfit; missing where it is not fitted", best);
    if (!result_.rows.empty()) write_columns(recording_, "variants", {"variant", "datum"}, fits, columns::fits);
  }

  void add_forecast() {
    if (result_.forecast.empty()) return;
    add("forecast", "quantity", {"row"}, "", "what is forecast", texts_of(result_.forecast, [&](const ForecastRow& row) {
          require(row.quantity < result_.quantities.size(), "a forecast of nothing");
          return result_.quantities[row.quantity].name;
        }));
    write_columns(recording_, "forecast", {"row"}, result_.forecast, columns::forecast);
    for (const BaselineFit& baseline : result_.baselines) {
      require(baseline.forecast.size() == result_.forecast.size(), "a baseline needs a prediction for each row of the forecast");
      add("forecast", baseline.name, {"row"}, "", baseline.title, baseline.forecast, {{"role", "baseline"}});
    }
  }

  void add_trajectories() {
    std::vector<std::int32_t> days;
    for (const Date date : result_.dates) days.push_back(date.days);
    add("", "time", {"time"}, std::string(date_unit), "day", days, {{"axis", "T"}, {"calendar", "proleptic_gregorian"}});
    add("", "quantile", {"quantile"}, "1", "share of runs below",
        std::vector<double>(prediction_quantiles.begin(), prediction_quantiles.end()));
    std::vector<double> values;
    for (const CalibratedTarget& target : result_.targets) {
      require(target.trajectory.empty() || target.trajectory.size() == days.size(), "a trajectory needs a value for each day");
      for (const auto member : columns::quantile_members)
        for (std::size_t t = 0; t < days.size(); ++t)
          values.push_back(target.trajectory.empty() ? columns::not_there : target.trajectory[t].*member);
    }
    add("", "trajectory", {"target", "quantile", "time"}, "", "the model at the best parameters, over posterior and luck", values);
  }

  void add_posterior() {
    std::vector<double> values;
    for (const std::vector<double>& draw : result_.posterior) {
      require(draw.size() == result_.parameters.size(), "a draw needs a value for each parameter");
      values.insert(values.end(), draw.begin(), draw.end());
    }
    if (!result_.parameters.empty()) add("", "posterior", {"draw", "parameter"}, "", "draws of the posterior", values);
  }

  const CalibrationResult& result_;
  Recording recording_;
};

}  // namespace

Recording recording_of(const CalibrationResult& result) { return CalibrationWriter(result).write(); }

}  // namespace spillway
