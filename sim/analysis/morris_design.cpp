// Trajectories of Morris (1991), "Factorial sampling plans for preliminary computational experiments".
#include <numeric>

#include "analysis/design.hpp"
#include "analysis/study_draws.hpp"
#include "base/error.hpp"

namespace spillway {

// A step is half the levels, so a column starts anywhere in the lower half and goes up, or in the upper half and goes down, each as
// likely: then all levels are met equally often, which is why their number is even. Columns are stepped in a random order.
Matrix morris_points(std::size_t trajectories, std::size_t columns, std::size_t levels, std::uint64_t seed) {
  if (levels < 2 || levels % 2 != 0)
    throw InputError("a morris design needs an even number of levels, not " + std::to_string(levels) + "; usual are 4, 6 or 8");
  Matrix points{columns, {}};
  points.values.reserve(trajectories * (columns + 1) * columns);
  std::vector<std::size_t> level(columns), order(columns);
  std::vector<bool> up(columns);
  const auto add = [&] {
    for (const std::size_t l : level) points.values.push_back(static_cast<double>(l) / static_cast<double>(levels - 1));
  };
  for (std::size_t t = 0; t < trajectories; ++t) {
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t j = columns; j-- > 0;) {
      const Draw d = study_draw(seed, t, j, Stream::trajectory);
      up[j] = (d.word[1] >> 31) == 0;
      level[j] = pick(levels / 2, 0, d.word[0]) + (up[j] ? 0 : levels / 2);
      std::swap(order[j], order[pick(j + 1, d.word[2], d.word[3])]);
    }
    add();
    for (const std::size_t j : order) {
      level[j] = up[j] ? level[j] + levels / 2 : level[j] - levels / 2;
      add();
    }
  }
  return points;
}

}  // namespace spillway
