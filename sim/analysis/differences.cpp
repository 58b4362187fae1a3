#include "analysis/differences.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "analysis/paired.hpp"
#include "base/error.hpp"
#include "model/ensemble_view.hpp"

namespace spillway {

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN(), days_a_year = 365.25;

/// An outcome of the first world and of another one, in one replicate.
using Two = std::pair<double, double>;

struct Outcome {
  const Series& series;
  const std::vector<double>& time;
  bool counted;  ///< in intervals, so that values of rows add up

  double every() const { return time.size() > 1 ? time[1] - time[0] : days_a_year; }

  /// Over rows that both runs have.
  Two over(std::size_t world, std::size_t replicate, std::size_t platform, std::size_t first, std::size_t last) const {
    Two sum{0, 0};
    double known = 0;
    for (std::size_t row = first; row <= last; ++row) {
      const double a = series.value(0, replicate, row, platform), b = series.value(world, replicate, row, platform);
      if (std::isnan(a) || std::isnan(b)) continue;
      sum = {sum.first + a, sum.second + b};
      ++known;
    }
    if (known == 0) return {nan, nan};
    const double scale = (counted ? days_a_year / every() : 1.0) / known;
    return {sum.first * scale, sum.second * scale};
  }

  Two at_end(std::size_t world, std::size_t replicate, std::size_t platform, std::size_t last) const {
    std::size_t first = last;
    while (counted && first > 0 && time[last] + every() - time[first - 1] <= days_a_year) --first;
    return over(world, replicate, platform, first, last);
  }
};

std::vector<double> times_of(const Recording& ensemble) {
  const Variable& time = ensemble.at("time");
  std::vector<double> days(length(time.values));
  for (std::size_t row = 0; row < days.size(); ++row) days[row] = value_at(time, row);
  return days;
}

bool is_outcome(const Variable& v) {
  if (!v.group.empty() || v.dims.size() < 3 || v.dims[0] != "world" || v.dims[1] != "replicate" || v.dims[2] != "time") return false;
  return v.dims.size() == 3 || (v.dims.size() == 4 && v.dims[3] == "platform");
}

bool is_counted(const Variable& v) {
  for (const auto& [name, value] : v.attributes)
    if (name == "cell_methods") return value == "time: sum";
  return false;
}

struct Rows {
  std::size_t from = 0;  ///< first row of averages
  std::size_t last = 0;  ///< that both the world and the first one have
};

class Comparer {
 public:
  Comparer(const Recording& ensemble, double confidence, Comparison& out)
      : ensemble_(ensemble), confidence_(confidence), out_(out), time_(times_of(ensemble)), worlds_(labels(ensemble, "world")) {
    rows_.push_back({0, time_.size() - 1});
    for (const Parting& parting : out.partings) {
      Rows rows{0, time_.size() - 1};
      while (rows.last > 0 && time_[rows.last] > parting.last_day) --rows.last;
      while (rows.from < rows.last && time_[rows.from] < parting.day) ++rows.from;  // never with NaN
      rows_.push_back(rows);
    }
  }

  void add(const Variable& variable) {
    const Series series(ensemble_, variable.path());
    const Outcome outcome{series, time_, is_counted(variable)};
    const std::vector<std::string> platforms =
        variable.dims.size() == 4 ? labels(ensemble_, "platform") : std::vector<std::string>{std::string()};
    for (std::size_t w = 1; w < worlds_.size(); ++w)
      for (std::size_t k = 0; k < platforms.size(); ++k)
        for (const char* moment : {"end", "average"}) add_row(variable, outcome, w, k, platforms[k], moment);
  }

 private:
  void add_row(const Variable& variable, const Outcome& outcome, std::size_t w, std::size_t k, const std::string& platform,
               const std::string& moment) {
    std::vector<double> a, b;
    const auto [from, last] = rows_[w];
    for (std::size_t r = 0; r < outcome.series.replicates(); ++r) {
      const Two two = moment == "end" ? outcome.at_end(w, r, k, last) : outcome.over(w, r, k, from, last);
      a.push_back(two.first);
      b.push_back(two.second);
    }
    const Paired paired = compare_pairs(a, b, confidence_);
    if (paired.pairs == 0) return;  // a platform that one of them does not have
    Difference row;
    row.outcome = variable.name;
    row.long_name = variable.long_name;
    row.unit = variable.unit + (outcome.counted ? "/yr" : "");
    row.platform = platform;
    row.world = worlds_[w];
    row.moment = moment;
    row.baseline = paired.baseline;
    row.other = paired.other;
    row.difference = paired.difference.value;
    row.low = paired.difference.low;
    row.high = paired.difference.high;
    row.relative = paired.relative.value;
    row.relative_low = paired.relative.low;
    row.relative_high = paired.relative.high;
    row.variance_ratio = paired.variance_ratio;
    row.verdict = paired.verdict;
    out_.replicates = std::max(out_.replicates, paired.pairs);
    out_.differences.push_back(std::move(row));
  }

