// A sensitivity made by hand, of the factors in sample_sweeps.hpp.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "model/sensitivity.hpp"

namespace spillway::testing {

/// `leading` are mu*, total or correlation by factor, with intervals of `half` to both sides; first = 0.9 total, sigma = mu* / 4.
inline Sensitivity made_sensitivity(SensitivityMethod method, const std::vector<std::string>& factors, const std::vector<double>& leading,
                                    double half, std::size_t levers) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  Sensitivity found;
  found.method = method, found.points = 270, found.replicates = 3;
  OutcomeSensitivity outcome{
      "monthly_active_users.wechat@end", "people who used the platform, wechat, at the end", "1", 5.9e8, 1.2e7, 0.03, 270, {}, {}};
  for (std::size_t f = 0; f < factors.size(); ++f) {
    const auto index = [&](double value) { return SensitivityIndex{value, value - half, value + half}; };
    const SensitivityIndex none{nan, nan, nan};
    FactorInfluence factor{factors[f], f < levers, none, none, none, none, none, none};
    if (method == SensitivityMethod::morris)
      factor.mu_star = index(leading[f]), factor.mu = index(-leading[f]), factor.sigma = index(leading[f] / 4);
    if (method == SensitivityMethod::sobol) factor.first = index(0.9 * leading[f]), factor.total = index(leading[f]);
    if (method == SensitivityMethod::prcc) factor.correlation = index(leading[f]);
    outcome.factors.push_back(factor);
  }
  if (method == SensitivityMethod::sobol && factors.size() > 1) outcome.interactions = {{factors[0], factors[1], {0.05, 0.01, 0.09}}};
  found.outcomes = {outcome};
  return found;
}

}  // namespace spillway::testing
