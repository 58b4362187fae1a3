// The historical scenario with more and with fewer agents: the same market within sampling error, as long as the number of suppliers
// stays. A long campaign (scripts/test --long).
//
// With the number of suppliers in proportion to users the most popular ones have other shares of the audience, so sizes differ by
// more than luck may: by 0.3 % for Weibo with a hundred times the suppliers (measured; the table is in sim/DECISIONS.md).
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>

#include "run/history_runs.hpp"

using namespace spillway;
using namespace spillway::testing;

namespace {
struct Sample {
  Users mean{}, variance{};  ///< of the mean
};

Sample sample_of(const char* users, int seeds) {
  std::vector<Users> runs;
  for (int seed = 1; seed <= seeds; ++seed)
    runs.push_back(year_ends({std::string("population.users=") + users, "suppliers.count=1000", "seed=" + std::to_string(seed)}));
  Sample s;
  for (std::size_t k = 0; k < 2; ++k)
    for (std::size_t y = 0; y < years; ++y) {
      double squares = 0.0;
      for (const Users& run : runs) s.mean[k][y] += run[k][y] / seeds;
      for (const Users& run : runs) squares += (run[k][y] - s.mean[k][y]) * (run[k][y] - s.mean[k][y]);
      s.variance[k][y] = squares / (seeds - 1) / seeds;
    }
  return s;
}
}  // namespace

// Welch's t for eight comparisons at four standard errors; with seven degrees of freedom or more a false alarm has a chance of 4 %.
TEST_CASE("history at 100,000 and at a million users agrees within sampling error", "[.long]") {
  const Sample few = sample_of("100000", 12), many = sample_of("1000000", 4);
  for (std::size_t k = 0; k < 2; ++k)
    for (std::size_t y = 0; y < years; ++y) {
      const double error = std::sqrt(few.variance[k][y] + many.variance[k][y]);
      std::printf("%-6s %zu: %.1f and %.1f million, standard error of the difference %.1f\n", k == 0 ? "weibo" : "wechat", first_year + y,
                  few.mean[k][y] / 1e6, many.mean[k][y] / 1e6, error / 1e6);
      CHECK(std::abs(few.mean[k][y] - many.mean[k][y]) < 4.0 * error);
    }
}
