#include "study/calibration_forecast.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "analysis/outcomes.hpp"
#include "base/error.hpp"
#include "model/ensemble_view.hpp"
#include "study/run_record.hpp"

namespace spillway {

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double no_ceiling = std::numeric_limits<double>::infinity();

/// A date's part of "2013-12-31".
int year_of(Date date) { return std::stoi(to_text(date).substr(0, 4)); }
unsigned month_of(Date date) { return static_cast<unsigned>(std::stoi(to_text(date).substr(5, 2))); }

Date month_end(int year, unsigned month) {
  const Date next = month == 12 ? make_date(year + 1, 1, 1) : make_date(year, month + 1, 1);
  return {next.days - 1};
}

std::vector<Date> month_ends(Date first, Date last) {
  std::vector<Date> dates;
  int year = year_of(first);
  unsigned month = month_of(first);
  for (Date end = month_end(year, month); end <= last; end = month_end(year, month)) {
    dates.push_back(end);
    month = month % 12 + 1;
    year += month == 1 ? 1 : 0;
  }
  return dates;
}

Outcome at(Outcome outcome, Date date) {
  outcome.statistic = Statistic::at;
  outcome.date = date;
  return outcome;
}

double value_on(const Recording& run, const Target& target, Date date) {
  const double value = outcome_value(run, at(target.outcome, date));
  return target.over ? value / outcome_value(run, at(*target.over, date)) : value;
}

Quantiles quantiles_of(const std::vector<double>& values) {
  return {quantile(values, prediction_quantiles[0]), quantile(values, prediction_quantiles[1]), quantile(values, prediction_quantiles[2]),
          quantile(values, prediction_quantiles[3]), quantile(values, prediction_quantiles[4])};
}

/// The draws' runs, one after another as a recording of the series that targets speak of.
class DrawnRuns {
 public:
  DrawnRuns(const Calibration& calibration, const Matrix& draws, const std::string& folder, const StageRunner& runner)
      : runs_(run_stage(without_end(calibration), stage_of(calibration), draws, folder, runner)), frame_(probe(runs_.sweep)) {}

  std::size_t count() const { return runs_.sweep.points.rows(); }
  const Scenario& scenario() const { return runs_.sweep.loaded.base.scenario; }
  const Recording& frame() const { return frame_; }

  /// Null where the run failed.
  const Recording* run(std::size_t draw) {
    const auto record = read_record(runs_.sweep.folder.record({draw, 0}), runs_.sweep.id);
    if (!record) return nullptr;
    const std::vector<std::string> names = kept_series(runs_.sweep.study());
    for (std::size_t k = 0; k < names.size(); ++k)
      for (Variable& variable : frame_.variables)
        if (variable.group.empty() && variable.name == names[k]) variable.values = record->series.at(k);
    return &frame_;
  }

 private:
  static Calibration without_end(Calibration calibration) {
    std::erase_if(calibration.study.sets, [](const std::string& set) { return set.starts_with("time.end="); });
    return calibration;
  }

  static Stage stage_of(const Calibration& calibration) {
    Stage stage{"forecast", "Draws of a calibration's posterior, to the end", {}, {}, 1, false, {}};
    stage.sets.push_back(fmt::format("population.users={}", calibration.method.search_users));
    const auto add = [&](const Outcome& outcome) {
      if (std::find(stage.series.begin(), stage.series.end(), outcome.observable) == stage.series.end())
        stage.series.push_back(outcome.observable);
    };
    for (const Target& target : calibration.targets) {
      add(target.outcome);
      if (target.over) add(*target.over);
    }
    Outcome online;  // a sweep takes an outcome, and the curves' ceilings are people online
    online.name = online.text = "people_online@end";
    online.observable = "people_online";
    stage.outcomes.push_back(online);
    add(online);
    return stage;
  }

