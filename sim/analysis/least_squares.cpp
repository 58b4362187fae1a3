#include "analysis/least_squares.hpp"

#include <Eigen/QR>
#include <cmath>
#include <limits>

#include "base/error.hpp"

namespace spillway {

namespace {
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using Factored = Eigen::ColPivHouseholderQR<MatrixXd>;

constexpr double least_pivot = 1e-9;  // of the largest: chosen, between rounding and data
constexpr double least_rest = 1e-9;   // of 1 - h: below, the fit goes through the row whatever its value

Factored factored(const Matrix& design) {
  using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  Factored qr;
  qr.setThreshold(least_pivot);
  qr.compute(Eigen::Map<const Rows>(design.values.data(), static_cast<Index>(design.rows()), static_cast<Index>(design.columns)));
  return qr;
}

/// The first columns of Q. Column by column: a block of them would go through Eigen's matrix product.
MatrixXd thin_q(const Factored& qr) {
  MatrixXd q(qr.rows(), qr.rank());
  for (Index j = 0; j < q.cols(); ++j) {
    VectorXd column = VectorXd::Unit(qr.rows(), j);
    column.applyOnTheLeft(qr.householderQ());
    q.col(j) = column;
  }
  return q;
}

double root_mean(double sum, Index count) {
  return count > 0 ? std::sqrt(sum / static_cast<double>(count)) : std::numeric_limits<double>::quiet_NaN();
}

/// e / (1 - h), squared.
double left_out_square(double e, double h) {
  const double rest = 1 - h;
  if (!(rest > least_rest)) return std::numeric_limits<double>::infinity();
  return (e / rest) * (e / rest);
}

LeastSquaresFit fit(const Factored& qr, const MatrixXd& q, const VectorXd& leverage, const std::vector<double>& values) {
  require(static_cast<Index>(values.size()) == qr.rows(), "least squares: a value for each row of the design");
  const Eigen::Map<const VectorXd> y(values.data(), qr.rows());
  const Index rank = qr.rank();
  const VectorXd along = q.transpose() * y;
  const VectorXd rest = y - q * along;
  VectorXd sorted = VectorXd::Zero(qr.cols());
  sorted.head(rank) = qr.matrixR().topLeftCorner(rank, rank).triangularView<Eigen::Upper>().solve(along);
  const VectorXd coefficients = qr.colsPermutation() * sorted;

  LeastSquaresFit found;
  found.coefficients.assign(coefficients.begin(), coefficients.end());
  double squares = 0, left_out = 0;
  for (Index i = 0; i < qr.rows(); ++i) {
    squares += rest[i] * rest[i];
    left_out += left_out_square(rest[i], leverage[i]);
  }
  found.deviation = root_mean(squares, qr.rows() - rank);
  found.left_out_deviation = root_mean(left_out, qr.rows());
  return found;
}
}  // namespace

std::vector<LeastSquaresFit> least_squares(const Matrix& design, const std::vector<std::vector<double>>& values) {
  const Factored qr = factored(design);
  const MatrixXd q = thin_q(qr);
  VectorXd leverage = VectorXd::Zero(q.rows());
  for (Index j = 0; j < q.cols(); ++j)
    for (Index i = 0; i < q.rows(); ++i) leverage[i] += q(i, j) * q(i, j);
  std::vector<LeastSquaresFit> fits;
  for (const std::vector<double>& column : values) fits.push_back(fit(qr, q, leverage, column));
  return fits;
}

}  // namespace spillway
