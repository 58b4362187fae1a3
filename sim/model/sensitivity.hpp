// Which factor moves an outcome, and how surely we know: what analysis finds in a sweep and report tells.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace spillway {

enum class SensitivityMethod { morris, sobol, prcc };
std::string_view to_text(SensitivityMethod method);

/// With its bootstrap interval; NaN bounds where there is none.
struct SensitivityIndex {
  double value = 0, low = 0, high = 0;
};

/// One factor's influence on one outcome. Which members are used is the method's matter:
/// morris mu, mu_star, sigma; sobol first, total; prcc correlation.
struct FactorInfluence {
  std::string factor;
  bool lever = true;
  SensitivityIndex mu, mu_star, sigma;
  SensitivityIndex first, total;
  SensitivityIndex correlation;
};

/// Sobol's second order: what two factors do together beyond what each does alone.
struct Interaction {
  std::string first, second;
  SensitivityIndex index;
};

struct OutcomeSensitivity {
  std::string outcome, long_name, unit;
  double mean = 0, deviation = 0;  ///< over points
  /// Variance of a point's mean over replicates, less what a replicate has in common at all points, as a share of the variance between
  /// points; NaN with one replicate.
  double noise = 0;
  std::size_t rows = 0;                  ///< points that could be used
  std::vector<FactorInfluence> factors;  ///< in the study's order
  std::vector<Interaction> interactions;
};

struct Sensitivity {
  SensitivityMethod method = SensitivityMethod::prcc;
  double confidence = 0.95;
  std::size_t points = 0, replicates = 0;
  std::vector<OutcomeSensitivity> outcomes;
  std::vector<std::string> warnings;  ///< sentences: sample too small, noise too large, points missing
};

}  // namespace spillway
