#include "study/sweep_gather.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/ensemble.hpp"
#include "analysis/outcomes.hpp"
#include "base/error.hpp"
#include "input/resolved.hpp"
#include "model/ensemble_view.hpp"
#include "model/sweep_view.hpp"
#include "model/version.hpp"
#include "run/provenance.hpp"
#include "study/design_file.hpp"
#include "study/run_failure.hpp"
#include "study/run_record.hpp"

namespace spillway {

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::string distribution_text(const Factor& factor) {
  const Distribution& d = factor.distribution;
  const auto text = [&](double x) { return std::isfinite(x) ? value_text(factor, x) : std::string(x < 0 ? "-inf" : "inf"); };
  if (d.kind == DistributionKind::normal) return fmt::format("normal, mean {}, deviation {:g}", text(d.mean), d.deviation);
  if (d.kind != DistributionKind::values) return fmt::format("{} from {} to {}", to_text(d.kind), text(d.low), text(d.high));
  std::string list;
  for (const double value : d.values) list += (list.empty() ? "" : ", ") + text(value);
  return list;
}

/// Kept trajectories, filled point by point.
struct Kept {
  Variable variable;
  std::size_t row = 0;  ///< numbers of one run
};

class Gathering {
 public:
  explicit Gathering(const Sweep& sweep)
      : sweep_(sweep), study_(sweep.study()), points_(sweep.points.rows()), replicates_(study_.replicates), probe_(probe(sweep)) {
    const std::size_t runs = points_ * replicates_;
    outcomes_.assign(study_.outcomes.size(), std::vector<double>(runs, nan));
    status_.assign(runs, 2);
    digests_.assign(runs, "");
    messages_.assign(runs, "");
    for (const std::string& name : kept_series(study_)) keep(name);
  }

  Gathered gather() {
    for (std::size_t point = 0; point < points_; ++point) read_point(point);
    Gathered gathered{recording(), 0, 0, 0};
    for (const std::uint8_t status : status_) ++(status == 0 ? gathered.done : status == 1 ? gathered.failed : gathered.missing);
    describe(gathered);
    return gathered;
  }

 private:
  void keep(const std::string& name) {
    Kept kept{probe_.at(name), 0};
    kept.row = length(kept.variable.values);
    const bool all = study_.keep == Keep::all;
    kept.variable.dims.insert(kept.variable.dims.begin(), {"point", all ? "replicate" : "quantile"});
    kept.variable.values = std::vector<double>(points_ * (all ? replicates_ : std::size(band_quantiles)) * kept.row, nan);
    kept_.push_back(std::move(kept));
  }

  void read_point(std::size_t point) {
    std::vector<RunRecord> records(replicates_);
    for (std::uint32_t r = 0; r < replicates_; ++r) {
      const std::size_t at = point * replicates_ + r;
      if (auto record = read_record(sweep_.folder.record({point, r}), sweep_.id)) {
        status_[at] = 0;
        digests_[at] = record->digest;
        for (std::size_t o = 0; o < outcomes_.size(); ++o) outcomes_[o][at] = record->outcomes.at(o);
        records[r] = std::move(*record);
      } else if (sweep_.folder.has_failure({point, r})) {
        status_[at] = 1;
        messages_[at] = failure_message(sweep_.folder, {point, r});
      }
    }
    for (std::size_t k = 0; k < kept_.size(); ++k) fill(point, k, records);
  }

  void fill(std::size_t point, std::size_t k, const std::vector<RunRecord>& records) {
    Kept& kept = kept_[k];
    auto& values = std::get<std::vector<double>>(kept.variable.values);
    const auto known = [&](const RunRecord& record) { return k < record.series.size() && record.series[k].size() == kept.row; };
    if (study_.keep == Keep::all) {
      for (std::size_t r = 0; r < replicates_; ++r)
        if (known(records[r]))
          std::ranges::copy(records[r].series[k], values.begin() + static_cast<std::ptrdiff_t>((point * replicates_ + r) * kept.row));
      return;
    }
    std::vector<double> column;
    for (std::size_t i = 0; i < kept.row; ++i) {
      column.clear();
      for (const RunRecord& record : records)
        if (known(record)) column.push_back(record.series[k][i]);
      for (std::size_t q = 0; q < std::size(band_quantiles); ++q)
        values[(point * std::size(band_quantiles) + q) * kept.row + i] = quantile(column, band_quantiles[q]);
    }
  }

