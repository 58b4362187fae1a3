// Points at which a study's scenario is run.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/study.hpp"

namespace spillway {

/// Rows of `columns` numbers, row-major.
struct Matrix {
  std::size_t columns = 0;
  std::vector<double> values;
  std::size_t rows() const { return columns == 0 ? 0 : values.size() / columns; }
  std::span<const double> row(std::size_t i) const { return {values.data() + i * columns, columns}; }
};

/// The whole design, one column per factor, values in the factors' own units: whole factors are rounded to whole numbers, dates to
/// days. `base_values` is the first row of one_at_a_time. Not for DesignKind::file. The same bits on every machine of one kind of C
/// library; a sweep computes it once, in `sweep plan`. Throws InputError where design and distributions do not go together.
Matrix design_points(const Study& study, std::span<const double> base_values);

/// Rows that design_points would return.
std::uint64_t design_rows(const Study& study);

/// Points in the unit cube, [0, 1). Sobol's sequence with the direction numbers of Joe and Kuo (2008), the origin first; with a
/// seed every coordinate is shifted by a digital (exclusive or) shift of 32 bits of its own.
Matrix sobol_points(std::size_t rows, std::size_t columns, std::optional<std::uint64_t> shift_seed);
Matrix latin_hypercube(std::size_t rows, std::size_t columns, std::uint64_t seed);
Matrix random_points(std::size_t rows, std::size_t columns, std::uint64_t seed);
/// Saltelli et al. (2010), in SALib's order: of each base row A, the k rows with one column from B, (second order: the k rows of B
/// with one column from A,) B. samples x (k + 2) or samples x (2k + 2) rows.
Matrix saltelli_points(std::size_t samples, std::size_t columns, bool second_order, std::optional<std::uint64_t> shift_seed);
/// Morris (1991): trajectories x (k + 1) rows on a grid of `levels`, each row one step of levels / (2 (levels - 1)) in one column.
Matrix morris_points(std::size_t trajectories, std::size_t columns, std::size_t levels, std::uint64_t seed);

/// A number in [0, 1] to a value of the factor: the distribution's quantile function, rounded for whole numbers and dates.
double quantile_of(const Factor& factor, double u);

}  // namespace spillway
