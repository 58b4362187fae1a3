// From the priors to what the data leave open: waves of runs, each where the surfaces through the last ones say that it may fit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/ensemble_sampler.hpp"
#include "analysis/misfits.hpp"
#include "analysis/targets.hpp"
#include "study/calibration_stage.hpp"

namespace spillway {

/// WaveRuns of a wave in the unit cube.
struct WaveRuns {
  Matrix points, residuals;
  std::vector<double> nearness;
};

/// Sum of weighted squared residuals, each cut off: which runs are near.
double nearness(const Targets& targets, std::span<const double> residuals);

/// What the waves leave open. Points are in the unit cube.
struct Waves {
  std::vector<WaveRuns> runs;
  std::vector<WaveReport> reports;
  std::optional<Misfits> misfits;  ///< through the last two waves' runs
  double temperature = 1;          ///< at which the last wave's points were drawn, and worlds of the recovery are
  std::vector<double> centre;      ///< of the smallest widened misfit by the surfaces
  double stretch = 1;              ///< of variances: misfit at the centre over its degrees of freedom, at least 1 (Birge 1932)
  Matrix start;                    ///< points with small misfits, where samplers begin
  Matrix open;                     ///< drawn from what is left after the first waves
};

/// Values of the parameters at a point of the unit cube.
std::vector<double> parameter_values(const Calibration& calibration, std::span<const double> point);
/// Of each row.
Matrix parameter_rows(const Calibration& calibration, const Matrix& points);

/// method.waves of them, with the calibration's own users. Throws Stopped, InputError, FileError.
Waves run_waves(const Calibration& calibration, const Targets& targets, const std::string& folder, const StageRunner& runner);

/// Two more waves, with method.search_users, about the optimum found meanwhile: the first one is `waves.open` moved there. The posterior
/// rests on these. Throws Stopped, InputError, FileError.
void look_about(const Calibration& calibration, const Targets& targets, const std::vector<double>& optimum, const std::string& folder,
                const StageRunner& runner, Waves& waves);

/// Points of `waves.start` that have this density, halved towards the centre as often as needed: where a sampler begins.
Matrix starts_for(const Waves& waves, const LogDensity& density);

/// Draws from exp(-widened misfit / (2 temperature)), where the surfaces were fitted and implausibility is at most `cut`; `rows` of them.
Matrix draw_open(const Waves& waves, double temperature, double cut, std::size_t rows, std::uint64_t seed);

}  // namespace spillway
