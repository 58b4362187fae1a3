// Linear least squares of many columns of values on one design. The only door to Eigen.
#pragma once

#include <span>
#include <vector>

#include "analysis/design.hpp"

namespace spillway {

struct LeastSquaresFit {
  std::vector<double> coefficients;  ///< one per column of the design; 0 of columns that those before it (in pivots' order) make up
  double deviation = 0;              ///< root of the residuals' sum of squares over rows - rank; NaN where that is 0
  double left_out_deviation = 0;     ///< root mean square of e / (1 - h); infinite where a row alone carries a coefficient
};

/// Householder QR with column pivoting, once for all of `values`, each with as many numbers as the design has rows; no NaN. Residuals e
/// with a row left out follow from the diagonal h of the hat matrix (Allen 1974). The same bits on every machine: no blocked products,
/// whose blocks Eigen fits to the processor's caches.
std::vector<LeastSquaresFit> least_squares(const Matrix& design, const std::vector<std::vector<double>>& values);

}  // namespace spillway
