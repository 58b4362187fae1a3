// Elementary effects: Morris (1991); mu* of Campolongo, Cariboni, Saltelli (2007), "An effective screening design for sensitivity
// analysis of large models". A factor's effect in a trajectory is
//
//   EE = (y after - y before) / (sign * levels / (2 (levels - 1)))
//
// in units of the outcome for the factor's whole range, as the step is taken in the unit cube: factors are only known in their own
// units, but Morris's steps are all of one length, and values grow with their place in the unit cube, so the sign is enough.
// mu is the mean of effects, mu* of their absolute values, sigma their standard deviation (n - 1). Trajectories are resampled.
#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <optional>

#include "analysis/bootstrap.hpp"
#include "analysis/indices.hpp"
#include "base/error.hpp"

namespace spillway {

namespace {
/// The factor that a step moves, and whether upwards; nothing where the step changes no value.
struct Step {
  std::optional<std::size_t> factor;
  double sign = 1;
};

Step step_of(const SweepData& data, std::size_t row) {
  Step step;
  const auto before = data.points.row(row), after = data.points.row(row + 1);
  for (std::size_t j = 0; j < before.size(); ++j) {
    if (before[j] == after[j]) continue;
    if (step.factor)
      throw InputError(
          fmt::format("points {} and {} differ in '{}' and '{}', so they are no step of a morris design; indices need its rows "
                      "in their order",
                      row, row + 1, data.factors[*step.factor].name, data.factors[j].name));
    step = {j, after[j] > before[j] ? 1.0 : -1.0};
  }
  return step;
}

/// Effects of one trajectory by factor. A step that changes no value (levels that round to one number) is one of a factor that no
/// other step moves; where there are several such, which is which does not matter, as none of them does anything but by luck.
std::vector<double> effects_of(const SweepData& data, const std::vector<double>& y, std::size_t first) {
  const std::size_t k = data.factor_count();
  const double length = static_cast<double>(data.levels) / (2.0 * static_cast<double>(data.levels - 1));
  std::vector<double> effects(k, std::numeric_limits<double>::quiet_NaN()), unmoved;
  for (std::size_t t = first; t < first + k; ++t) {
    const Step step = step_of(data, t);
    const double effect = (y[t + 1] - y[t]) / (step.sign * length);
    if (!step.factor) {
      unmoved.push_back(effect);
    } else if (!std::isnan(effects[*step.factor])) {
      throw InputError(fmt::format("two steps from point {} on move '{}', so they are no trajectory of a morris design", first,
                                   data.factors[*step.factor].name));
    } else {
      effects[*step.factor] = effect;
    }
  }
  for (double& effect : effects)
    if (std::isnan(effect)) effect = unmoved.back(), unmoved.pop_back();
  return effects;
}

bool all_there(const std::vector<double>& y, std::size_t first, std::size_t count) {
  for (std::size_t i = first; i < first + count; ++i)
    if (std::isnan(y[i])) return false;
  return true;
}

/// mu, mu* and sigma of factor j out of column means of: effect - centre, |effect|, (effect - centre)^2.
double mu_of(std::span<const double> means, std::size_t j, double centre) { return centre + means[3 * j]; }
double sigma_of(std::span<const double> means, std::size_t j, double count) {
  return std::sqrt(std::max(0.0, means[3 * j + 2] - means[3 * j] * means[3 * j]) * count / (count - 1));
}

void fill(const SweepData& data, const Matrix& effects, Finding finding) {
  const auto count = static_cast<double>(effects.rows());
  const std::vector<double> centres = column_means(effects);
  Matrix terms{3 * effects.columns, {}};
  for (std::size_t i = 0; i < effects.rows(); ++i)
    for (std::size_t j = 0; j < effects.columns; ++j) {
      const double e = effects.row(i)[j], off = e - centres[j];
      terms.values.insert(terms.values.end(), {off, std::abs(e), off * off});
    }
  const std::vector<double> means = column_means(terms);
  const Matrix resampled = resampled_means(terms, data.options.resamples, data.options.seed);
  for (std::size_t j = 0; j < effects.columns; ++j) {
    std::vector<double> mu, mu_star, sigma;
    for (std::size_t b = 0; b < resampled.rows(); ++b) {
      mu.push_back(mu_of(resampled.row(b), j, centres[j]));
      mu_star.push_back(resampled.row(b)[3 * j + 1]);
      sigma.push_back(sigma_of(resampled.row(b), j, count));
    }
    FactorInfluence& factor = finding.out.factors[j];
    factor.mu = with_interval(mu_of(means, j, centres[j]), mu, data.options.confidence);
    factor.mu_star = with_interval(means[3 * j + 1], mu_star, data.options.confidence);
    factor.sigma = with_interval(sigma_of(means, j, count), sigma, data.options.confidence);
  }
}
}  // namespace

void morris_indices(const SweepData& data, const OutcomeData& outcome, Finding finding) {
  constexpr std::size_t fewest = 4;  // of the 4 to 10 that Campolongo et al. (2007) find enough
  const std::size_t length = data.factor_count() + 1, trajectories = data.points.rows() / length;
  if (trajectories * length != data.points.rows() || data.levels < 2)
    throw InputError(
        fmt::format("a morris design of {} factors has trajectories of {} points and at least 2 levels; here are {} points and {} "
                    "levels",
                    data.factor_count(), length, data.points.rows(), data.levels));
  Matrix effects{data.factor_count(), {}};
  for (std::size_t t = 0; t < trajectories; ++t) {
    if (!all_there(outcome.means, t * length, length)) continue;
    const std::vector<double> own = effects_of(data, outcome.means, t * length);
    effects.values.insert(effects.values.end(), own.begin(), own.end());
  }
  const std::size_t used = effects.rows();
  finding.out.rows = used * length;
  if (used < trajectories)
    finding.warnings.push_back(fmt::format("{}: {} of {} trajectories are left out, as {} points have no value.", outcome.name,
                                           trajectories - used, trajectories, outcome.missing));
  if (used < fewest)
    finding.warnings.push_back(fmt::format("{}: {} {} too few to rank factors; 4 to 10 are usual.", outcome.name, used,
                                           used == 1 ? "trajectory is" : "trajectories are"));
  if (used >= 2) fill(data, effects, finding);
}

}  // namespace spillway
