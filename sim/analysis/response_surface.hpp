// A polynomial of second degree through the outcomes of many runs (Box and Wilson 1951): a cheap stand-in for the model.
#pragma once

#include <span>
#include <vector>

#include "analysis/design.hpp"

namespace spillway {

/// value = c + sum_i b_i x_i + sum_{i<=j} a_ij x_i x_j, by least squares (Householder QR with column pivoting). x are the coordinates
/// given, shifted and scaled inside by the points' own mean and deviation, so that the fit is well conditioned. NaN values are left out.
class ResponseSurface {
 public:
  /// Throws InputError with the numbers where fewer rows than 1.2 times the terms have a value.
  ResponseSurface(const Matrix& points, std::span<const double> values);

  double at(std::span<const double> point) const;
  std::size_t terms() const { return coefficients_.size(); }
  /// Standard deviation of a run about the surface: residuals' sum of squares over rows - terms; holds luck and lack of fit.
  double deviation() const { return deviation_; }
  /// The same by leaving each row out in turn (PRESS, Allen 1974), from the hat matrix.
  double left_out_deviation() const { return left_out_; }

 private:
  std::vector<double> centre_, scale_, coefficients_;
  double deviation_ = 0, left_out_ = 0;
};

}  // namespace spillway
