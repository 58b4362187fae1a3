// Saltelli's sample for Sobol's indices (Saltelli et al. 2010, "Variance based sensitivity analysis of model output").
#include "analysis/design.hpp"

namespace spillway {

// A and B are the two halves of one sequence of 2k columns. Rows in the order of SALib's `saltelli.sample` and `sobol.sample`.
Matrix saltelli_points(std::size_t samples, std::size_t columns, bool second_order, std::optional<std::uint64_t> shift_seed) {
  const Matrix base = sobol_points(samples, 2 * columns, shift_seed);
  Matrix points{columns, {}};
  points.values.reserve(samples * columns * (columns * (second_order ? 2 : 1) + 2));
  const auto add = [&](std::span<const double> row) { points.values.insert(points.values.end(), row.begin(), row.end()); };
  const auto add_mixed = [&](std::span<const double> row, std::span<const double> other, std::size_t j) {
    add(row);
    points.values[points.values.size() - columns + j] = other[j];
  };
  for (std::size_t i = 0; i < samples; ++i) {
    const auto a = base.row(i).first(columns), b = base.row(i).last(columns);
    add(a);
    for (std::size_t j = 0; j < columns; ++j) add_mixed(a, b, j);
    for (std::size_t j = 0; second_order && j < columns; ++j) add_mixed(b, a, j);
    add(b);
  }
  return points;
}

}  // namespace spillway
