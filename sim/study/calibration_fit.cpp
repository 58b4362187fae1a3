#include "study/calibration_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/ensemble_sampler.hpp"
#include "analysis/minimise.hpp"
#include "base/hash.hpp"

namespace spillway {

namespace {
constexpr double impossible = -std::numeric_limits<double>::infinity();
// Chosen: early surfaces are poor, so their waves look wide; the last ones are drawn as wide as surfaces need to hold for the posterior.
constexpr std::array temperatures{16.0, 8.0, 4.0, 2.0};
constexpr double reach = 0.15;      // of the cube's side, about a run; chosen: some posterior deviations
constexpr double far_misfit = 400;  // of one datum, 20 deviations: chosen, so that single wild data do not decide which runs are near

}  // namespace

double nearness(const Targets& targets, std::span<const double> residuals) {
  double sum = 0;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const double r = std::isnan(residuals[i]) ? farthest : residuals[i];
    sum += targets.weight(i) * std::min(r * r, far_misfit);
  }
  return sum;
}

namespace {
/// The next wave. `users` 0: as many as the calibration says.
void run_wave(const Calibration& calibration, const Targets& targets, const Matrix& points, std::uint64_t users, const std::string& folder,
              const StageRunner& runner, Waves& waves) {
  const std::size_t wave = waves.runs.size() + 1;
  std::vector<std::string> sets;
  if (users > 0) sets.push_back(fmt::format("population.users={}", users));
  const Stage how{
      fmt::format("wave_{}", wave), fmt::format("Wave {} of a calibration", wave), targets.outcomes(), std::move(sets), 1, false, {}};
  const StageRuns stage = run_stage(calibration, how, parameter_rows(calibration, points), folder, runner);
  WaveRuns runs{points, {}, {}};
  for (std::size_t p = 0; p < points.rows(); ++p) {
    append(runs.residuals, targets.residuals(stage.outcomes.row(p)));
    runs.nearness.push_back(nearness(targets, runs.residuals.row(p)));
  }
  waves.runs.push_back(std::move(runs));
}

/// The last two waves' runs, or only the nearer half of them, as one surface must not bend to what is far.
WaveRuns near_runs(const std::vector<WaveRuns>& waves, bool all) {
  WaveRuns pool;
  for (std::size_t w = waves.size() >= 2 ? waves.size() - 2 : 0; w < waves.size(); ++w)
    for (std::size_t p = 0; p < waves[w].points.rows(); ++p) {
      append(pool.points, waves[w].points.row(p));
      append(pool.residuals, waves[w].residuals.row(p));
      pool.nearness.push_back(waves[w].nearness[p]);
    }
  std::vector<std::size_t> order(pool.nearness.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return pool.nearness[a] < pool.nearness[b]; });
  const std::size_t needed = 2 * quadratic_terms(pool.points.columns);
  if (!all) order.resize(std::min(order.size(), std::max(order.size() / 2, needed)));
  WaveRuns near;
  for (const std::size_t p : order) {
    append(near.points, pool.points.row(p));
    append(near.residuals, pool.residuals.row(p));
    near.nearness.push_back(pool.nearness[p]);
  }
  return near;
}

/// By the surfaces, about the nearest run: far from all runs their optimum is a fancy.
std::vector<double> centre_of(const Misfits& misfits, std::span<const double> start) {
  std::vector<double> low, high;
  for (std::size_t i = 0; i < start.size(); ++i) {
    low.push_back(std::max(start[i] - reach, misfits.low()[i]));
    high.push_back(std::min(start[i] + reach, misfits.high()[i]));
  }
  const MinimiseOptions options{5000, 0.1, 1e-6};
  return minimise([&](std::span<const double> point) { return misfits.widened(point); }, {start.begin(), start.end()}, low, high, options)
      .at;
}

double kept_share(const Misfits& misfits, const Matrix& points, double cut) {
  double kept = 0;
  for (std::size_t p = 0; p < points.rows(); ++p) kept += misfits.implausibility(points.row(p)) <= cut ? 1 : 0;
  return kept / static_cast<double>(points.rows());
}

double smallest_misfit(const Targets& targets, const WaveRuns& runs) {
  double smallest = std::numeric_limits<double>::infinity();
  for (std::size_t p = 0; p < runs.points.rows(); ++p) smallest = std::min(smallest, misfit(targets, runs.residuals.row(p)));
  return smallest;
}

