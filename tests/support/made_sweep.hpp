// Gathered sweeps with values made by hand, as sweep_gather leaves them: for tests of sensitivity, charts and commands.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "model/recording.hpp"
#include "model/study.hpp"
#include "model/version.hpp"

namespace spillway::testing {

/// `points` are rows of the factors' values. Outcome i of a run is outcomes[i].second(point, replicate).
struct MadeSweep {
  using Point = std::vector<double>;
  struct Result {
    std::string name, text, unit, long_name;
    std::function<double(const Point&, std::size_t replicate)> value;
  };

  std::string title = "When should Weibo advertise, and when should it ban WeChat?";
  std::vector<Factor> factors;
  Design design;
  std::vector<Point> points;
  std::size_t replicates = 1;
  std::vector<Result> outcomes;
  std::vector<std::pair<std::size_t, std::size_t>> failed;  ///< point and replicate

  Recording make() const {
    Recording r;
    r.attributes = {{"kind", "sweep"},
                    {"title", title},
                    {"id", "0123"},
                    {"program_version", std::string(program_version)},
                    {"model_version", std::to_string(model_version)},
                    {"schema_version", std::string(schema_version)},
                    {"git_commit", "abc"},
                    {"seed", "20141128"},
                    {"agents", "100000"},
                    {"design", std::string(to_text(design.kind))},
                    {"design_samples", std::to_string(design.samples)},
                    {"design_seed", std::to_string(design.seed)},
                    {"design_levels", std::to_string(design.levels)},
                    {"design_trajectories", std::to_string(design.trajectories)},
                    {"design_second_order", design.second_order ? "1" : "0"},
                    {"points", std::to_string(points.size())},
                    {"replicates", std::to_string(replicates)},
                    {"runs_done", std::to_string(points.size() * replicates - failed.size())},
                    {"runs_failed", std::to_string(failed.size())},
                    {"runs_missing", "0"},
                    {"status", "complete"}};
    add_axes(r);
    for (std::size_t f = 0; f < factors.size(); ++f) add_factor(r, f);
    add_values(r);
    for (const Result& outcome : outcomes) add_outcome(r, outcome);
    add_status(r);
    r.timing = {{"created", "2026-01-01T00:00:00Z"}};
    return r;
  }

 private:
  static std::vector<std::int32_t> counted(std::size_t count) {
    std::vector<std::int32_t> numbers;
    for (std::size_t i = 0; i < count; ++i) numbers.push_back(static_cast<std::int32_t>(i));
    return numbers;
  }

  void add_axes(Recording& r) const {
    r.variables.push_back({"", "point", {"point"}, "1", "point of the design", counted(points.size()), {}});
    r.variables.push_back({"", "replicate", {"replicate"}, "1", "replicate", counted(replicates), {}});
    std::vector<std::string> names;
    for (const Factor& factor : factors) names.push_back(factor.name);
    r.variables.push_back({"", "factor", {"factor"}, "", "what varies", names, {}});
  }

  static std::string distribution_text(const Factor& factor) {
    const Distribution& d = factor.distribution;
    const auto date = [](double days) { return to_text(Date{static_cast<std::int32_t>(days)}); };
    if (factor.kind == FactorKind::date && d.kind == DistributionKind::uniform)
      return fmt::format("uniform from {} to {}", date(d.low), date(d.high));
    if (d.kind == DistributionKind::values) return fmt::format("{} values", d.values.size());
    if (d.kind == DistributionKind::normal) return fmt::format("normal, mean {:g}, deviation {:g}", d.mean, d.deviation);
    return fmt::format("{} from {:g} to {:g}", to_text(d.kind), d.low, d.high);
  }

  void add_factor(Recording& r, std::size_t f) const {
    const Factor& factor = factors[f];
    std::string keys, words;
    for (const std::string& key : factor.keys) keys += (keys.empty() ? "" : " ") + key;
    for (const std::string& word : factor.words) words += (words.empty() ? "" : "\n") + word;
    Attributes attributes{{"role", factor.lever ? "lever" : "uncertainty"}, {"keys", keys}, {"distribution", distribution_text(factor)}};
    if (!words.empty()) attributes.emplace_back("words", words);
    const bool dates = factor.kind == FactorKind::date;
    Variable variable{
        "", factor.name, {"point"}, dates ? "days since 1970-01-01 00:00:00" : std::string(to_text(factor.unit)), factor.meaning,
        {}, attributes};
    std::vector<double> numbers;
    std::vector<std::string> texts;
    for (const Point& point : points) {
      numbers.push_back(point[f]);
      if (!words.empty()) texts.push_back(factor.words[static_cast<std::size_t>(point[f])]);
    }
    if (words.empty())
      variable.values = numbers;
    else
      variable.unit = "", variable.values = texts;
    r.variables.push_back(std::move(variable));
  }

  void add_values(Recording& r) const {
    std::vector<double> values;
    for (const Point& point : points) values.insert(values.end(), point.begin(), point.end());
    r.variables.push_back({"", "factor_values", {"point", "factor"}, "1", "values of the factors, words by their place", values, {}});
  }

  bool is_failed(std::size_t p, std::size_t replicate) const {
    for (const auto& [point, of] : failed)
      if (point == p && of == replicate) return true;
    return false;
  }

  void add_outcome(Recording& r, const Result& outcome) const {
    std::vector<double> values;
    for (std::size_t p = 0; p < points.size(); ++p)
      for (std::size_t k = 0; k < replicates; ++k)
        values.push_back(is_failed(p, k) ? std::numeric_limits<double>::quiet_NaN() : outcome.value(points[p], k));
    r.variables.push_back({"", outcome.name, {"point", "replicate"}, outcome.unit, outcome.long_name, values, {{"outcome", outcome.text}}});
  }

  void add_status(Recording& r) const {
    std::vector<std::int32_t> status;
    std::vector<std::string> digests, messages;
    for (std::size_t p = 0; p < points.size(); ++p)
      for (std::size_t k = 0; k < replicates; ++k) {
        status.push_back(is_failed(p, k) ? 1 : 0);
        digests.push_back(is_failed(p, k) ? "" : "f00d");
        messages.push_back(is_failed(p, k) ? "too little memory" : "");
      }
    r.variables.push_back({"", "status", {"point", "replicate"}, "1", "0 done, 1 failed, 2 missing", status, {}});
    r.variables.push_back({"", "digest", {"point", "replicate"}, "", "digest of the run", digests, {}});
    r.variables.push_back({"", "message", {"point", "replicate"}, "", "why it failed", messages, {}});
  }
};

inline Factor number_factor(std::string name, std::vector<std::string> keys, bool lever, std::string meaning, Distribution distribution,
                            Unit unit = Unit::none) {
  Factor factor;
  factor.name = std::move(name), factor.keys = std::move(keys), factor.lever = lever, factor.meaning = std::move(meaning);
  factor.distribution = std::move(distribution), factor.unit = unit;
  return factor;
}
inline Distribution uniform(double low, double high) { return {DistributionKind::uniform, low, high, 0, 0, {}}; }
inline Distribution values(std::vector<double> list) { return {DistributionKind::values, 0, 0, 0, 0, std::move(list)}; }

}  // namespace spillway::testing
