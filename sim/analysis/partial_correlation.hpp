// Correlation of two things with what others explain taken out of both.
#pragma once

#include <optional>
#include <vector>

#include "analysis/design.hpp"

namespace spillway {

/// Of each of the first columns with the last one, given the others, from sums of squares and products about the means (symmetric,
/// k + 1 columns). Nothing where one of the first columns does not vary or is a sum of others.
///
/// With R the correlations among the first k, r those with the last, b = R^-1 r and s2 = 1 - r' b, the share that is left:
/// b_j / sqrt(b_j^2 + s2 (R^-1)_jj), which is t / sqrt(t^2 + degrees of freedom) of a regression. s2 counts as at least 1e-14,
/// so that a perfect fit gives 1 to those that make it and 0, not rounding, to the rest.
std::optional<std::vector<double>> partial_correlations(const Matrix& products);

}  // namespace spillway
