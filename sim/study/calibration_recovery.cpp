#include "study/calibration_recovery.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/ensemble.hpp"
#include "analysis/ensemble_sampler.hpp"
#include "analysis/study_draws.hpp"
#include "base/hash.hpp"
#include "base/math.hpp"

namespace spillway {

namespace {
constexpr double impossible = -std::numeric_limits<double>::infinity();
constexpr double nominal = 0.90;
constexpr std::size_t world_draws = 2048;  // of each world's posterior; chosen: interval ends are then sure to some percent of its width

Stage recovery_stage(const Targets& targets, std::uint64_t users) {
  return {"recovery",
          "Synthetic worlds of a calibration's parameter recovery",
          targets.outcomes(),
          {fmt::format("population.users={}", users)},
          1,
          false,
          {}};
}

/// Residuals of a world's data against the record's: what its run gave, and an error of measurement of one deviation.
std::vector<double> blurred(std::vector<double> residuals, std::size_t world, std::uint64_t seed) {
  for (std::size_t i = 0; i < residuals.size(); ++i) {
    const Draw d = study_draw(seed, world, i, Stream::synthetic_data);
    residuals[i] += static_cast<double>(normal_quantile_f(static_cast<float>(unit_number(d.word[0], d.word[1]))));
  }
  return residuals;
}
}  // namespace

Matrix posterior_draws(const Waves& waves, std::span<const double> shift, double prior_temperature, std::size_t draws, std::uint64_t seed) {
  const Misfits& misfits = *waves.misfits;
  const LogDensity density = [&](std::span<const double> point) {
    if (!misfits.inside(point)) return impossible;
    const double before = std::isinf(prior_temperature) ? 0 : -0.5 * misfits.widened(point) / prior_temperature;
    return before - 0.5 * misfits.widened(point, shift) / (shift.empty() ? waves.stretch : 1);
  };
  SamplerOptions options;
  options.walkers = std::max<std::size_t>(64, 4 * misfits.columns());
  options.warm_up = 600;
  options.thin = 10;
  options.steps = options.thin * ((draws + options.walkers - 1) / options.walkers);
  options.seed = seed;
  Matrix points = draw_from(density, starts_for(waves, density), options).points;
  points.values.resize(std::min(points.rows(), draws) * points.columns);
  return points;
}

Interval interval_of(const Matrix& draws, std::size_t column) {
  std::vector<double> values;
  for (std::size_t r = 0; r < draws.rows(); ++r) values.push_back(draws.row(r)[column]);
  return {quantile(values, 0.5 * (1 - nominal)), quantile(values, 0.5), quantile(values, 0.5 * (1 + nominal))};
}

Recovery recover(const Calibration& calibration, const Targets& targets, const Waves& waves, const std::string& folder,
                 const StageRunner& runner) {
  const std::size_t worlds = calibration.method.worlds;
  Recovery recovery{worlds, std::vector<double>(calibration.study.factors.size(), 0.0)};
  if (worlds == 0) return recovery;
  const std::uint64_t seed = chain(calibration.method.seed, hash_text("recovery"));
  const Matrix truths = draw_open(waves, waves.temperature, std::numeric_limits<double>::infinity(), worlds, seed);
  const StageRuns runs =
      run_stage(calibration, recovery_stage(targets, calibration.method.search_users), parameter_rows(calibration, truths), folder, runner);
  for (std::size_t w = 0; w < worlds; ++w) {
    const std::vector<double> shift = blurred(targets.residuals(runs.outcomes.row(w)), w, seed);
    const Matrix draws = posterior_draws(waves, shift, waves.temperature, world_draws, chain(seed, w));
    for (std::size_t c = 0; c < truths.columns; ++c) {
      const Interval interval = interval_of(draws, c);
      const double truth = truths.row(w)[c];
      if (truth >= interval.low && truth <= interval.high) recovery.coverage[c] += 1.0 / static_cast<double>(worlds);
    }
  }
  return recovery;
}

}  // namespace spillway
