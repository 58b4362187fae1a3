// What people would forecast with without a model of behaviour: curves fitted to the series alone.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"

namespace spillway {

enum class GrowthCurve {
  bass,        ///< m (1 - e^-(p+q)t) / (1 + (q/p) e^-(p+q)t), t since the launch, 0 before it (Bass 1969)
  logistic,    ///< m / (1 + e^-r(t - t0)) (Verhulst 1838)
  last_growth  ///< goes on with the yearly growth factor between the last two values
};
inline constexpr std::array growth_curves{GrowthCurve::bass, GrowthCurve::logistic, GrowthCurve::last_growth};
std::string_view to_text(GrowthCurve curve);

struct DatedValue {
  Date date;
  double value = 0;
};

/// Bass's curve is one of adopters so far. It is laid through users at a date, as practitioners do: without exits they are the same.
struct FittedCurve {
  GrowthCurve curve = GrowthCurve::last_growth;
  Date origin;                     ///< t = 0: the launch, or the last value of last_growth
  std::vector<double> parameters;  ///< bass: m, p, q per year; logistic: m, r per year, t0 years; last_growth: value, factor per year
  double ceiling_given = 0;        ///< m where it was not fitted, else 0
  double deviation = 0;            ///< root mean square of the residuals' logarithms

  double at(Date date) const;
};

/// Nonlinear least squares on logarithms, as relative errors count (Srinivasan and Mason 1986 for Bass): from several starts, the best
/// kept. Fewer than four values do not carry three parameters: then m is fixed at `ceiling` (people who could join, at the last value's
/// date) and two are fitted. m never lies beyond `ceiling`. last_growth needs two values, bass and logistic too. Rates (p + q, r) lie from
/// 0.001 to 50 a year. The same bits on any machine. Throws InputError where there are too few values, any is not positive, dates do not
/// rise, bass meets a value at or before the launch, or the ceiling is not positive.
FittedCurve fit_curve(GrowthCurve curve, std::span<const DatedValue> values, Date launch, double ceiling);

}  // namespace spillway
