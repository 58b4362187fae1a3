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
constexpr double far_misfit = 400;  // of one datum, 20 deviations: chosen, so that single wild data do not decide which runs are near

/// Runs of a wave in the unit cube.
struct Runs {
  Matrix points, residuals;
  std::vector<double> nearness;  ///< sum of weighted squared residuals, each cut off: which runs are near
};

double nearness_of(const Targets& targets, std::span<const double> residuals) {
  double sum = 0;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const double r = std::isnan(residuals[i]) ? farthest : residuals[i];
    sum += targets.weight(i) * std::min(r * r, far_misfit);
  }
  return sum;
}

void append(Matrix& rows, std::span<const double> row) {
  rows.columns = row.size();
  rows.values.insert(rows.values.end(), row.begin(), row.end());
}

Stage wave_stage(const Targets& targets, std::size_t wave) {
  return {fmt::format("wave_{}", wave + 1), fmt::format("Wave {} of a calibration", wave + 1), targets.outcomes(), {}, 1, false, {}};
}

Runs run_wave(const Calibration& calibration, const Targets& targets, const Matrix& points, std::size_t wave, const std::string& folder,
              const StageRunner& runner) {
  Matrix values;
  for (std::size_t p = 0; p < points.rows(); ++p) append(values, parameter_values(calibration, points.row(p)));
  const StageRuns stage = run_stage(calibration, wave_stage(targets, wave), values, folder, runner);
  Runs runs{points, {}, {}};
  for (std::size_t p = 0; p < points.rows(); ++p) {
    append(runs.residuals, targets.residuals(stage.outcomes.row(p)));
    runs.nearness.push_back(nearness_of(targets, runs.residuals.row(p)));
  }
  return runs;
}

/// The last two waves' runs. But for the last wave only the nearer half of them, as one surface must not bend to what is far.
Runs near_runs(const std::vector<Runs>& waves, bool last) {
  Runs pool;
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
  if (!last) order.resize(std::min(order.size(), std::max(order.size() / 2, needed)));
  Runs near;
  for (const std::size_t p : order) {
    append(near.points, pool.points.row(p));
    append(near.residuals, pool.residuals.row(p));
    near.nearness.push_back(pool.nearness[p]);
  }
  return near;
}

/// By the surfaces, from the nearest run.
std::vector<double> centre_of(const Misfits& misfits, std::span<const double> start) {
  const MinimiseOptions options{5000, 0.1, 1e-6};
  return minimise([&](std::span<const double> point) { return misfits.widened(point); }, {start.begin(), start.end()}, misfits.low(),
                  misfits.high(), options)
      .at;
}

double kept_share(const Misfits& misfits, const Matrix& points, double cut) {
  double kept = 0;
  for (std::size_t p = 0; p < points.rows(); ++p) kept += misfits.implausibility(points.row(p)) <= cut ? 1 : 0;
  return kept / static_cast<double>(points.rows());
}

double smallest_misfit(const Targets& targets, const Runs& runs) {
  double smallest = std::numeric_limits<double>::infinity();
  for (std::size_t p = 0; p < runs.points.rows(); ++p) smallest = std::min(smallest, misfit(targets, runs.residuals.row(p)));
  return smallest;
}

void look_back(Waves& waves, const Targets& targets, const std::vector<Runs>& runs, double cut, bool last) {
  const Runs near = near_runs(runs, last);
  waves.misfits.emplace(targets, near.points, near.residuals);
  waves.centre = centre_of(*waves.misfits, near.points.row(0));
  waves.misfits->set_best(waves.centre);
  const double freedom = static_cast<double>(targets.fitted()) - static_cast<double>(near.points.columns);
  waves.stretch = std::max(1.0, waves.misfits->widened(waves.centre) / std::max(1.0, freedom));
  waves.start = {};
  append(waves.start, waves.centre);
  for (std::size_t p = 0; p < near.points.rows() / 4; ++p) append(waves.start, near.points.row(p));
  const Runs& now = runs.back();
  waves.reports.push_back(
      {now.points.rows(), kept_share(*waves.misfits, now.points, cut), smallest_misfit(targets, now), waves.misfits->median_error()});
}
}  // namespace

std::vector<double> parameter_values(const Calibration& calibration, std::span<const double> point) {
  std::vector<double> values;
  for (std::size_t i = 0; i < point.size(); ++i) values.push_back(quantile_of(calibration.study.factors[i], point[i]));
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
  std::vector<Runs> runs;
  Matrix points = sobol_points(method.points, calibration.study.factors.size(), method.seed);
  for (std::size_t w = 0; w < method.waves; ++w) {
    const bool last = w + 1 == method.waves;
    runs.push_back(run_wave(calibration, targets, points, w, folder, runner));
    look_back(waves, targets, runs, method.cut, last);
    if (last) break;
    waves.temperature = temperatures[std::min(w, temperatures.size() - 1)] * waves.stretch;
    points = draw_open(waves, waves.temperature, method.cut, method.points, chain(method.seed, w));
  }
  return waves;
}

}  // namespace spillway
