// Random points, and points of which each column has one in every stratum (McKay, Beckman, Conover 1979).
#include <algorithm>
#include <numeric>

#include "analysis/design.hpp"
#include "analysis/study_draws.hpp"

namespace spillway {

Matrix random_points(std::size_t rows, std::size_t columns, std::uint64_t seed) {
  Matrix points{columns, std::vector<double>(rows * columns)};
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) {
      const Draw d = study_draw(seed, i, j, Stream::unit_point);
      points.values[i * columns + j] = unit_number(d.word[0], d.word[1]);
    }
  return points;
}

// The place within a stratum takes 32 bits and a half step, so that a quotient rounds into no other stratum, up to 2^19 rows.
Matrix latin_hypercube(std::size_t rows, std::size_t columns, std::uint64_t seed) {
  constexpr double below_one = 1 - 0x1p-53;
  Matrix points{columns, std::vector<double>(rows * columns)};
  std::vector<std::size_t> stratum(rows);
  for (std::size_t j = 0; j < columns; ++j) {
    std::iota(stratum.begin(), stratum.end(), std::size_t{0});
    for (std::size_t i = rows; i-- > 1;) {  // Fisher and Yates
      const Draw d = study_draw(seed, i, j, Stream::unit_point);
      std::swap(stratum[i], stratum[pick(i + 1, d.word[2], d.word[3])]);
    }
    for (std::size_t i = 0; i < rows; ++i) {
      const double place = (study_draw(seed, i, j, Stream::unit_point).word[0] + 0.5) * 0x1p-32;
      points.values[i * columns + j] = std::min(below_one, (static_cast<double>(stratum[i]) + place) / static_cast<double>(rows));
    }
  }
  return points;
}

}  // namespace spillway
