#include "analysis/paired.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

using namespace spillway;

namespace {
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Standard normal numbers by Box and Muller, from a small generator of the test's own.
struct Normals {
  std::uint64_t state;
  double uniform() {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (static_cast<double>(state >> 11) + 0.5) / 9007199254740992.0;
  }
  double next() {
    const double radius = std::sqrt(-2 * std::log(uniform()));
    return radius * std::cos(2 * M_PI * uniform());
  }
};
}  // namespace

TEST_CASE("Student's factors as in the tables") {
  CHECK(student_factor(0.95, 2) == Approx(12.706).epsilon(1e-4));
  CHECK(student_factor(0.95, 8) == Approx(2.3646).epsilon(1e-4));
  CHECK(student_factor(0.90, 11) == Approx(1.8125).epsilon(1e-4));
  CHECK(student_factor(0.99, 31) == Approx(2.7500).epsilon(1e-4));
}

TEST_CASE("a paired comparison by hand") {
  // differences 1, 3, 2: mean 2, s = 1; half width 4.3027 / sqrt(3)
  const std::vector<double> a{10, 20, 30}, b{11, 23, 32};
  const Paired paired = compare_pairs(a, b, 0.95);
  CHECK(paired.pairs == 3);
  CHECK(paired.baseline == 20);
  CHECK(paired.other == 22);
  CHECK(paired.difference.value == 2);
  CHECK(paired.difference.high - 2 == Approx(4.3027 / std::sqrt(3.0)).epsilon(1e-4));
  CHECK(paired.difference.low == Approx(2 - 4.3027 / std::sqrt(3.0)).epsilon(1e-4));
  CHECK(paired.verdict == Verdict::within_noise);
  CHECK(paired.relative.value == Approx(0.1));
  // residuals (b - 1.1 a) / 20 = 0, 0.05, -0.05: s = 0.05
  CHECK(paired.relative.high - 0.1 == Approx(4.3027 * 0.05 / std::sqrt(3.0)).epsilon(1e-4));
  // var a = 100, var b = 111, var of differences 1
  CHECK(paired.variance_ratio == Approx(211));
}

TEST_CASE("a sure difference, the same, and too few") {
  const std::vector<double> a{10, 20, 30}, surely{20, 30.5, 40.2};
  CHECK(compare_pairs(a, surely, 0.95).verdict == Verdict::differs);
  CHECK(compare_pairs(a, a, 0.95).verdict == Verdict::identical);
  CHECK(compare_pairs(a, a, 0.95).difference.high == 0);
  const Paired one = compare_pairs(std::vector<double>{1}, std::vector<double>{2}, 0.95);
  CHECK(one.verdict == Verdict::unknown);
  CHECK(one.difference.value == 1);
  CHECK(std::isnan(one.difference.low));
  CHECK(compare_pairs(std::vector<double>{1}, std::vector<double>{1}, 0.95).verdict == Verdict::identical);
}

TEST_CASE("pairs of which one is unknown do not count") {
  const Paired paired = compare_pairs(std::vector<double>{1, missing, 3, 4}, std::vector<double>{2, 3, missing, 6}, 0.95);
  CHECK(paired.pairs == 2);
  CHECK(paired.difference.value == 1.5);
  const Paired none = compare_pairs(std::vector<double>{missing}, std::vector<double>{1}, 0.95);
  CHECK(none.pairs == 0);
  CHECK(std::isnan(none.baseline));
}

TEST_CASE("a baseline of zero has no relative difference") {
  const Paired paired = compare_pairs(std::vector<double>{0, 0}, std::vector<double>{1, 2}, 0.95);
  CHECK(std::isnan(paired.relative.value));
  CHECK(paired.difference.value == 1.5);
}

// 4,000 samples of 8 pairs: hits are binomial. The relative interval is exact to first order only, and the spread of 5 % is small.
TEST_CASE("intervals of normal pairs cover the truth in 95 of 100") {
  Normals normals{20141128};
  const int samples = 4000;
  int difference = 0, relative = 0;
  for (int i = 0; i < samples; ++i) {
    std::vector<double> a, b;
    for (int r = 0; r < 8; ++r) {
      const double common = 5 * normals.next();
      a.push_back(100 + common);
      b.push_back(103 + common + normals.next());
    }
    const Paired paired = compare_pairs(a, b, 0.95);
    difference += paired.difference.low <= 3 && 3 <= paired.difference.high;
    relative += paired.relative.low <= 0.03 && 0.03 <= paired.relative.high;
    CHECK(paired.variance_ratio > 1);
  }
  const double sd = std::sqrt(0.95 * 0.05 / samples);
  CHECK(std::abs(static_cast<double>(difference) / samples - 0.95) < 3.5 * sd);
  CHECK(std::abs(static_cast<double>(relative) / samples - 0.95) < 3.5 * sd);
}
