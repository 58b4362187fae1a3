// What surfaces through the runs of a wave say about misfits, and how sure they are: history matching's implausibility (Craig et al. 1997),
// and the density from which points and the posterior are drawn.
#pragma once

#include <span>
#include <vector>

#include "analysis/response_surface.hpp"
#include "analysis/targets.hpp"

namespace spillway {

/// All points are in the unit cube: quantiles of the priors.
class Misfits {
 public:
  /// Residuals row by row, one column for each datum, NaN where a run says nothing.
  Misfits(const Targets& targets, const Matrix& points, const Matrix& residuals);

  std::size_t columns() const { return low_.size(); }
  /// By the surfaces, in deviations of the data.
  std::vector<double> residuals(std::span<const double> point) const;
  /// Deviation of a run about the surface of datum i (lack of fit and luck), in deviations of the data.
  double error(std::size_t i) const { return errors_[i]; }
  double median_error() const;  ///< over the fitted data

  /// Sum over data of w (r - shift)^2 / (1 + error^2): the data's deviations widened by what the surfaces do not know. `shift` are other
  /// data's residuals; empty: none.
  double widened(std::span<const double> point, std::span<const double> shift = {}) const;

  /// Largest |r| / sqrt(1 + error^2 + discrepancy^2) over the fitted data.
  double implausibility(std::span<const double> point) const;
  /// What not even this point meets counts as the model's own discrepancy from then on.
  void set_best(std::span<const double> point);

  /// Whether the surfaces were fitted about there: within the ends of the runs' coordinates.
  bool inside(std::span<const double> point) const;
  const std::vector<double>& low() const { return low_; }
  const std::vector<double>& high() const { return high_; }

 private:
  const Targets& targets_;
  ResponseSurfaces surfaces_;
  std::vector<double> errors_, discrepancies_, low_, high_;
};

}  // namespace spillway
