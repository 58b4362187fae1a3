#include "input/calibration_tables.hpp"

namespace spillway {

namespace {
// Limits are chosen, as in study_tables.hpp: what is beyond them is a slip of the keyboard.
constexpr double most_waves = 50, most_cut = 100, most_users = 4294967295.0, most_runs = 1000, most_evaluations = 1e5, most_worlds = 1e4,
                 most_draws = 1e5;
}  // namespace

const std::vector<MethodRow>& method_rows() {
  using M = CalibrationMethod;
  static const std::vector<MethodRow> rows{
      {"waves", &M::waves, nullptr, 1, most_waves, "waves of runs; each narrows the parameters down for the next"},
      {"points", &M::points, nullptr, 2, most_samples, "runs of each wave, each at another point"},
      {"cut", nullptr, &M::cut, 1, most_cut, "implausibility, in standard deviations, beyond which a point is ruled out"},
      {"search_users", &M::search_users, nullptr, 1, most_users,
       "users of the runs in which descents look for the best parameters, and of the two last waves, about these"},
      {"starts", &M::starts, nullptr, 1, most_evaluations,
       "descents, from the waves' centre and their nearest runs; variants have one, from the optimum"},
      {"steps", &M::steps, nullptr, 0, most_evaluations,
       "steps of each descent; a step takes as many runs as there are parameters, and eight"},
      {"final_users", &M::final_users, nullptr, 1, most_users, "users of the runs at the descents' ends, the best of which is taken"},
      {"final_runs", &M::final_runs, nullptr, 1, most_runs, "runs with other luck over which each of them is averaged"},
      {"worlds", &M::worlds, nullptr, 0, most_worlds,
       "worlds with known parameters that are calibrated to see whether they come back; 0: none"},
      {"draws", &M::draws, nullptr, 1, most_draws, "draws of the posterior that are kept for forecasts"},
      {"seed", &M::seed, nullptr, 0, largest_seed, "seed of all draws"},
  };
  return rows;
}

}  // namespace spillway
