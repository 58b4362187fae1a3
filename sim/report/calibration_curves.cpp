#include "report/calibration_curves.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "report/calibration_words.hpp"
#include "report/charts.hpp"
#include "report/forecast_text.hpp"
#include "report/sweep_words.hpp"
#include "report/words.hpp"

namespace spillway {

namespace {
constexpr int model_colour = 0;
constexpr std::int32_t after_record =
    92;  // days that charts of the fit go on after the last value: a quarter, so that its point stands free

/// Known values by day, joined by straight lines in between.
class Joined {
 public:
  void add(double day, double value) {
    if (!std::isnan(value)) values_[day] = value;
  }
  bool empty() const { return values_.empty(); }
  double at(double day) const {
    const auto above = values_.lower_bound(day);
    if (above == values_.end()) return not_known;
    if (above->first == day) return above->second;
    if (above == values_.begin()) return not_known;
    const auto below = std::prev(above);
    return below->second + (day - below->first) / (above->first - below->first) * (above->second - below->second);
  }
  std::vector<double> over(const std::vector<double>& days, std::size_t points) const {
    std::vector<double> found;
    for (std::size_t i = 0; i < points; ++i) found.push_back(at(days[i]));
    return found;
  }

 private:
  std::map<double, double> values_;
};

class Curves {
 public:
  Curves(const CalibrationResult& result, const CalibrationAxis& axis) : result_(result), axis_(axis) {}

  Chart fit(std::size_t target) const {
    const CalibratedTarget& of = result_.targets[target];
    Chart chart = named("fit_" + of.name, target_title(of), of.unit);
    const bool curve = !of.trajectory.empty();
    chart.note =
        fmt::format("The model at the best parameters{}, with the record and its tolerance of {}.",
                    curve ? ": median, and where half and nine of ten runs lie" : ", its values on the record’s days joined by lines",
                    tolerance_text(of));
    add_line(chart, model_line(target, no_quantity, axis_.fit_points));
    add_marks(chart, target);
    chart.table.head = {"date", "record", "model", "90 % interval", "error", "fitted or predicted", "within tolerance", "source"};
    for (const CalibratedRow& row : result_.rows)
      if (row.fit.datum.target == target)
        chart.table.rows.push_back({day_of(row.date), quantity_text(row.fit.record, of.unit), quantity_text(row.fit.model, of.unit),
                                    range_text(row.fit.low, row.fit.high, of.unit), error_text(of, row.fit),
                                    std::string(to_text(role_of(result_, row))), verdict_text(of, row.fit), row.source});
    return chart;
  }

  Chart forecast(std::size_t quantity) const {
    const ForecastQuantity& of = result_.quantities[quantity];
    const std::string title = of.title.empty() ? capitalised(in_words(of.name)) : of.title;
    Chart chart = named("forecast_" + of.name, title, of.unit);
    const std::size_t target = target_of(of.name), points = axis_.days.size();
    chart.note = "Median of the model, and where half and nine of ten runs over posterior and luck lie.";
    if (!result_.baselines.empty())
      chart.note += " Dashed: curves fitted to the same series alone, known on the days of the table and joined by lines.";
    add_line(chart, model_line(target, quantity, points));
    for (std::size_t b = 0; b < result_.baselines.size(); ++b) add_line(chart, baseline_line(b, target, quantity, points));
    if (target != no_target) add_marks(chart, target);
    add_records(chart, quantity);
    std::vector<std::vector<std::string>> rows = forecast_rows(result_, quantity);
    chart.table.head = std::move(rows.front());
    chart.table.rows.assign(std::make_move_iterator(rows.begin() + 1), std::make_move_iterator(rows.end()));
    for (auto& row : chart.table.rows) row[0] = day_of(*parse_date(row[0]));
    return chart;
  }

 private:
  static constexpr std::size_t no_target = static_cast<std::size_t>(-1), no_quantity = no_target;

  std::size_t target_of(const std::string& name) const {
    for (std::size_t t = 0; t < result_.targets.size(); ++t)
      if (result_.targets[t].name == name) return t;
    return no_target;
  }

  static Chart named(std::string id, std::string title, const std::string& unit) {
    Chart chart;
    chart.id = std::move(id), chart.title = std::move(title), chart.unit = plain_unit(unit);
    chart.mark_names = {"record, fitted", "record, not fitted", "tolerance"};
    return chart;
  }

  static void add_line(Chart& chart, Line line) {
    if (std::any_of(line.mid.begin(), line.mid.end(), [](double v) { return !std::isnan(v); })) chart.lines.push_back(std::move(line));
  }

  double day(Date date) const { return date.days - axis_.start.days; }

