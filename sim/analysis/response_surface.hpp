// A polynomial of second degree through the outcomes of many runs (Box and Wilson 1951): a cheap stand-in for the model.
#pragma once

#include <span>
#include <vector>

#include "analysis/design.hpp"
#include "model/calibration.hpp"

namespace spillway {

/// Surfaces of several outcomes of the same runs, evaluated together. Of each:
/// value = c + sum_i b_i x_i + sum_{i<=j} a_ij x_i x_j, by least squares (Householder QR with column pivoting). x are the coordinates
/// given, shifted and scaled inside by the points' own mean and deviation, so that the fit is well conditioned. NaN values are left out.
/// Terms that the points cannot tell apart, as of a column with two values its square, are left out too. The same bits on any machine
/// and vector width.
class ResponseSurfaces {
 public:
  /// points: runs x columns; values: outcomes x runs. Throws InputError with the numbers where an outcome has fewer values than
  /// rows_for_surface, and where a coordinate or a value is infinite, or a coordinate NaN.
  ResponseSurfaces(const Matrix& points, const std::vector<std::vector<double>>& values);

  std::size_t size() const { return deviation_.size(); }  ///< outcomes
  std::size_t columns() const { return centre_.size(); }
  std::size_t terms() const { return quadratic_terms(columns()); }

  /// All outcomes at a point of `columns` coordinates, into `out` of `size` numbers. May be called from several threads.
  void at(std::span<const double> point, std::span<double> out) const;
  /// Standard deviation of a run about the surface: residuals' sum of squares over rows - terms; holds luck and lack of fit.
  double deviation(std::size_t outcome) const { return deviation_.at(outcome); }
  /// The same by leaving each row out in turn (PRESS, Allen 1974), from the hat matrix: root mean square. Infinite where a row alone
  /// carries a term.
  double left_out_deviation(std::size_t outcome) const { return left_out_.at(outcome); }

 private:
  std::vector<double> centre_, per_scale_;  // of each column: the mean, and 1 over the deviation
  std::vector<double> coefficients_;        // lanes of outcomes x terms x outcomes of the lanes
  std::vector<double> deviation_, left_out_;
};

/// The same for one outcome.
class ResponseSurface {
 public:
  ResponseSurface(const Matrix& points, std::span<const double> values) : surfaces_(points, {{values.begin(), values.end()}}) {}

  double at(std::span<const double> point) const {
    double value = 0;
    surfaces_.at(point, {&value, 1});
    return value;
  }
  std::size_t terms() const { return surfaces_.terms(); }
  double deviation() const { return surfaces_.deviation(0); }
  double left_out_deviation() const { return surfaces_.left_out_deviation(0); }

 private:
  ResponseSurfaces surfaces_;
};

}  // namespace spillway
