#include "study/calibration_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <utility>

#include "analysis/descent.hpp"

namespace spillway {

namespace {
constexpr double first_difference = 0.03;  // of a prior's quantiles; chosen: residuals bend over more and are rough over less
constexpr std::uint32_t luck_runs = 16;    // chosen: gives a deviation to a fifth

/// The runs of a search: its folder, and the luck that all its points share.
struct Searcher {
  const Calibration& calibration;
  const Targets& targets;
  const std::string& folder;
  StageRunner runner;

  Matrix rounded(const Matrix& points) const {
    Matrix rows{points.columns, {}};
    for (std::size_t p = 0; p < points.rows(); ++p)
      for (const double value : parameter_values(calibration, points.row(p)))
        rows.values.push_back(std::strtod(fmt::format("{:.4g}", value).c_str(), nullptr));
    return rows;
  }
  Matrix outcomes(const std::string& name, std::uint64_t users, std::uint64_t runs, const Matrix& points) const {
    const Stage stage{name,
                      "Search of a calibration",
                      targets.outcomes(),
                      {fmt::format("population.users={}", users)},
                      static_cast<std::uint32_t>(runs),
                      true,
                      {}};
    return run_stage(calibration, stage, rounded(points), folder, runner).outcomes;
  }
};

/// Of each datum's residual over runs that differ in luck only.
std::vector<double> luck_of(const Searcher& searcher, std::span<const double> point) {
  const Matrix outcomes =
      searcher.outcomes("search/luck", searcher.calibration.method.search_users, luck_runs, {point.size(), {point.begin(), point.end()}});
  std::vector<double> luck;
  for (std::size_t i = 0; i < searcher.targets.size(); ++i) {
    double sum = 0, squares = 0, known = 0;
    for (std::size_t r = 0; r < outcomes.rows(); ++r) {
      const double residual = searcher.targets.residuals(outcomes.row(r))[i];
      if (std::isnan(residual)) continue;
      ++known, sum += residual, squares += residual * residual;
    }
    luck.push_back(known < 2 ? 0 : std::sqrt(std::max(0.0, (squares - sum * sum / known) / (known - 1))));
  }
  return luck;
}

/// As the descents see them: of fitted data alone, by their weights, in deviations widened by luck.
void append_widened(const Targets& targets, std::span<const double> outcomes, std::span<const double> luck, Matrix& rows) {
  const std::vector<double> residuals = targets.residuals(outcomes);
  std::vector<double> row;
  for (std::size_t i = 0; i < residuals.size(); ++i)
    if (targets.weight(i) > 0)
      row.push_back(std::sqrt(targets.weight(i) / (1 + luck[i] * luck[i])) * (std::isnan(residuals[i]) ? farthest : residuals[i]));
  append(rows, row);
}

/// All descents' next questions in one sweep.
void take_turn(const Searcher& searcher, std::span<const double> luck, const std::string& name, std::vector<Descent>& descents) {
  Matrix points;
  std::vector<std::size_t> ends;
  for (Descent& descent : descents) {
    const Matrix& asked = descent.ask();
    for (std::size_t p = 0; p < asked.rows(); ++p) append(points, asked.row(p));
    ends.push_back(points.rows());
  }
  const Matrix outcomes = searcher.outcomes(name, searcher.calibration.method.search_users, 1, points);
  for (std::size_t d = 0; d < descents.size(); ++d) {
    Matrix residuals;
    for (std::size_t p = d == 0 ? 0 : ends[d - 1]; p < ends[d]; ++p) append_widened(searcher.targets, outcomes.row(p), luck, residuals);
    descents[d].tell(residuals);
  }
}

Matrix descend(const Searcher& searcher, const Matrix& starts) {
  const std::vector<double> luck = luck_of(searcher, starts.row(0));
  std::vector<Descent> descents;
  for (std::size_t s = 0; s < starts.rows(); ++s)
    descents.emplace_back(std::vector<double>(starts.row(s).begin(), starts.row(s).end()), first_difference);
  for (std::uint64_t turn = 1; turn <= 2 * searcher.calibration.method.steps; ++turn)
    take_turn(searcher, luck, fmt::format("search/{:03}", turn), descents);
  Matrix ends;
  for (const Descent& descent : descents) append(ends, descent.at());
  return ends;
}
}  // namespace

Matrix starts_of(const Waves& waves, std::uint64_t starts) {
  std::vector<std::pair<std::size_t, std::size_t>> order;  // wave, run
  for (std::size_t w = 0; w < waves.runs.size(); ++w)
    for (std::size_t p = 0; p < waves.runs[w].nearness.size(); ++p) order.emplace_back(w, p);
  std::stable_sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    return waves.runs[a.first].nearness[a.second] < waves.runs[b.first].nearness[b.second];
  });
  Matrix points;
  append(points, waves.centre);
  for (const auto& [wave, run] : order)
    if (points.rows() < starts) append(points, waves.runs[wave].points.row(run));
  return points;
}

Optimum search(const Calibration& calibration, const Targets& targets, const Matrix& starts, const std::string& folder,
               const StageRunner& runner) {
  const CalibrationMethod& method = calibration.method;
  Searcher searcher{calibration, targets, folder, runner};
  searcher.runner.plan_only = false;  // a step is too little for a cluster's queue
  const Matrix ends = descend(searcher, starts);
  const Matrix outcomes = searcher.outcomes("final", method.final_users, method.final_runs, ends);
  const Matrix parameters = searcher.rounded(ends);
  std::optional<Optimum> best;
  for (std::size_t p = 0; p < ends.rows(); ++p) {
    Matrix replicates{outcomes.columns, {}};
    for (std::size_t r = 0; r < method.final_runs; ++r) append(replicates, outcomes.row(p * method.final_runs + r));
    Optimum now{{ends.row(p).begin(), ends.row(p).end()}, {parameters.row(p).begin(), parameters.row(p).end()}, mean_row(replicates), 0};
    now.misfit = misfit(targets, targets.residuals(now.outcomes));
    if (!best || now.misfit < best->misfit) best = std::move(now);
  }
  return *best;
}

}  // namespace spillway