  StageRuns runs_;
  Recording frame_;
};

/// Values by target and date, over the draws.
struct Predictions {
  std::vector<Date> months, rows;                           ///< ends of months; dates of the data
  std::vector<std::vector<std::vector<double>>> months_of;  ///< by target, month, draw
  std::vector<std::vector<double>> rows_of;                 ///< by datum, draw
  std::vector<double> online;                               ///< people online by month
};

void add_run(const Calibration& calibration, const Targets& targets, const Recording& run, Predictions& all) {
  for (std::size_t t = 0; t < calibration.targets.size(); ++t)
    for (std::size_t m = 0; m < all.months.size(); ++m) all.months_of[t][m].push_back(value_on(run, calibration.targets[t], all.months[m]));
  for (std::size_t i = 0; i < targets.size(); ++i) all.rows_of[i].push_back(value_on(run, targets.target(i), targets.row(i).date));
}

Predictions predict(const Calibration& calibration, const Targets& targets, DrawnRuns& runs) {
  const Time& time = runs.scenario().time;
  Predictions all;
  all.months = month_ends(time.start, time.end);
  all.months_of.assign(calibration.targets.size(), std::vector<std::vector<double>>(all.months.size()));
  all.rows_of.resize(targets.size());
  Outcome online;
  online.observable = "people_online";
  for (std::size_t draw = 0; draw < runs.count(); ++draw) {
    const Recording* run = runs.run(draw);
    if (run == nullptr) continue;
    add_run(calibration, targets, *run, all);
    if (all.online.empty())
      for (const Date month : all.months) all.online.push_back(outcome_value(*run, at(online, month)));
  }
  return all;
}

/// A forecast is told for the end of each year, from the last fitted year on.
bool is_forecast(Date date, Date last_fitted) { return month_of(date) == 12 && year_of(date) >= year_of(last_fitted); }

Date last_fitted(const Targets& targets) {
  Date last{};
  for (std::size_t i = 0; i < targets.size(); ++i)
    if (targets.datum(i).fitted) last = std::max(last, targets.row(i).date);
  return last;
}

double record_on(const Targets& targets, std::size_t target, Date date) {
  for (std::size_t i = 0; i < targets.size(); ++i)
    if (targets.datum(i).target == target && targets.row(i).date == date) return targets.row(i).value;
  return nan;
}

Date launch_of(const Scenario& scenario, const Outcome& outcome) {
  for (const auto& [name, platform] : scenario.platforms)
    if (!outcome.labels.empty() && name == outcome.labels[0]) return platform.launch;
  return scenario.time.start;
}

/// People who could join bound what counts people or accounts; money has no ceiling.
double ceiling_of(const Predictions& all, const Target& target, Date date, const Recording& frame) {
  const Variable* variable = frame.find(target.outcome.observable);
  if (variable == nullptr || variable->unit != "1") return no_ceiling;
  for (std::size_t m = 0; m < all.months.size(); ++m)
    if (all.months[m] >= date) return all.online[m];
  return all.online.empty() ? no_ceiling : all.online.back();
}

std::vector<DatedValue> fitted_values(const Targets& targets, std::size_t target) {
  std::vector<DatedValue> values;
  for (std::size_t i = 0; i < targets.size(); ++i)
    if (targets.datum(i).target == target && targets.datum(i).fitted) values.push_back({targets.row(i).date, targets.row(i).value});
  return values;
}

/// Nothing where the target's rows carry no such curve; a ratio is no count of adopters.
std::optional<FittedCurve> curve_of(GrowthCurve curve, const Targets& targets, std::size_t t, const Calibration& calibration,
                                    const DrawnRuns& runs, const Predictions& all) {
  const Target& target = calibration.targets[t];
  const std::vector<DatedValue> values = fitted_values(targets, t);
  if (values.size() < 2 || target.kind == ToleranceKind::days || (target.over && curve != GrowthCurve::last_growth)) return {};
  const double ceiling = ceiling_of(all, target, values.back().date, runs.frame());
  if (values.size() < 4 && curve != GrowthCurve::last_growth && !std::isfinite(ceiling)) return {};
  return fit_curve(curve, values, launch_of(runs.scenario(), target.outcome), ceiling);
}

BaselineFit baseline_of(GrowthCurve curve, const Calibration& calibration, const Targets& targets, const DrawnRuns& runs,
                        const Predictions& all, const CalibrationResult& result) {
  static constexpr const char* titles[] = {"Bass diffusion", "Logistic curve", "Last growth goes on"};
  BaselineFit fit{std::string(to_text(curve)), titles[static_cast<std::size_t>(curve)], {}, {}, nan};
  std::vector<std::optional<FittedCurve>> curves;
  for (std::size_t t = 0; t < calibration.targets.size(); ++t) curves.push_back(curve_of(curve, targets, t, calibration, runs, all));
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const auto& curve_here = curves[targets.datum(i).target];
    fit.rows.push_back(curve_here ? curve_here->at(targets.row(i).date) : nan);
  }
  for (const ForecastRow& row : result.forecast) fit.forecast.push_back(curves[row.quantity] ? curves[row.quantity]->at(row.date) : nan);
  return fit;
}

void add_errors(const Targets& targets, CalibrationResult& result) {
  for (BaselineFit& baseline : result.baselines) {
    double sum = 0, rows = 0;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      if (role_of(result, result.rows[i]) != RowRole::predicted || !std::isfinite(baseline.rows[i])) continue;
      sum += std::abs(baseline.rows[i] / targets.row(i).value - 1);
      ++rows;
    }
    if (rows > 0) baseline.error = sum;
  }
}
}  // namespace

void forecast(const Calibration& calibration, const Targets& targets, const Matrix& draws, const std::string& folder,
              const StageRunner& runner, CalibrationResult& result) {
  DrawnRuns runs(calibration, draws, folder, runner);
  const Predictions all = predict(calibration, targets, runs);
  result.dates = all.months;
  const Date last = last_fitted(targets);
  for (std::size_t t = 0; t < calibration.targets.size(); ++t) {
    CalibratedTarget& target = result.targets.at(t);
    result.quantities.push_back({target.name, target.title, target.unit});
    target.trajectory.clear();
    for (std::size_t m = 0; m < all.months.size(); ++m) {
      target.trajectory.push_back(quantiles_of(all.months_of[t][m]));
      if (is_forecast(all.months[m], last))
        result.forecast.push_back({t, all.months[m], target.trajectory.back(), record_on(targets, t, all.months[m])});
    }
  }
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const Quantiles q = quantiles_of(all.rows_of[i]);
    if (std::isnan(result.rows.at(i).fit.model)) result.rows.at(i).fit.model = q.median;  // nothing was fitted
    result.rows.at(i).fit.low = q.low;
    result.rows.at(i).fit.high = q.high;
  }
  for (const GrowthCurve curve : growth_curves) result.baselines.push_back(baseline_of(curve, calibration, targets, runs, all, result));
  add_errors(targets, result);
}

}  // namespace spillway