  static Variable axis(const std::string& name, std::size_t count, const std::string& long_name) {
    std::vector<std::int32_t> numbers(count);
    for (std::size_t i = 0; i < count; ++i) numbers[i] = static_cast<std::int32_t>(i);
    return {"", name, {name}, "1", long_name, std::move(numbers), {}};
  }

  /// Labels and time of the kept trajectories.
  void add_axes(Recording& result) const {
    for (const Kept& kept : kept_)
      for (const std::string& dim : kept.variable.dims)
        if (result.find(dim) == nullptr && probe_.find(dim) != nullptr) result.variables.push_back(probe_.at(dim));
    if (!kept_.empty() && study_.keep == Keep::quantiles)
      result.variables.push_back({"",
                                  "quantile",
                                  {"quantile"},
                                  "1",
                                  "share of replicates below",
                                  std::vector<double>(std::begin(band_quantiles), std::end(band_quantiles)),
                                  {}});
  }

  Variable factor_variable(std::size_t f) const {
    const Factor& factor = study_.factors[f];
    std::string keys, words;
    for (const std::string& key : factor.keys) keys += (keys.empty() ? "" : " ") + key;
    for (const std::string& word : factor.words) words += (words.empty() ? "" : "\n") + word;
    Variable variable{"", factor.name, {"point"}, std::string(to_text(factor.unit)), factor.meaning, {}, {}};
    if (factor.kind == FactorKind::word) {
      std::vector<std::string> texts;
      for (std::size_t p = 0; p < points_; ++p) texts.push_back(value_text(factor, sweep_.points.row(p)[f]));
      variable.unit = "";
      variable.values = std::move(texts);
    } else {
      std::vector<double> numbers;
      for (std::size_t p = 0; p < points_; ++p) numbers.push_back(sweep_.points.row(p)[f]);
      variable.values = std::move(numbers);
    }
    if (factor.kind == FactorKind::date) {
      variable.unit = "days since 1970-01-01";
      variable.attributes.emplace_back("calendar", "proleptic_gregorian");
    }
    variable.attributes.insert(
        variable.attributes.end(),
        {{"role", factor.lever ? "lever" : "uncertainty"}, {"keys", keys}, {"distribution", distribution_text(factor)}});
    if (!words.empty()) variable.attributes.emplace_back("words", words);
    return variable;
  }

  Recording recording() {
    Recording result;
    result.variables = {axis("point", points_, "row of the design"), axis("replicate", replicates_, "runs with other luck")};
    std::vector<std::string> names;
    for (const Factor& factor : study_.factors) names.push_back(factor.name);
    result.variables.push_back({"", "factor", {"factor"}, "", "what varies from point to point", names, {}});
    add_axes(result);
    for (std::size_t f = 0; f < study_.factors.size(); ++f) result.variables.push_back(factor_variable(f));
    result.variables.push_back({"",
                                "factor_values",
                                {"point", "factor"},
                                "1",
                                "factors as numbers: dates as days since 1970-01-01, words by place",
                                sweep_.points.values,
                                {}});
    const std::string coordinates = fmt::format("{}", fmt::join(names, " "));
    for (std::size_t o = 0; o < outcomes_.size(); ++o) {
      const Outcome& outcome = study_.outcomes[o];
      result.variables.push_back({"",
                                  outcome.name,
                                  {"point", "replicate"},
                                  outcome_unit(probe_, outcome),
                                  outcome_long_name(probe_, outcome),
                                  std::move(outcomes_[o]),
                                  {{"outcome", outcome.text}, {"coordinates", coordinates}}});
    }
    const std::vector<std::string> by_run{"point", "replicate"};
    result.variables.push_back({"",
                                "status",
                                by_run,
                                "1",
                                "whether the run is there",
                                status_,
                                {{"flag_values", "0 1 2"}, {"flag_meanings", "done failed missing"}}});
    result.variables.push_back({"", "digest", by_run, "", "of the run's whole recording", digests_, {}});
    result.variables.push_back({"", "message", by_run, "", "why the run failed", messages_, {}});
    for (Kept& kept : kept_) result.variables.push_back(std::move(kept.variable));
    return result;
  }

