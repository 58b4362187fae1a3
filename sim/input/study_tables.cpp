#include "input/study_tables.hpp"

namespace spillway {

const std::vector<DesignRow>& design_rows_table() {
  static const std::vector<DesignRow> rows{
      {DesignKind::grid, true, {}, "every combination of the factors' values"},
      {DesignKind::list, true, {}, "row i takes the i-th value of every factor; all lists have one length"},
      {DesignKind::one_at_a_time, true, {}, "the base scenario, then each factor's values alone"},
      {DesignKind::random, false, {samples_option, seed_option}, "independent draws"},
      {DesignKind::latin_hypercube, false, {samples_option, seed_option}, "draws that cover each factor's range evenly"},
      {DesignKind::sobol,
       false,
       {samples_option, seed_option},
       "Sobol's sequence, which covers all ranges together evenly; samples a power of two"},
      {DesignKind::saltelli,
       false,
       {samples_option, seed_option, {"second_order", nullptr, &Design::second_order, 0, 0, false, "also for indices of pairs of factors"}},
       "for Sobol's indices: samples x (k + 2) points for k factors, x (2k + 2) with second order; samples a power of two"},
      {DesignKind::morris,
       false,
       {{"trajectories", &Design::trajectories, nullptr, 1, most_trajectories, true, "walks, each of k + 1 points"},
        {"levels", &Design::levels, nullptr, 2, most_levels, false, "values that a factor takes, an even number"},
        seed_option},
       "Morris's screening of many factors: trajectories x (k + 1) points"},
      {DesignKind::file, false, {}, "rows of a CSV file with a column per factor, such as {file: design.csv}"},
  };
  return rows;
}

const std::vector<LimitRow>& limit_rows() {
  static const std::vector<LimitRow> rows{
      {"wall", &Limits::wall_seconds, "30 min", {{"s", 1}, {"min", 60}, {"h", 3600}, {"d", 86400}}, "time on the clock of one run"},
      {"memory",
       &Limits::memory_bytes,
       "4 GB",
       {{"B", 1}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12}, {"MiB", 1048576.0}, {"GiB", 1073741824.0}, {"TiB", 1099511627776.0}},
       "memory of one run"},
  };
  return rows;
}

}  // namespace spillway