void look_back(Waves& waves, const Targets& targets, double cut, bool all) {
  const WaveRuns near = near_runs(waves.runs, all);
  waves.misfits.emplace(targets, near.points, near.residuals);
  waves.centre = centre_of(*waves.misfits, near.points.row(0));
  waves.misfits->set_best(waves.centre);
  const double freedom = static_cast<double>(targets.fitted()) - static_cast<double>(near.points.columns);
  waves.stretch = std::max(1.0, waves.misfits->widened(waves.centre) / std::max(1.0, freedom));
  waves.start = {};
  append(waves.start, waves.centre);
  for (std::size_t p = 0; p < near.points.rows() / 4; ++p) append(waves.start, near.points.row(p));
  const WaveRuns& now = waves.runs.back();
  waves.reports.push_back(
      {now.points.rows(), kept_share(*waves.misfits, now.points, cut), smallest_misfit(targets, now), waves.misfits->median_error()});
}
}  // namespace

std::vector<double> parameter_values(const Calibration& calibration, std::span<const double> point) {
  std::vector<double> values;
  for (std::size_t i = 0; i < point.size(); ++i) values.push_back(quantile_of(calibration.study.factors[i], point[i]));
  return values;
}

Matrix parameter_rows(const Calibration& calibration, const Matrix& points) {
  Matrix values{points.columns, {}};
  for (std::size_t p = 0; p < points.rows(); ++p) append(values, parameter_values(calibration, points.row(p)));
  return values;
}

Matrix starts_for(const Waves& waves, const LogDensity& density) {
  Matrix starts{waves.start.columns, {}};
  for (std::size_t p = 0; p < waves.start.rows(); ++p) {
    std::vector<double> point(waves.start.row(p).begin(), waves.start.row(p).end());
    for (int halving = 0; halving < 12 && std::isinf(density(point)); ++halving)
      for (std::size_t i = 0; i < point.size(); ++i) point[i] = 0.5 * (point[i] + waves.centre[i]);
    if (!std::isinf(density(point))) append(starts, point);
  }
  return starts;
}

Matrix draw_open(const Waves& waves, double temperature, double cut, std::size_t rows, std::uint64_t seed) {
  const Misfits& misfits = *waves.misfits;
  const LogDensity density = [&](std::span<const double> point) {
    if (!misfits.inside(point) || misfits.implausibility(point) > cut) return impossible;
    return -0.5 * misfits.widened(point) / temperature;
  };
  SamplerOptions options;
  options.walkers = std::max<std::size_t>(64, 4 * misfits.columns());
  options.warm_up = 1000;
  options.thin = 20;  // chosen: about an autocorrelation time
  options.steps = options.thin * ((rows + options.walkers - 1) / options.walkers);
  options.seed = seed;
  Matrix points = draw_from(density, starts_for(waves, density), options).points;
  points.values.resize(rows * points.columns);
  return points;
}

Waves run_waves(const Calibration& calibration, const Targets& targets, const std::string& folder, const StageRunner& runner) {
  const CalibrationMethod& method = calibration.method;
  Waves waves;
  Matrix points = sobol_points(method.points, calibration.study.factors.size(), method.seed);
  for (std::size_t w = 0; w < method.waves; ++w) {
    run_wave(calibration, targets, points, 0, folder, runner, waves);
    look_back(waves, targets, method.cut, false);
    waves.temperature = temperatures[std::min(w, temperatures.size() - 1)] * waves.stretch;
    points = draw_open(waves, waves.temperature, method.cut, method.points, chain(method.seed, w));
  }
  waves.open = std::move(points);
  return waves;
}

void look_about(const Calibration& calibration, const Targets& targets, const std::vector<double>& optimum, const std::string& folder,
                const StageRunner& runner, Waves& waves) {
  const CalibrationMethod& method = calibration.method;
  const std::vector<double> middle = mean_row(waves.open);
  Matrix points{optimum.size(), {}};
  for (std::size_t p = 0; p < waves.open.rows(); ++p)
    for (std::size_t c = 0; c < optimum.size(); ++c)
      points.values.push_back(std::clamp(waves.open.row(p)[c] + optimum[c] - middle[c], 0.0, 1.0));
  for (const bool last : {false, true}) {
    run_wave(calibration, targets, points, method.search_users, folder, runner, waves);
    look_back(waves, targets, method.cut, last);
    waves.temperature = temperatures.back() * waves.stretch;
    if (!last) points = draw_open(waves, waves.temperature, method.cut, method.points, chain(method.seed, method.waves));
  }
}

}  // namespace spillway
