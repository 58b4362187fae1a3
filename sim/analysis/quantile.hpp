// Places of a factor on Morris's grid.
#pragma once

#include <cstddef>

#include "model/study.hpp"

namespace spillway {

/// Level 0 .. levels - 1 of a factor. Of uniform and loguniform the levels lie evenly from end to end, as Morris has them (rounded for
/// whole numbers and dates). A normal distribution has no ends and a list has no between: there level l is the quantile of
/// (l + 1/2) / levels, the middle of its share of the distribution.
double level_value(const Factor& factor, std::size_t level, std::size_t levels);

}  // namespace spillway
