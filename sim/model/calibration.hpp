// A calibration: parameters of a scenario fitted to dated targets. Plain data: what input reads, and what study finds and report tells.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "model/study.hpp"

namespace spillway {

/// Terms of a polynomial of second degree: 1, each column, and each product of two.
constexpr std::size_t quadratic_terms(std::size_t columns) { return (columns + 1) * (columns + 2) / 2; }

/// Rows that a surface needs: 1.2 times its terms, rounded up. Chosen: one left over for every five that are fitted.
constexpr std::size_t rows_for_surface(std::size_t columns) { return (6 * quadratic_terms(columns) + 4) / 5; }

/// How far a run may be from a target's row.
enum class ToleranceKind {
  relative,  ///< |model / record - 1|
  absolute,  ///< |model - record|, in the outcome's unit
  days       ///< |day on which the model first reaches the record's value - the record's day|
};

struct TargetRow {
  Date date;
  double value = 0;  ///< in the outcome's unit
  std::string source;
  std::string place;  ///< file and line
};

/// One series of the record and the observable that it maps to.
struct Target {
  std::string name, title;
  Outcome outcome;              ///< observable and labels; its statistic is made from the rows
  std::optional<Outcome> over;  ///< a ratio's denominator
  ToleranceKind kind = ToleranceKind::relative;
  double tolerance = 0;         ///< taken as two standard deviations
  double or_days = 0;           ///< a row also counts as met where the model reaches its value within so many days; 0: no
  double weight = 1;            ///< of its squared residuals in the objective
  std::string data;             ///< file, as it can be opened, and
  std::string series;           ///< its rows
  std::vector<TargetRow> rows;  ///< in the order of their dates
};

/// A calibration once more under other assumptions: a mechanism removed, a rival explanation.
struct Variant {
  std::string name, title;
  std::vector<std::string> sets;     ///< as --set takes them, after the study's
  std::vector<std::string> without;  ///< parameters that are not fitted then, as they act no more
};

/// Names and defaults of the method's numbers; all chosen, see sim/DECISIONS.md, "Calibration".
struct CalibrationMethod {
  std::uint64_t waves = 8, points = 400;  ///< points are runs of each wave
  double cut = 3;                         ///< implausibility beyond which a point is ruled out [Pukelsheim's three-sigma rule]
  std::uint64_t search_users = 60'000, starts = 8, steps = 12;  ///< of the descents
  std::uint64_t final_users = 1'000'000, final_runs = 2;        ///< of each descent's end
  std::uint64_t worlds = 100;                                   ///< synthetic ones of the parameter recovery; 0: none
  std::uint64_t draws = 100;                                    ///< of the posterior that are kept, for forecasts
  std::uint64_t seed = 1;
};

struct Calibration {
  Study study;  ///< title, scenario, sets, limits; factors are the parameters with their priors. No design, no outcomes.
  std::vector<Target> targets;
  std::optional<Date> fit_until;  ///< rows after it are predicted, not fitted
  std::vector<Variant> variants;
  CalibrationMethod method;
};

/// One row of a target, in the order of targets and rows.
struct Datum {
  std::size_t target = 0, row = 0;
  bool fitted = true;  ///< false: after fit_until, or of a target without weight
};
std::vector<Datum> data_of(const Calibration& calibration);

// ---- what comes of it --------------------------------------------------------------------------------------------------------------

struct ParameterEstimate {
  std::string name, keys, unit, meaning;
  double low = 0, high = 0;                                            ///< 90 % interval of the prior
  double best = 0;                                                     ///< of the smallest misfit
  double posterior_low = 0, posterior_median = 0, posterior_high = 0;  ///< 90 % interval
  bool identified = false;  ///< the posterior's interval is at most half as wide as the prior's, on the prior's own scale
  double coverage = std::numeric_limits<double>::quiet_NaN();  ///< of the recovery: share of worlds whose truth lies in the 90 % interval
};

struct TargetFit {
  Datum datum;
  double record = 0;
  double model = 0;                                        ///< at the best parameters, mean over replicates
  double low = 0, high = 0;                                ///< 90 % interval over posterior and luck
  double residual = 0;                                     ///< in standard deviations (half a tolerance)
  double days = std::numeric_limits<double>::quiet_NaN();  ///< that the model reaches the value later than the record
  bool met = false;
};

struct WaveReport {
  std::uint64_t runs = 0;
  double kept = 1;           ///< share of this wave's points that its own surfaces do not rule out
  double best_misfit = 0;    ///< smallest sum of weighted squared residuals among its runs
  double surface_error = 0;  ///< median over data of the surfaces' residual deviation, in standard deviations of the data
};

struct VariantFit {
  std::string name, title;
  std::size_t parameters = 0;
  double misfit = 0;  ///< sum of weighted squared residuals at its best
  double bic = 0;     ///< misfit + parameters x ln(data)
  std::vector<TargetFit> fits;
  std::vector<double> best;  ///< by its own parameters
};

}  // namespace spillway
