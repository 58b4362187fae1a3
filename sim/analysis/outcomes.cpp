#include "analysis/outcomes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/outcome_rows.hpp"
#include "base/error.hpp"
#include "model/ensemble_view.hpp"

namespace spillway {

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

bool crosses(Statistic statistic) { return statistic == Statistic::first_above || statistic == Statistic::first_below; }

/// Mean of rows first .. last that are known; of shares of what is counted in intervals, the share of the sums.
double mean_of(const OutcomeRows& rows, std::size_t first, std::size_t last) {
  double sum = 0, whole = 0, known = 0;
  for (std::size_t row = first; row <= last; ++row) {
    if (std::isnan(rows.part(row)) || std::isnan(rows.whole(row))) continue;
    if (rows.is_share() && !rows.counted() && rows.whole(row) == 0) continue;
    sum += rows.is_share() && !rows.counted() ? rows.value(row) : rows.part(row);
    whole += rows.whole(row);
    ++known;
  }
  if (known == 0) return nan;
  if (rows.is_share() && rows.counted()) return whole == 0 ? nan : sum / whole;
  return sum / known * rows.per_year();
}

double at_day(const OutcomeRows& rows, const Outcome& outcome) {
  std::size_t last = rows.size() - 1;
  if (outcome.date) {
    const double day = rows.day_of(*outcome.date);
    if (day < rows.day(0) || day > rows.day(last) + rows.every()) return nan;
    while (last > 0 && rows.day(last) > day) --last;
  }
  if (!rows.counted()) return rows.value(last);
  std::size_t first = last;
  while (first > 0 && rows.day(last) + rows.every() - rows.day(first - 1) <= days_per_year) --first;
  return mean_of(rows, first, last);
}

double extreme(const OutcomeRows& rows, bool largest) {
  double found = nan;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const double x = rows.value(row);
    if (!std::isnan(x) && (std::isnan(found) || (largest ? x > found : x < found))) found = x;
  }
  return found;
}

double sum_of(const OutcomeRows& rows) {
  double sum = 0, known = 0;
  for (std::size_t row = 0; row < rows.size(); ++row)
    if (const double x = rows.part(row); !std::isnan(x)) sum += x, ++known;
  return known == 0 ? nan : sum;
}

/// The first day on which sign * value reaches sign * level.
double crossing(const OutcomeRows& rows, double sign, double level) {
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const double x = rows.value(row);
    if (!(sign * x >= sign * level)) continue;  // also where it is not known
    const double before = row == 0 ? nan : rows.value(row - 1);
    if (std::isnan(before) || x == before) return rows.day(row);
    return rows.day(row - 1) + (level - before) / (x - before) * (rows.day(row) - rows.day(row - 1));
  }
  return nan;
}

std::string moment(const OutcomeRows& rows, const Outcome& outcome) {
  const std::string until = outcome.date ? to_text(*outcome.date) : "the end";
  switch (outcome.statistic) {
    case Statistic::at: return (rows.counted() ? "in the year up to " : (outcome.date ? "on " : "at ")) + until;
    case Statistic::mean: return rows.counted() && !rows.is_share() ? "yearly mean" : "mean over the run";
    case Statistic::max: return "highest";
    case Statistic::min: return "lowest";
    case Statistic::sum: return "total over the run";
    case Statistic::first_above:
    case Statistic::first_below: break;
  }
  return fmt::format("days until it is first {} {}{}", outcome.statistic == Statistic::first_above ? "at or above" : "at or below",
                     outcome.level, rows.counted() && !rows.is_share() ? " a year" : "");
}
}  // namespace

double outcome_value(const Recording& run, const Outcome& outcome) {
  const OutcomeRows rows(run, outcome);
  if (rows.size() == 0) return nan;
  switch (outcome.statistic) {
    case Statistic::at: return at_day(rows, outcome);
    case Statistic::mean: return mean_of(rows, 0, rows.size() - 1);
    case Statistic::max: return extreme(rows, true);
    case Statistic::min: return extreme(rows, false);
    case Statistic::sum: return sum_of(rows);
    case Statistic::first_above: return crossing(rows, 1, outcome.level);
    case Statistic::first_below: return crossing(rows, -1, outcome.level);
  }
  throw Bug("an outcome needs a statistic");
}

std::string outcome_unit(const Recording& run, const Outcome& outcome) {
  const OutcomeRows rows(run, outcome);
  if (crosses(outcome.statistic)) return "d";
  if (rows.is_share()) return "1";
  return rows.variable().unit + (rows.counted() && outcome.statistic != Statistic::sum ? "/yr" : "");
}

std::string outcome_long_name(const Recording& run, const Outcome& outcome) {
  const OutcomeRows rows(run, outcome);
  std::string name = rows.variable().long_name;
  for (const std::string& label : outcome.labels) name += ", " + label;
  if (rows.is_share()) name += ", share of all platforms";
  return name + ", " + moment(rows, outcome);
}

}  // namespace spillway
