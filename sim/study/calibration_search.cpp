#include "study/calibration_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "analysis/cma_es.hpp"
#include "base/hash.hpp"

namespace spillway {

namespace {
constexpr double first_step = 0.5;  // of the cloud's deviations; chosen: the start is better than most of the cloud
constexpr double edge = 1e-3;       // quantile at which a prior ends for the search, so that a normal one ends, too
constexpr double fence = 1e4;       // misfit of a side's length beyond the ends; chosen: a hundredth of a side is a datum's deviation

std::vector<double> moved_inside(std::span<const double> point) {
  std::vector<double> inside;
  for (const double x : point) inside.push_back(std::clamp(x, edge, 1 - edge));
  return inside;
}

double outside(std::span<const double> point) {
  double sum = 0;
  for (const double x : point) sum += (x - std::clamp(x, edge, 1 - edge)) * (x - std::clamp(x, edge, 1 - edge));
  return fence * sum;
}

Matrix rounded_rows(const Calibration& calibration, const Matrix& points) {
  Matrix rows{points.columns, {}};
  for (std::size_t p = 0; p < points.rows(); ++p)
    for (const double value : parameter_values(calibration, moved_inside(points.row(p))))
      rows.values.push_back(std::strtod(fmt::format("{:.4g}", value).c_str(), nullptr));
  return rows;
}

Matrix run_points(const Calibration& calibration, const Targets& targets, const std::string& name, std::vector<std::string> sets,
                  std::uint64_t runs, const Matrix& points, const std::string& folder, const StageRunner& runner) {
  const Stage stage{name, "Search of a calibration", targets.outcomes(), std::move(sets), static_cast<std::uint32_t>(runs), true, {}};
  return run_stage(calibration, stage, rounded_rows(calibration, points), folder, runner).outcomes;
}

/// The means of all generations, first to last.
Matrix evolve(const Calibration& calibration, const Targets& targets, CmaEs& strategy, const std::string& folder,
              const StageRunner& runner) {
  const CalibrationMethod& method = calibration.method;
  Matrix means{strategy.mean().size(), {}};
  for (std::uint64_t g = 1; g <= method.generations; ++g) {
    const Matrix points = strategy.ask();
    const Matrix outcomes = run_points(calibration, targets, fmt::format("search/{:03}", g),
                                       {fmt::format("population.users={}", method.search_users), fmt::format("seed={}", method.seed + g)},
                                       1, points, folder, runner);
    std::vector<double> values;
    for (std::size_t p = 0; p < points.rows(); ++p)
      values.push_back(nearness(targets, targets.residuals(outcomes.row(p))) + outside(points.row(p)));
    strategy.tell(values);
    means.values.insert(means.values.end(), strategy.mean().begin(), strategy.mean().end());
  }
  return means;
}

/// Means over the last 1, 2, 4, ... generations' means; the start alone where there is no generation.
Matrix ends_of(const std::vector<double>& start, const Matrix& means, std::uint64_t most) {
  Matrix ends{start.size(), {}};
  std::size_t last = 1;
  for (std::uint64_t k = 0; k < most && last <= means.rows(); ++k, last *= 2)
    for (std::size_t c = 0; c < start.size(); ++c) {
      double sum = 0;
      for (std::size_t g = means.rows() - last; g < means.rows(); ++g) sum += means.row(g)[c];
      ends.values.push_back(sum / static_cast<double>(last));
    }
  if (ends.values.empty()) ends.values = start;
  return ends;
}
}  // namespace

Optimum search(const Calibration& calibration, const Targets& targets, const std::vector<double>& start, const Matrix& cloud,
               const std::string& folder, const StageRunner& runner) {
  const CalibrationMethod& method = calibration.method;
  StageRunner here = runner;
  here.plan_only = false;  // a generation is too little for a cluster's queue
  CmaEs strategy(start, cloud, first_step, method.search_points, chain(method.seed, hash_text("search")));
  const Matrix ends = ends_of(start, evolve(calibration, targets, strategy, folder, here), method.final_points);
  const Matrix outcomes = run_points(calibration, targets, "final", {fmt::format("population.users={}", method.final_users)},
                                     method.final_runs, ends, folder, here);
  const Matrix parameters = rounded_rows(calibration, ends);
  std::optional<Optimum> best;
  for (std::size_t p = 0; p < ends.rows(); ++p) {
    Matrix replicates{outcomes.columns, {}};
    for (std::size_t r = 0; r < method.final_runs; ++r) append(replicates, outcomes.row(p * method.final_runs + r));
    Optimum now{moved_inside(ends.row(p)), {parameters.row(p).begin(), parameters.row(p).end()}, mean_row(replicates), 0};
    now.misfit = misfit(targets, targets.residuals(now.outcomes));
    if (!best || now.misfit < best->misfit) best = std::move(now);
  }
  return *best;
}

}  // namespace spillway
