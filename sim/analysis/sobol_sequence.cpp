// Sobol's sequence (1967), by Boost's engine with the direction numbers of Joe and Kuo (2008).
#include "analysis/sobol_sequence.hpp"

#include <boost/random/sobol.hpp>

#include "analysis/design.hpp"
#include "analysis/study_draws.hpp"
#include "base/error.hpp"

namespace spillway {

namespace {
// 32 bits, so that a coordinate is exact in a double and a shift is one word.
using Engine = boost::random::sobol_engine<std::uint32_t, 32U>;
static_assert(sobol_columns == boost::random::default_sobol_table::max_dimension);
}  // namespace

// Boost leaves out the origin, without which 2^m points are not balanced (Owen 2020, "On dropping the first Sobol' point"). A shift
// moves it away from 0, and each coordinate to the middle of its cell of 2^-32: neither 0 nor 1 comes up, where a quantile may be infinite.
Matrix sobol_points(std::size_t rows, std::size_t columns, std::optional<std::uint64_t> shift_seed) {
  if (columns > sobol_columns)
    throw InputError("Sobol's sequence has at most " + std::to_string(sobol_columns) + " columns here, and " + std::to_string(columns) +
                     " are needed (a saltelli design needs two for each factor); take a latin_hypercube");
  Matrix points{columns, std::vector<double>(rows * columns)};
  if (rows == 0 || columns == 0) return points;
  std::vector<std::uint32_t> shift(columns, 0);
  if (shift_seed)
    for (std::size_t j = 0; j < columns; ++j) shift[j] = study_draw(*shift_seed, 0, j, Stream::digital_shift).word[0];
  const double middle = shift_seed ? 0.5 : 0.0;
  Engine engine(columns);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) {
      const std::uint32_t word = i == 0 ? 0 : engine();
      points.values[i * columns + j] = ((word ^ shift[j]) + middle) * 0x1p-32;
    }
  return points;
}

}  // namespace spillway
