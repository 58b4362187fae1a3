// Straight lines and curves through measured points.
#pragma once

#include <vector>

namespace spillway::validation {

struct Line {
  double intercept, slope, r_squared;
};

/// Ordinary least squares.
Line straight_line(const std::vector<double>& x, const std::vector<double>& y);

/// People watched at about the same exposure: how much time, and how many events.
struct Cell {
  double exposure = 0.0;  ///< sum of x times years
  double years = 0.0;
  double events = 0.0;
};

/// Rate of events as a polynomial in x.
struct RateCurve {
  std::vector<double> coefficients, errors;  ///< and their standard errors
  double r_squared;                          ///< weighted by time watched
  double z(std::size_t c) const { return coefficients[c] / errors[c]; }
};

/// Weighted least squares on the rates of the cells. Events are Poisson, so a rate has variance rate/years; the rate is the fitted one,
/// as the seen one would favour cells that had few events by luck.
RateCurve rate_curve(const std::vector<Cell>& cells, std::size_t degree);

}  // namespace spillway::validation
