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
/// One row more, as long as those before it.
inline void append(Matrix& rows, std::span<const double> row) {
  rows.columns = row.size();
  rows.values.insert(rows.values.end(), row.begin(), row.end());
}

/// The whole design, one column per factor, values in the factors' own units: whole factors are rounded to whole numbers, dates to
/// days. Of a grid the last factor runs fastest. `base_values` is the first row of one_at_a_time. Not for DesignKind::file. The same bits
/// on every machine of one kind of C library; a sweep computes it once, in `sweep plan`. Throws InputError where design and distributions
/// do not go together.
Matrix design_points(const Study& study, std::span<const double> base_values);

/// Rows that design_points would return.
std::uint64_t design_rows(const Study& study);

/// Points in the unit cube, [0, 1). Sobol's sequence with the direction numbers of Joe and Kuo (2008), the origin first: SciPy's
/// qmc.Sobol(scramble=False). With a seed every column has a digital (exclusive or) shift of 32 bits of its own, and coordinates are
/// the middles of cells of 2^-32. InputError beyond 3,667 columns.
Matrix sobol_points(std::size_t rows, std::size_t columns, std::optional<std::uint64_t> shift_seed);
Matrix latin_hypercube(std::size_t rows, std::size_t columns, std::uint64_t seed);
Matrix random_points(std::size_t rows, std::size_t columns, std::uint64_t seed);
/// Saltelli et al. (2010), in SALib's order: of each base row A, the k rows with one column from B, (second order: the k rows of B
/// with one column from A,) B. samples x (k + 2) or samples x (2k + 2) rows.
Matrix saltelli_points(std::size_t samples, std::size_t columns, bool second_order, std::optional<std::uint64_t> shift_seed);
/// Morris (1991), on [0, 1]: trajectories x (k + 1) rows on a grid of `levels`, each row one step of levels / (2 (levels - 1)) in one
/// column. design_points puts the levels of uniform and loguniform evenly from end to end, those of normal and of lists at the quantiles of
/// (l + 1/2) / levels.
Matrix morris_points(std::size_t trajectories, std::size_t columns, std::size_t levels, std::uint64_t seed);

/// A number in [0, 1] to a value of the factor: the distribution's quantile function. Lists are sorted first. Whole numbers and dates
/// between two ends are each as likely; of loguniform and normal they are rounded. Where nothing cuts a normal distribution off, what
/// lies within 2^-33 of 0 or 1 is taken as that far from it.
double quantile_of(const Factor& factor, double u);

}  // namespace spillway
