// Points, quantiles and indices as tables that tests/readers/check_designs.py compares with SciPy's.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <limits>

#include "analysis/design.hpp"
#include "analysis/sensitivity.hpp"
#include "support/prcc_table.hpp"
#include "support/sweeps.hpp"
#include "support/temporary_folder.hpp"

using namespace spillway;
using namespace spillway::testing;

namespace {
void write(const std::string& path, const Matrix& table) {
  std::ofstream file(path);
  file.precision(17);
  for (std::size_t i = 0; i < table.rows(); ++i)
    for (std::size_t j = 0; j < table.columns; ++j) file << table.row(i)[j] << (j + 1 < table.columns ? ',' : '\n');
  REQUIRE(file.good());
}

Matrix quantiles(const Distribution& distribution, const std::vector<double>& unit) {
  Factor factor = uniform_factor("x", 0, 1);
  factor.distribution = distribution;
  Matrix column{1, {}};
  for (const double u : unit) column.values.push_back(quantile_of(factor, u));
  return column;
}
}  // namespace

TEST_CASE("designs: points for SciPy", "[design]") {
  const test::TemporaryFolder temporary;
  const char* wanted = std::getenv("SPILLWAY_DESIGNS");
  const std::string folder = (wanted != nullptr ? wanted : temporary / "") + std::string("/");
  for (const std::size_t columns : {1U, 2U, 3U, 10U, 37U, 60U})
    write(folder + "sobol_" + std::to_string(columns) + ".csv", sobol_points(4096, columns, {}));
  write(folder + "latin_hypercube.csv", latin_hypercube(300, 6, 1));

  std::vector<double> unit{0, 1e-300, 1e-18, 1e-9};
  for (int i = 1; i < 1000; ++i) unit.push_back(i / 1000.0);
  unit.insert(unit.end(), {1 - 1e-9, 1 - 0x1p-53, 1});
  constexpr double inf = std::numeric_limits<double>::infinity();
  write(folder + "unit.csv", {1, unit});
  write(folder + "uniform.csv", quantiles({DistributionKind::uniform, 2, 7, 0, 0, {}}, unit));
  write(folder + "loguniform.csv", quantiles({DistributionKind::loguniform, 0.005, 0.05, 0, 0, {}}, unit));
  write(folder + "normal.csv", quantiles({DistributionKind::normal, -inf, inf, 9, 2, {}}, unit));
  write(folder + "normal_cut.csv", quantiles({DistributionKind::normal, 5, 12, 9, 2, {}}, unit));

  Matrix data{4, {}}, points{3, {}}, found{3, {}};
  for (const auto& row : prcc_table()) {
    data.values.insert(data.values.end(), row.begin(), row.end());
    points.values.insert(points.values.end(), row.begin(), row.begin() + 3);
  }
  const Study study = uniform_study(3, 0, 1, sampled(DesignKind::file, 0));
  const Recording sweep = made_sweep(study, points, {{"y", [](auto, std::size_t p, auto) { return prcc_table()[p][3]; }}});
  for (const FactorInfluence& factor : sensitivity_of(sweep, {}).outcomes.at(0).factors) found.values.push_back(factor.correlation.value);
  write(folder + "prcc_data.csv", data);
  write(folder + "prcc.csv", found);
}
