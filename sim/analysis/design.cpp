// The design table: one row for each way of placing points.
#include "analysis/design.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/quantile.hpp"
#include "base/error.hpp"

namespace spillway {

namespace {
using Rows = std::uint64_t;

struct DesignRow {
  DesignKind kind;
  bool lists;  ///< needs lists of values, no distributions
  Rows (*rows)(const Study&);
  Matrix (*points)(const Study&, std::span<const double> base_values);
};

/// Stops at the largest number.
Rows times(Rows a, Rows b) { return b != 0 && a > std::numeric_limits<Rows>::max() / b ? std::numeric_limits<Rows>::max() : a * b; }

std::size_t list_length(const Factor& factor) { return factor.distribution.values.size(); }

Matrix in_own_units(const Study& study, Matrix unit) {
  for (std::size_t cell = 0; cell < unit.values.size(); ++cell)
    unit.values[cell] = quantile_of(study.factors[cell % unit.columns], unit.values[cell]);
  return unit;
}

Rows samples(const Study& s) { return s.design.samples; }

Rows grid_rows(const Study& s) {
  Rows rows = 1;
  for (const Factor& factor : s.factors) rows = times(rows, list_length(factor));
  return rows;
}

/// The last factor runs fastest, as in nested loops.
Matrix grid_points(const Study& s, std::span<const double>) {
  Matrix points{s.factors.size(), {}};
  const Rows rows = grid_rows(s);
  points.values.resize(rows * s.factors.size());
  Rows repeat = rows;
  for (std::size_t j = 0; j < s.factors.size(); ++j) {
    const std::vector<double>& values = s.factors[j].distribution.values;
    repeat /= values.size();
    for (Rows i = 0; i < rows; ++i) points.values[i * s.factors.size() + j] = values[i / repeat % values.size()];
  }
  return points;
}

Rows list_rows(const Study& s) {
  for (const Factor& factor : s.factors)
    if (list_length(factor) != list_length(s.factors[0]))
      throw InputError(
          fmt::format("design list takes the i-th value of each factor for row i, so all lists must be equally long: '{}' has {} values, "
                      "'{}' has {}; for all combinations take the design grid",
                      s.factors[0].name, list_length(s.factors[0]), factor.name, list_length(factor)));
  return list_length(s.factors[0]);
}

Matrix list_points(const Study& s, std::span<const double>) {
  Matrix points{s.factors.size(), {}};
  for (std::size_t i = 0; i < list_rows(s); ++i)
    for (const Factor& factor : s.factors) points.values.push_back(factor.distribution.values[i]);
  return points;
}

Rows one_at_a_time_rows(const Study& s) {
  Rows rows = 1;
  for (const Factor& factor : s.factors) rows += list_length(factor);
  return rows;
}

Matrix one_at_a_time_points(const Study& s, std::span<const double> base_values) {
  require(base_values.size() == s.factors.size(), "one_at_a_time needs a base value of each factor");
  for (std::size_t j = 0; j < base_values.size(); ++j)
    if (std::isnan(base_values[j]))
      throw InputError(
          fmt::format("design one_at_a_time starts from the scenario's own values, and '{}' has none there: set it in the scenario, or "
                      "take the design grid or list",
                      s.factors[j].name));
  Matrix points{s.factors.size(), {base_values.begin(), base_values.end()}};
  for (std::size_t j = 0; j < s.factors.size(); ++j)
    for (const double value : s.factors[j].distribution.values) {
      points.values.insert(points.values.end(), base_values.begin(), base_values.end());
      points.values[points.values.size() - s.factors.size() + j] = value;
    }
  return points;
}

Matrix random_design(const Study& s, std::span<const double>) {
  return in_own_units(s, random_points(s.design.samples, s.factors.size(), s.design.seed));
}
Matrix latin_design(const Study& s, std::span<const double>) {
  return in_own_units(s, latin_hypercube(s.design.samples, s.factors.size(), s.design.seed));
}
Matrix sobol_design(const Study& s, std::span<const double>) {
  return in_own_units(s, sobol_points(s.design.samples, s.factors.size(), s.design.seed));
}

Rows saltelli_rows(const Study& s) { return times(s.design.samples, s.factors.size() * (s.design.second_order ? 2 : 1) + 2); }
Matrix saltelli_design(const Study& s, std::span<const double>) {
  return in_own_units(s, saltelli_points(s.design.samples, s.factors.size(), s.design.second_order, s.design.seed));
}

Rows morris_rows(const Study& s) { return times(s.design.trajectories, s.factors.size() + 1); }
Matrix morris_design(const Study& s, std::span<const double>) {
  const std::size_t levels = s.design.levels;
  Matrix points = morris_points(s.design.trajectories, s.factors.size(), levels, s.design.seed);
  for (std::size_t cell = 0; cell < points.values.size(); ++cell) {
    const auto level = static_cast<std::size_t>(std::lround(points.values[cell] * static_cast<double>(levels - 1)));
    points.values[cell] = level_value(s.factors[cell % points.columns], level, levels);
  }
  return points;
}

const DesignRow table[] = {
    {DesignKind::grid, true, grid_rows, grid_points},
    {DesignKind::list, true, list_rows, list_points},
    {DesignKind::one_at_a_time, true, one_at_a_time_rows, one_at_a_time_points},
    {DesignKind::random, false, samples, random_design},
    {DesignKind::latin_hypercube, false, samples, latin_design},
    {DesignKind::sobol, false, samples, sobol_design},
    {DesignKind::saltelli, false, saltelli_rows, saltelli_design},
    {DesignKind::morris, false, morris_rows, morris_design},
};

const DesignRow& row_of(const Design& design) {
  for (const DesignRow& row : table)
    if (row.kind == design.kind) return row;
  throw Bug("the points of design " + std::string(to_text(design.kind)) + " are not computed");
}

/// What is wrong with a distribution by itself or in this design; empty: nothing.
std::string problem(const Factor& factor, const DesignRow& row) {
  const Distribution& d = factor.distribution;
  if (d.kind == DistributionKind::values) return d.values.empty() ? "its list of values is empty" : "";
  if (row.lists)
    return fmt::format(
        "design {} needs a list of values, and this is {}: write [a, b, c] or {{from: a, to: b, steps: n}}, or take a design that draws "
        "(random, latin_hypercube, sobol, saltelli, morris)",
        to_text(row.kind), to_text(d.kind));
  if (factor.kind == FactorKind::word) return fmt::format("words come from a list of values, not from {}", to_text(d.kind));
  constexpr double farthest = 30;  // deviations, beyond which the normal's tail has hardly a double left
  if (d.kind != DistributionKind::normal && !(std::isfinite(d.low) && std::isfinite(d.high))) return "both ends must be finite";
  if (!(d.low <= d.high)) return fmt::format("its low end {} lies above its high end {}", d.low, d.high);
  if (factor.kind != FactorKind::number && std::ceil(d.low) > std::floor(d.high))
    return fmt::format("there is no whole number from {} to {}", d.low, d.high);
  if (d.kind == DistributionKind::loguniform && !(d.low > 0))
    return fmt::format("loguniform needs ends above 0, and the low one is {}", d.low);
  if (d.kind == DistributionKind::normal && !(d.deviation > 0))
    return fmt::format("normal needs a deviation above 0, and it is {}", d.deviation);
  if (d.kind == DistributionKind::normal && (d.low > d.mean + farthest * d.deviation || d.high < d.mean - farthest * d.deviation))
    return fmt::format("nothing of normal with mean {} and deviation {} lies in [{}, {}]", d.mean, d.deviation, d.low, d.high);
  return "";
}

void check_size(const Study& study, Rows rows) {
  constexpr Rows most_numbers = Rows{1} << 27;  // chosen: a gibibyte of points; more cannot be run
  if (rows == 0)
    throw InputError(fmt::format("design {} has no rows: give {} of at least 1", to_text(study.design.kind),
                                 study.design.kind == DesignKind::morris ? "trajectories" : "samples"));
  if (times(rows, study.factors.size()) > most_numbers)
    throw InputError(fmt::format("design {} has too many rows to run: {}; take fewer values, or a design with samples (latin_hypercube)",
                                 to_text(study.design.kind),
                                 rows == std::numeric_limits<Rows>::max() ? "more than 10^19" : std::to_string(rows)));
}

Rows checked_rows(const Study& study, const DesignRow& row) {
  if (study.factors.empty()) throw InputError("a study needs at least one lever or uncertainty");
  std::vector<Issue> issues;
  for (const Factor& factor : study.factors)
    if (const std::string what = problem(factor, row); !what.empty()) issues.push_back({{}, 0, 0, factor.name, what, {}});
  if (!issues.empty()) throw InputError(std::move(issues));
  const Rows rows = row.rows(study);
  check_size(study, rows);
  return rows;
}
}  // namespace

Matrix design_points(const Study& study, std::span<const double> base_values) {
  const DesignRow& row = row_of(study.design);
  const Rows rows = checked_rows(study, row);
  Matrix points = row.points(study, base_values);
  require(points.rows() == rows, "a design must have the rows it promised");
  return points;
}

std::uint64_t design_rows(const Study& study) { return checked_rows(study, row_of(study.design)); }

}  // namespace spillway
