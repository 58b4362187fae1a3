#include "report/sensitivity_text.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "support/made_sensitivity.hpp"

using namespace spillway;
using namespace spillway::testing;

TEST_CASE("the table has the most influential factor first and warnings last", "[sensitivity]") {
  Sensitivity sensitivity = made_sensitivity(SensitivityMethod::sobol, {"a.long.key", "习惯", "c"}, {0.1, 0.6, 0.3}, 0.05, 1);
  sensitivity.warnings = {"32 base rows are few."};
  CHECK(sensitivity_text(sensitivity) ==
        "Sobol’s indices: 270 points of 3 replicates, 95 % bootstrap intervals\n"
        "\n"
        "monthly_active_users.wechat@end\n"
        "  people who used the platform, wechat, at the end\n"
        "  mean 590 M, standard deviation 12.0 M over 270 points; luck is 3.0 % of that variance\n"
        "    factor      role         alone (first)         with others (total)\n"
        "    习惯          uncertainty  0.540 [0.490, 0.590]  0.600 [0.550, 0.650]\n"
        "    c           uncertainty  0.270 [0.220, 0.320]  0.300 [0.250, 0.350]\n"
        "    a.long.key  lever        0.090 [0.040, 0.140]  0.100 [0.050, 0.150]\n"
        "    pairs of factors, beyond what each does alone\n"
        "      a.long.key x 习惯  0.050 [0.010, 0.090]\n"
        "\n"
        "warning: 32 base rows are few.\n");
}

TEST_CASE("Morris's effects share one scale", "[sensitivity]") {
  const std::string text = sensitivity_text(made_sensitivity(SensitivityMethod::morris, {"a", "b"}, {3.2e7, 4e5}, 1e5, 2));
  CHECK(text.find("mu*, million") != std::string::npos);
  CHECK(text.find("32.0 [31.9, 32.1]  -32.0 [-32.1, -31.9]  8.0 [7.9, 8.1]\n") != std::string::npos);
  CHECK(text.find("0.4 [0.3, 0.5]") != std::string::npos);
}

TEST_CASE("what is not known is a dash in the table and null in JSON", "[sensitivity]") {
  Sensitivity sensitivity = made_sensitivity(SensitivityMethod::prcc, {"a", "b"}, {-0.5, NAN}, 0.1, 2);
  sensitivity.outcomes[0].noise = NAN;
  const std::string text = sensitivity_text(sensitivity);
  CHECK(text.find("    a       lever        -0.500 [-0.600, -0.400]\n    b       lever        -\n") != std::string::npos);
  CHECK(text.find("luck") == std::string::npos);
  const auto json = sensitivity_json(sensitivity);
  CHECK(json.at("schema") == "spillway-sensitivity/1");
  CHECK(json.at("method") == "prcc");
  const auto& outcome = json.at("outcomes").at(0);
  CHECK(outcome.at("noise").is_null());
  CHECK(outcome.at("factors").at(0).at("correlation").at("value") == -0.5);
  CHECK(outcome.at("factors").at(1).at("correlation").at("value").is_null());
  CHECK_FALSE(outcome.at("factors").at(0).contains("mu"));
  CHECK_FALSE(outcome.contains("interactions"));
}
