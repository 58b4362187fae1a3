#include "analysis/descent.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "analysis/least_squares.hpp"
#include "base/error.hpp"

namespace spillway {

namespace {
// All chosen, on sums of squares of deviations in a cube whose side is some tens of deviations.
constexpr double edge = 1e-3;  // quantile at which a side ends, so that a prior without ends has one, too
constexpr std::array dampings{0.4, 4.0, 40.0, 400.0};
constexpr std::array lengths{1.0, 0.5};
constexpr std::array next_damping{0.25, 0.6, 1.7, 4.5};  // times the present one, by the damping that did best
constexpr double undone = 5, least_damping = 1e-3, most_damping = 1e3;
constexpr double narrower = 0.7, least_difference = 0.01;  // where nothing did better

double squares(std::span<const double> residuals) {
  double sum = 0;
  for (const double r : residuals) sum += r * r;
  return sum;
}

std::vector<double> inside(std::vector<double> point) {
  for (double& x : point) x = std::clamp(x, edge, 1 - edge);
  return point;
}
}  // namespace

Descent::Descent(std::vector<double> start, double difference)
    : at_(inside(std::move(start))), value_(std::numeric_limits<double>::infinity()), difference_(difference) {
  if (at_.empty()) throw InputError("descent: a start without columns");
  if (!(difference > 0 && difference < 0.5)) throw InputError(fmt::format("descent: differences of {}; they lie in (0, 0.5)", difference));
}

const Matrix& Descent::ask() {
  asked_ = {at_.size(), {}};
  if (turns_ == 0) append(asked_, at_);
  if (turns_ % 2 == 0)
    ask_differences();
  else
    ask_trials();
  return asked_;
}

/// To the other side every second time: what is bent is seen from both.
void Descent::ask_differences() {
  const double wanted = turns_ / 2 % 2 == 0 ? difference_ : -difference_;
  moves_.assign(at_.size(), wanted);
  for (std::size_t c = 0; c < at_.size(); ++c) {
    if (at_[c] + wanted < edge || at_[c] + wanted > 1 - edge) moves_[c] = -wanted;
    std::vector<double> point = at_;
    point[c] += moves_[c];
    append(asked_, point);
  }
}

void Descent::ask_trials() {
  for (const double damping : dampings) {
    const std::vector<double> step = damped_step(damping * damping_);
    for (const double length : lengths) {
      std::vector<double> point = at_;
      for (std::size_t c = 0; c < at_.size(); ++c) point[c] += length * step[c];
      append(asked_, inside(std::move(point)));
    }
  }
}

/// Minimises |slopes step + residuals|^2 + damping |step|^2, without the columns that would leave the cube where they stand at its edge.
std::vector<double> Descent::damped_step(double damping) const {
  std::vector<std::size_t> free;
  for (std::size_t c = 0; c < at_.size(); ++c) free.push_back(c);
  std::vector<double> step(at_.size(), 0.0);
  for (bool again = true; again && !free.empty();) {
    Matrix design{free.size(), {}};
    std::vector<double> wanted;
    for (std::size_t i = 0; i < here_.size(); ++i) {
      for (const std::size_t c : free) design.values.push_back(slopes_.row(i)[c]);
      wanted.push_back(-here_[i]);
    }
    for (std::size_t f = 0; f < free.size(); ++f) {
      for (std::size_t g = 0; g < free.size(); ++g) design.values.push_back(f == g ? std::sqrt(damping) : 0);
      wanted.push_back(0);
    }
    const std::vector<double> found = least_squares(design, {wanted}).front().coefficients;
    std::fill(step.begin(), step.end(), 0.0);
    for (std::size_t f = 0; f < free.size(); ++f) step[free[f]] = found[f];
    const std::size_t before = free.size();
    std::erase_if(free, [&](std::size_t c) { return (at_[c] <= edge && step[c] < 0) || (at_[c] >= 1 - edge && step[c] > 0); });
    again = free.size() < before;
  }
  return step;
}

void Descent::take_slopes(const Matrix& residuals, std::size_t first) {
  slopes_ = {at_.size(), std::vector<double>(here_.size() * at_.size())};
  for (std::size_t i = 0; i < here_.size(); ++i)
    for (std::size_t c = 0; c < at_.size(); ++c) slopes_.values[i * at_.size() + c] = (residuals.row(first + c)[i] - here_[i]) / moves_[c];
}

/// Among trials; where none is better, nothing moves, and the next steps are shorter.
void Descent::move_to_best(const Matrix& residuals) {
  std::size_t best = 0;
  for (std::size_t p = 1; p < residuals.rows(); ++p)
    if (squares(residuals.row(p)) < squares(residuals.row(best))) best = p;
  const double found = squares(residuals.row(best));
  if (found < value_) {
    damping_ *= next_damping[best / lengths.size()];
    at_.assign(asked_.row(best).begin(), asked_.row(best).end());
    here_.assign(residuals.row(best).begin(), residuals.row(best).end());
    value_ = found;
  } else {
    damping_ *= undone;
    difference_ = std::max(least_difference, difference_ * narrower);
  }
  damping_ = std::clamp(damping_, least_damping, most_damping);
}

void Descent::tell(const Matrix& residuals) {
  if (residuals.rows() != asked_.rows())
    throw InputError(fmt::format("descent: residuals of {} points, {} were asked for", residuals.rows(), asked_.rows()));
  if (turns_ == 0) {
    here_.assign(residuals.row(0).begin(), residuals.row(0).end());
    value_ = squares(here_);
  }
  if (turns_ % 2 == 0)
    take_slopes(residuals, turns_ == 0 ? 1 : 0);
  else
    move_to_best(residuals);
  ++turns_;
}

}  // namespace spillway
