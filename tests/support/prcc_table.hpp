// A small table with ties, and its partial rank correlations.
#pragma once

#include <vector>

namespace spillway::testing {

/// Three factors and an outcome.
inline const std::vector<std::vector<double>>& prcc_table() {
  static const std::vector<std::vector<double>> rows{{1, 5, 2, 3.1},  {2, 3, 2, 2.9},  {3, 8, 1, 8.5},    {4, 1, 4, 2.2},
                                                     {5, 9, 3, 9.9},  {6, 2, 6, 1.5},  {7, 7, 5, 7.7},    {8, 4, 8, 4.0},
                                                     {9, 12, 7, 9.9}, {10, 6, 9, 5.2}, {11, 11, 11, 8.8}, {12, 5, 10, 6.1}};
  return rows;
}

/// By ranks, then residuals of both on the other factors' ranks, correlated: tests/readers/check_designs.py prints them, from NumPy 1.24
/// and SciPy 1.10.
inline constexpr double prcc_of_table[] = {0.5772981997152603, 0.940022247633725, -0.5594691083476379};

}  // namespace spillway::testing
