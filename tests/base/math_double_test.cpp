// exp and log in double for lanes, against the C library's.
#include "base/math_double.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace spillway {

TEST_CASE("exp_lane is e^x to 1e-15") {
  double worst = 0.0;
  for (int i = -70'000; i <= 70'000; ++i) {
    const double x = i * 0.00999;
    worst = std::max(worst, std::abs(exp_lane(x) / std::exp(x) - 1.0));
  }
  CHECK(worst < 1e-15);
  CHECK(exp_lane(0.0) == 1.0);
}

TEST_CASE("log_lane is the logarithm to 1e-15, relative to the result or to 1") {
  double worst = 0.0;
  for (int i = 1; i <= 100'000; ++i)
    for (const double scale : {1e-9, 1e-3, 2e-5, 1.0, 3e4, 1e200}) {
      const double x = i * scale, log = std::log(x);
      worst = std::max(worst, std::abs(log_lane(x) - log) / std::max(1.0, std::abs(log)));
    }
  CHECK(worst < 1e-15);
  CHECK(log_lane(1.0) == 0.0);
}

}  // namespace spillway
