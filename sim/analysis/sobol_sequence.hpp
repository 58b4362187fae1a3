// How far Sobol's sequence goes.
#pragma once

#include <cstddef>

namespace spillway {

inline constexpr std::size_t sobol_columns = 3667;  ///< for which Boost has direction numbers

}  // namespace spillway