  void describe(Gathered& gathered) const {
    const Scenario& s = sweep_.loaded.base.scenario;
    const Design& d = study_.design;
    gathered.result.attributes = {{"Conventions", "CF-1.10"},
                                  {"kind", "sweep"},
                                  {"title", study_.title},
                                  {"summary", study_.description},
                                  {"caveat", s.caveat},
                                  {"source", "spillway " + std::string(program_version)},
                                  {"id", sweep_.id},
                                  {"schema_version", std::string(schema_version)},
                                  {"program_version", std::string(program_version)},
                                  {"model_version", std::to_string(model_version)},
                                  {"git_commit", git_commit()},
                                  {"scenario", sweep_.loaded.base.scenario.title},
                                  {"seed", std::to_string(s.seed)},
                                  {"agents", std::to_string(s.population.users)},
                                  {"common_random_numbers", study_.common_random_numbers ? "1" : "0"},
                                  {"design", std::string(to_text(d.kind))},
                                  {"design_samples", std::to_string(d.samples)},
                                  {"design_seed", std::to_string(d.seed)},
                                  {"design_second_order", d.second_order ? "1" : "0"},
                                  {"design_trajectories", std::to_string(d.trajectories)},
                                  {"design_levels", std::to_string(d.levels)},
                                  {"points", std::to_string(points_)},
                                  {"replicates", std::to_string(replicates_)},
                                  {"runs_done", std::to_string(gathered.done)},
                                  {"runs_failed", std::to_string(gathered.failed)},
                                  {"runs_missing", std::to_string(gathered.missing)},
                                  {"status", gathered.failed + gathered.missing == 0 ? "complete" : "partial"}};
    gathered.result.texts = {{"provenance/study_yaml", sweep_.loaded.source_text},
                             {"provenance/study_resolved", resolved_study(study_)},
                             {"provenance/scenario_resolved", resolved_yaml(s)},
                             {"provenance/salib_problem", salib_problem(study_)},
                             {"provenance/build", build_text()}};
  }

  const Sweep& sweep_;
  const Study& study_;
  std::size_t points_, replicates_;
  Recording probe_;
  std::vector<std::vector<double>> outcomes_;  ///< by outcome, (point, replicate)
  std::vector<std::uint8_t> status_;
  std::vector<std::string> digests_, messages_;
  std::vector<Kept> kept_;
};
}  // namespace

Gathered gather(const Sweep& sweep) { return Gathering(sweep).gather(); }

std::string summary_csv(const Sweep& sweep, const Recording& result) {
  const Study& study = sweep.study();
  std::string csv = "point,replicate";
  for (const Factor& factor : study.factors) csv += "," + csv_field(factor.name);
  for (const Outcome& outcome : study.outcomes) csv += "," + csv_field(outcome.name);
  csv += ",status,message\n";
  static constexpr const char* words[] = {"done", "failed", "missing"};
  const auto& status = std::get<std::vector<std::uint8_t>>(result.at("status").values);
  const auto& messages = std::get<std::vector<std::string>>(result.at("message").values);
  std::vector<const std::vector<double>*> columns;
  for (const Outcome& outcome : study.outcomes) columns.push_back(&std::get<std::vector<double>>(result.at(outcome.name).values));
  for (std::size_t p = 0; p < sweep.points.rows(); ++p) {
    std::string factors;
    for (std::size_t f = 0; f < study.factors.size(); ++f) factors += "," + csv_field(value_text(study.factors[f], sweep.points.row(p)[f]));
    for (std::uint32_t r = 0; r < study.replicates; ++r) {
      const std::size_t at = p * study.replicates + r;
      csv += fmt::format("{},{}{}", p, r, factors);
      for (const auto* column : columns) csv += std::isnan((*column)[at]) ? std::string(",NaN") : fmt::format(",{}", (*column)[at]);
      csv += fmt::format(",{},{}\n", words[status[at]], csv_field(messages[at]));
    }
  }
  return csv;
}

}  // namespace spillway
