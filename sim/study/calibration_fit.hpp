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

/// What the waves leave open. Points are in the unit cube.
struct Waves {
  std::vector<WaveReport> reports;
  std::optional<Misfits> misfits;  ///< through the last two waves' runs
  double temperature = 1;          ///< at which the last wave's points were drawn, and worlds of the recovery are
  std::vector<double> centre;      ///< of the smallest widened misfit by the surfaces
  double stretch = 1;              ///< of variances: misfit at the centre over its degrees of freedom, at least 1 (Birge 1932)
  Matrix start;                    ///< points with small misfits, where samplers begin
};

/// Values of the parameters at a point of the unit cube.
std::vector<double> parameter_values(const Calibration& calibration, std::span<const double> point);

/// Throws Stopped, InputError, FileError.
Waves run_waves(const Calibration& calibration, const Targets& targets, const std::string& folder, const StageRunner& runner);

/// Points of `waves.start` that have this density, halved towards the centre as often as needed: where a sampler begins.
Matrix starts_for(const Waves& waves, const LogDensity& density);

/// Draws from exp(-widened misfit / (2 temperature)), where the surfaces were fitted and implausibility is at most `cut`; `rows` of them.
Matrix draw_open(const Waves& waves, double temperature, double cut, std::size_t rows, std::uint64_t seed);

}  // namespace spillway