  const Recording& ensemble_;
  double confidence_;
  Comparison& out_;
  std::vector<double> time_;
  std::vector<std::string> worlds_;
  std::vector<Rows> rows_;  ///< by world
};

template <class Row, class Value>
auto column_of(const std::vector<Row>& rows, Value value) {
  std::vector<std::decay_t<decltype(value(rows[0]))>> column;
  for (const Row& row : rows) column.push_back(value(row));
  return column;
}

void add_differences(Recording& to, const std::vector<Difference>& rows) {
  const std::string group = "differences";
  std::vector<std::int32_t> numbers(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) numbers[i] = static_cast<std::int32_t>(i);
  to.variables.push_back({group, "row", {"row"}, "1", "outcome, platform, world and moment", numbers, {}});
  const auto add = [&](const char* name, const char* meaning, Values values) {
    to.variables.push_back({group, name, {"row"}, "", meaning, std::move(values), {}});
  };
  add("outcome", "name of the series", column_of(rows, [](const Difference& d) { return d.outcome; }));
  add("outcome_unit", "its unit", column_of(rows, [](const Difference& d) { return d.unit; }));
  add("of_platform", "platform; empty for the whole market", column_of(rows, [](const Difference& d) { return d.platform; }));
  add("of_world", "the world that is compared with the first one", column_of(rows, [](const Difference& d) { return d.world; }));
  add("moment", "end: last value, or last year of what is counted; average: since the world parts, or yearly mean",
      column_of(rows, [](const Difference& d) { return d.moment; }));
  add("baseline", "mean over replicates of the first world", column_of(rows, [](const Difference& d) { return d.baseline; }));
  add("other", "mean over replicates of the other world", column_of(rows, [](const Difference& d) { return d.other; }));
  add("difference", "mean of other - baseline", column_of(rows, [](const Difference& d) { return d.difference; }));
  add("low", "lower end of its interval", column_of(rows, [](const Difference& d) { return d.low; }));
  add("high", "upper end of its interval", column_of(rows, [](const Difference& d) { return d.high; }));
  add("relative", "ratio of means - 1", column_of(rows, [](const Difference& d) { return d.relative; }));
  add("relative_low", "lower end of its interval", column_of(rows, [](const Difference& d) { return d.relative_low; }));
  add("relative_high", "upper end of its interval", column_of(rows, [](const Difference& d) { return d.relative_high; }));
  add("variance_ratio", "variance of the difference with independent luck over that with the same luck",
      column_of(rows, [](const Difference& d) { return d.variance_ratio; }));
  add("verdict", "identical, within noise, differs; unknown with one replicate",
      column_of(rows, [](const Difference& d) { return std::string(to_text(d.verdict)); }));
}

std::string exact(double x) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, x).ptr};
}

double number_in(const Recording& recording, const char* attribute) { return std::stod(recording.attribute(attribute)); }
}  // namespace

Comparison compare_worlds(const Recording& ensemble, double confidence, std::vector<Parting> partings, bool same_luck) {
  Comparison comparison;
  const std::vector<std::string> worlds = labels(ensemble, "world");
  comparison.baseline = worlds.at(0);
  comparison.confidence = confidence;
  comparison.partings = std::move(partings);
  comparison.same_luck = same_luck;
  require(comparison.partings.size() + 1 == worlds.size(), "a comparison needs a parting for each further world");
  Comparer comparer(ensemble, confidence, comparison);
  for (const Variable& variable : ensemble.variables)
    if (is_outcome(variable)) comparer.add(variable);
  return comparison;
}

void add_comparison(Recording& to, const Comparison& comparison) {
  add_differences(to, comparison.differences);
  std::vector<Parting> rows{{comparison.baseline, nan, nan, "", "", ""}};
  rows.insert(rows.end(), comparison.partings.begin(), comparison.partings.end());
  const auto add = [&](const char* name, const char* unit, const char* meaning, Values values) {
    to.variables.push_back({"parting", name, {"world"}, unit, meaning, std::move(values), {}});
  };
  add("day", "", "days since the start of the first row whose state differs from the first world's; NaN: never",
      column_of(rows, [](const Parting& p) { return p.day; }));
  add("last_day", "", "days since the start of the last row that is compared",
      column_of(rows, [](const Parting& p) { return p.last_day; }));
  add("policy", "", "first policy to differ", column_of(rows, [](const Parting& p) { return p.policy; }));
  add("column", "", "columns of the users' state that differ first, and the phases that write them",
      column_of(rows, [](const Parting& p) { return p.column; }));
  add("observable", "", "series that differ first", column_of(rows, [](const Parting& p) { return p.observable; }));
  to.attributes.emplace_back("confidence", exact(comparison.confidence));
  to.attributes.emplace_back("same_luck", comparison.same_luck ? "yes" : "no");
}

Comparison comparison_in(const Recording& ensemble) {
  std::vector<Parting> partings;
  const std::vector<std::string> worlds = labels(ensemble, "world");
  const auto text = [&](const char* path, std::size_t w) { return std::get<std::vector<std::string>>(ensemble.at(path).values).at(w); };
  for (std::size_t w = 1; w < worlds.size(); ++w)
    partings.push_back({worlds[w], value_at(ensemble.at("parting/day"), w), value_at(ensemble.at("parting/last_day"), w),
                        text("parting/policy", w), text("parting/column", w), text("parting/observable", w)});
  return compare_worlds(ensemble, number_in(ensemble, "confidence"), std::move(partings), ensemble.attribute("same_luck") == "yes");
}

}  // namespace spillway
