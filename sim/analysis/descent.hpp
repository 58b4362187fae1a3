// A minimum of a sum of squares by steps that anybody can evaluate: damped Gauss-Newton (Levenberg 1944, Marquardt 1963) in the unit cube.
#pragma once

#include <vector>

#include "analysis/design.hpp"

namespace spillway {

/// Asks for points and is told their residuals, by turns: first the start and differences about it, then trials of steps, then differences
/// about the best, and so on. Residuals may be a little rough, as a simulation's are: differences are wide, and change sides from step to
/// step. Never moves to a larger sum of squares. Same residuals, same bits.
class Descent {
 public:
  /// `difference` is the first length of differences along each side. Throws InputError where it is not in (0, 0.5), and for no columns.
  Descent(std::vector<double> start, double difference);

  const Matrix& ask();
  /// Row by row of what was asked; no NaN, as many columns each time.
  void tell(const Matrix& residuals);

  const std::vector<double>& at() const { return at_; }  ///< the best point so far
  double value() const { return value_; }                ///< its sum of squares; infinite before the first answer

 private:
  void ask_differences();
  void ask_trials();
  std::vector<double> damped_step(double damping) const;
  void take_slopes(const Matrix& residuals, std::size_t first);
  void move_to_best(const Matrix& residuals);

  std::vector<double> at_, here_, moves_;  ///< point, its residuals, signed differences
  Matrix asked_, slopes_;                  ///< slopes by datum and column
  double value_, difference_, damping_ = 1;
  std::size_t turns_ = 0;
};

}  // namespace spillway
