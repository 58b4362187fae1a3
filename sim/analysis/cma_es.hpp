// Minima of rough functions of many numbers, where a whole generation of points can be tried at once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/design.hpp"

namespace spillway {

/// Evolution strategy with covariance matrix adaptation (Hansen 2016, "The CMA Evolution Strategy: A Tutorial", his constants; the matrix's
/// root is Cholesky's). Values count by their order alone, and luck that differs from generation to generation averages out in the mean.
/// The same bits on any machine.
class CmaEs {
 public:
  /// Begins about `mean` with the covariance of `cloud` (points row by row) times the square of `step`. Draws: Stream::unit_point of
  /// `seed`, a row for each point ever asked for. Throws InputError where the cloud has fewer than two points or other columns than `mean`,
  /// and for fewer than four points in a generation.
  CmaEs(std::vector<double> mean, const Matrix& cloud, double step, std::size_t points, std::uint64_t seed);

  /// A generation's points; nothing bounds them.
  const Matrix& ask();
  /// What they are worth, in their order: smaller is better.
  void tell(std::span<const double> values);

  const std::vector<double>& mean() const { return mean_; }

 private:
  void adapt(const std::vector<double>& step_in_z, const std::vector<double>& step_in_x, const std::vector<std::size_t>& order);
  void take_root();

  std::size_t columns_, points_, generation_ = 0;
  std::vector<double> mean_, weights_, path_, step_path_;
  double step_, effective_;                // effective_: mu_eff, of the selection
  std::vector<double> covariance_, root_;  // [row][column], the root lower triangular
  Matrix asked_, moves_, normals_;         // points, (point - mean) / step, and the normal numbers behind them
  std::uint64_t seed_;
};

}  // namespace spillway
