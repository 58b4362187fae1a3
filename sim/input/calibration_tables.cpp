#include "input/calibration_tables.hpp"

#include <cmath>

namespace spillway {

namespace {
// Limits are chosen, as in study_tables.hpp: what is beyond them is a slip of the keyboard.
constexpr double most_waves = 50, most_cut = 100, most_users = 4294967295.0, most_runs = 1000, most_evaluations = 1e5, most_worlds = 1e4,
                 most_draws = 1e5;
constexpr double rows_per_term = 1.2;
}  // namespace

const std::vector<MethodRow>& method_rows() {
  using M = CalibrationMethod;
  static const std::vector<MethodRow> rows{
      {"waves", &M::waves, nullptr, 1, most_waves, "waves of runs; each narrows the parameters down for the next"},
      {"points", &M::points, nullptr, 2, most_samples, "runs of each wave, each at another point"},
      {"cut", nullptr, &M::cut, 1, most_cut, "implausibility, in standard deviations, beyond which a point is ruled out"},
      {"polish_users", &M::polish_users, nullptr, 1, most_users, "users of the runs of the search for the best parameters"},
      {"final_users", &M::final_users, nullptr, 1, most_users, "users of the runs in which the search ends"},
      {"polish_runs", &M::polish_runs, nullptr, 1, most_runs, "runs with other luck that an evaluation of the search averages"},
      {"polish_evaluations", &M::polish_evaluations, nullptr, 0, most_evaluations, "evaluations of the search with polish_users"},
      {"final_evaluations", &M::final_evaluations, nullptr, 1, most_evaluations, "evaluations of the search with final_users"},
      {"worlds", &M::worlds, nullptr, 0, most_worlds,
       "worlds with known parameters that are calibrated to see whether they come back; 0: none"},
      {"draws", &M::draws, nullptr, 1, most_draws, "draws of the posterior that are kept for forecasts"},
      {"seed", &M::seed, nullptr, 0, largest_seed, "seed of all draws"},
  };
  return rows;
}

std::uint64_t fewest_points(std::size_t parameters) {
  const std::size_t terms = (parameters + 1) * (parameters + 2) / 2;
  return static_cast<std::uint64_t>(std::ceil(rows_per_term * static_cast<double>(terms)));
}

}  // namespace spillway