  /// All that is known of the model: its trajectory if there is one, else its values on the days of the record and of the forecast.
  Line model_line(std::size_t target, std::size_t quantity, std::size_t points) const {
    Joined low, lower, median, upper, high;
    const auto add = [&](Date date, const Quantiles& q) {
      const double at = day(date);
      low.add(at, q.low), lower.add(at, q.lower_quartile), median.add(at, q.median), upper.add(at, q.upper_quartile), high.add(at, q.high);
    };
    if (target != no_target && !result_.targets[target].trajectory.empty()) {
      for (std::size_t t = 0; t < result_.dates.size(); ++t) add(result_.dates[t], result_.targets[target].trajectory[t]);
    } else {
      for (const CalibratedRow& row : result_.rows)
        if (row.fit.datum.target == target) add(row.date, {row.fit.low, not_known, row.fit.model, not_known, row.fit.high});
      for (const ForecastRow& row : result_.forecast)
        if (row.quantity == quantity) add(row.date, row.model);
    }
    Line line{"Model", no_world, model_colour, no_index, median.over(axis_.days, points), {}, {}};
    if (!low.empty() && !high.empty()) line.low = low.over(axis_.days, points), line.high = high.over(axis_.days, points);
    if (!lower.empty() && !upper.empty()) line.inner_low = lower.over(axis_.days, points), line.inner_high = upper.over(axis_.days, points);
    return line;
  }

  Line baseline_line(std::size_t b, std::size_t target, std::size_t quantity, std::size_t points) const {
    const BaselineFit& baseline = result_.baselines[b];
    Joined values;
    for (std::size_t i = 0; i < result_.rows.size(); ++i)
      if (result_.rows[i].fit.datum.target == target) values.add(day(result_.rows[i].date), baseline.rows[i]);
    for (std::size_t i = 0; i < result_.forecast.size(); ++i)
      if (result_.forecast[i].quantity == quantity) values.add(day(result_.forecast[i].date), baseline.forecast[i]);
    const int place = static_cast<int>(b) + 1;
    Line line{baseline.title, no_world, model_colour + place, no_index, values.over(axis_.days, points), {}, {}};
    line.dash = place;
    return line;
  }

  void add_marks(Chart& chart, std::size_t target) const {
    const CalibratedTarget& of = result_.targets[target];
    for (const CalibratedRow& row : result_.rows) {
      if (row.fit.datum.target != target) continue;
      Mark mark;
      mark.day = day(row.date), mark.value = row.fit.record, mark.hollow = !row.fit.datum.fitted;
      const double size = tolerance_size(of, mark.value);
      mark.low = mark.value - size, mark.high = mark.value + size;
      mark.days = of.kind == ToleranceKind::days ? of.tolerance : of.or_days;
      mark.label = fmt::format("record, {}: the model is {}, {}", mark.hollow ? "not fitted" : "fitted", error_text(of, row.fit),
                               verdict_text(of, row.fit));
      chart.marks.push_back(std::move(mark));
    }
  }

  /// Values that stand in no target.
  void add_records(Chart& chart, std::size_t quantity) const {
    for (const ForecastRow& row : result_.forecast) {
      const double at = day(row.date);
      const auto same = [&](const Mark& mark) { return mark.day == at; };
      if (row.quantity != quantity || std::isnan(row.record) || std::any_of(chart.marks.begin(), chart.marks.end(), same)) continue;
      Mark mark;
      mark.day = at, mark.value = row.record, mark.hollow = true, mark.label = "record, not fitted";
      chart.marks.push_back(std::move(mark));
    }
  }

  const CalibrationResult& result_;
  const CalibrationAxis& axis_;
};
}  // namespace

CalibrationAxis calibration_axis(const CalibrationResult& result) {
  std::vector<Date> dates;
  for (const std::size_t t : shown_rows(result.dates.size())) dates.push_back(result.dates[t]);
  std::int32_t last = std::numeric_limits<std::int32_t>::min();
  for (const CalibratedRow& row : result.rows) {
    last = std::max(last, row.date.days + after_record);
    if (result.dates.empty()) dates.push_back(row.date);
  }
  for (const ForecastRow& row : result.forecast)
    if (result.dates.empty()) dates.push_back(row.date);
  std::sort(dates.begin(), dates.end());
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
  CalibrationAxis axis;
  if (!dates.empty()) axis.start = dates.front();
  for (const Date date : dates) {
    axis.days.push_back(date.days - axis.start.days);
    axis.fit_points += date.days <= last ? 1 : 0;
  }
  return axis;
}

std::vector<Chart> fit_charts(const CalibrationResult& result, const CalibrationAxis& axis) {
  std::vector<Chart> found;
  for (std::size_t t = 0; t < result.targets.size(); ++t)
    if (Chart chart = Curves(result, axis).fit(t); !chart.lines.empty()) found.push_back(std::move(chart));
  return found;
}

std::vector<Chart> forecast_charts(const CalibrationResult& result, const CalibrationAxis& axis) {
  std::vector<Chart> found;
  for (std::size_t q = 0; q < result.quantities.size(); ++q)
    if (Chart chart = Curves(result, axis).forecast(q); !chart.lines.empty()) found.push_back(std::move(chart));
  return found;
}

}  // namespace spillway
