// Own mathematics against the C library's in double: within the errors that base/math.hpp promises.
#include "base/math.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>

namespace spillway {

namespace {
/// Largest |ours - exact| / scale(exact) over evenly spaced points; points are floats, so that only the function errs.
double worst(double from, double to, int points, const std::function<double(float)>& ours, const std::function<double(double)>& exact,
             const std::function<double(double)>& scale) {
  double most = 0.0;
  for (int i = 0; i <= points; ++i) {
    const auto x = static_cast<float>(from + (to - from) * i / points);
    const double truth = exact(static_cast<double>(x));
    most = std::max(most, std::abs(ours(x) - truth) / scale(truth));
  }
  return most;
}
double relative(double truth) { return std::abs(truth); }
double at_least_one(double truth) { return std::max(1.0, std::abs(truth)); }
double normal_cdf(double z) { return 0.5 * std::erfc(-z * std::sqrt(0.5)); }
double normal_density(double z) { return std::exp(-0.5 * z * z) / std::sqrt(2.0 * 3.14159265358979323846); }
}  // namespace

TEST_CASE("exp_f: relative error below 2e-7") {
  const auto ours = [](float x) { return static_cast<double>(exp_f(x)); };
  const auto exact = [](double x) { return std::exp(x); };
  CHECK(worst(-87.0, 88.0, 400'000, ours, exact, relative) < 2e-7);
  CHECK(worst(-1.0, 1.0, 200'000, ours, exact, relative) < 2e-7);
  CHECK(exp_f(0.0F) == 1.0F);
  CHECK(exp_f(-1e30F) == exp_f(-87.0F));
  CHECK(exp_f(1e30F) == exp_f(88.0F));
}

TEST_CASE("one_minus_exp_neg: relative error below 3e-7 down to the smallest hazards") {
  const auto ours = [](float x) { return static_cast<double>(one_minus_exp_neg(x)); };
  const auto exact = [](double x) { return -std::expm1(-x); };
  CHECK(worst(0.0001, 20.0, 400'000, ours, exact, relative) < 3e-7);
  for (float x = 1e-30F; x < 1.0F; x *= 3.0F)
    CHECK(static_cast<double>(one_minus_exp_neg(x)) == Approx(-std::expm1(-static_cast<double>(x))).epsilon(3e-7));
  CHECK(one_minus_exp_neg(0.0F) == 0.0F);
  CHECK(one_minus_exp_neg(80.0F) == 1.0F);
  CHECK(one_minus_exp_neg(1e30F) == 1.0F);
}

TEST_CASE("log_f: error below 2e-7, absolute near 1 and relative for large results") {
  const auto ours = [](float x) { return static_cast<double>(log_f(x)); };
  const auto exact = [](double x) { return std::log(x); };
  CHECK(worst(0.01, 4.0, 400'000, ours, exact, at_least_one) < 2e-7);
  CHECK(worst(1.0, 1e6, 400'000, ours, exact, at_least_one) < 2e-7);
  for (float x = 1.2e-38F; x < 1e38F; x *= 1.7F)
    CHECK(std::abs(ours(x) - std::log(static_cast<double>(x))) < 2e-7 * at_least_one(std::log(static_cast<double>(x))));
  CHECK(log_f(1.0F) == 0.0F);
}

// y log x is rounded to a float: relative error of the result |y log x| 2^-24 times a few, plus that of exp.
TEST_CASE("pow_f") {
  for (const float y : {0.2F, 0.5F, 1.0F, 2.5F}) {
    const auto ours = [y](float x) { return static_cast<double>(pow_f(x, y)); };
    const auto exact = [y](double x) { return std::pow(x, static_cast<double>(y)); };
    CHECK(worst(1e-6, 1.0, 100'000, ours, exact, relative) < 2e-7 + static_cast<double>(y) * (13.9 * 1.2e-7 + 2e-7));
  }
  CHECK(pow_f(1.0F, 3.7F) == 1.0F);
}

TEST_CASE("pow_bound_f: never below pow_f, and close above it") {
  for (const float y : {0.0F, 0.05F, 0.25F, 1.0F, 1.7F, 3.0F}) {
    double least = 2.0, most = 0.0;
    for (float x = 1e-9F; x < 4.0F; x *= 1.0003F) {
      const double ratio = static_cast<double>(pow_bound_f(x, y)) / static_cast<double>(pow_f(x, y));
      least = std::min(least, ratio);
      most = std::max(most, ratio);
    }
    CHECK(least >= 1.0);
    CHECK(most < 1.07 * std::pow(1.062, static_cast<double>(y)));
    CHECK(pow_bound_f(0.0F, y) > 0.0F);
  }
}

// The error of the deviate is that of its probability over the density.
TEST_CASE("normal_quantile_f: within 1e-4, out to the smallest step of u") {
  double body = 0.0, tail = 0.0;
  for (std::uint32_t i = 0; i < (1U << 23); i += 37) {
    const float u = (static_cast<float>(static_cast<std::int32_t>(i)) + 0.5F) * (1.0F / 8388608.0F);
    const double z = static_cast<double>(normal_quantile_f(u));
    const double error = std::abs((normal_cdf(z) - static_cast<double>(u)) / normal_density(z));
    (std::abs(z) < 2.0 ? body : tail) = std::max(std::abs(z) < 2.0 ? body : tail, error);
  }
  CHECK(body < 1e-4);
  CHECK(tail < 1e-4);
  CHECK(std::abs(normal_quantile_f(0.5F)) < 1e-7F);
  CHECK(normal_quantile_f(0.975F) == Approx(1.959964).margin(1e-4));
}

TEST_CASE("float functions rise where they should") {
  float before_exp = exp_f(-20.0F), before_log = log_f(1e-3F), before_chance = 0.0F, before_quantile = normal_quantile_f(1e-4F);
  for (int i = 1; i < 4000; ++i) {
    const float x = static_cast<float>(i);
    const float e = exp_f(-20.0F + 0.01F * x), l = log_f(1e-3F + 1e-3F * x), c = one_minus_exp_neg(2e-3F * x),
                q = normal_quantile_f(1e-4F + 2.4e-4F * x);
    REQUIRE((e > before_exp && l > before_log && c > before_chance && q > before_quantile));
    before_exp = e, before_log = l, before_chance = c, before_quantile = q;
  }
}

TEST_CASE("exp_d and log_d: relative error below 1e-15") {
  double exp_error = 0.0, log_error = 0.0;
  for (int i = -70'000; i <= 70'000; ++i) {
    const double x = i * 0.01 + 0.00123;
    exp_error = std::max(exp_error, std::abs(exp_d(x) / std::exp(x) - 1.0));
    const double y = std::exp(x);
    if (std::abs(x) > 0.005) log_error = std::max(log_error, std::abs(log_d(y) / std::log(y) - 1.0));
  }
  for (double y = 0.5; y < 2.0; y += 1.23e-5)
    if (std::abs(y - 1.0) > 1e-9) log_error = std::max(log_error, std::abs(log_d(y) / std::log(y) - 1.0));
  CHECK(exp_error < 1e-15);
  CHECK(log_error < 1e-15);
  CHECK(exp_d(0.0) == 1.0);
  CHECK(log_d(1.0) == 0.0);
  CHECK(exp_d(-800.0) == 0.0);
}

TEST_CASE("pow_d and relaxation") {
  CHECK(pow_d(0.0, 0.0) == 1.0);
  CHECK(pow_d(0.0, 2.0) == 0.0);
  CHECK(pow_d(2.0, 10.0) == Approx(1024.0).epsilon(1e-14));
  CHECK(pow_d(5.0, 0.2) == Approx(std::pow(5.0, 0.2)).epsilon(1e-14));
  CHECK(relaxation(7.0, 0.0) == 1.0);
  CHECK(relaxation(7.0, 7.0) == Approx(1.0 - std::exp(-1.0)).epsilon(1e-14));
}

TEST_CASE("limits through the bits are those of floats") {
  constexpr float some[] = {-1e30F, -88.0F, -87.0F, -1.5F, -1e-38F, -0.0F, 0.0F, 1e-38F, 0.5F, 1.0F, 87.0F, 65535.0F, 1e30F};
  const auto same = [](float a, float b) { return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b); };
  for (const float x : some) {
    for (const float limit : {0.0F, 1e-30F, 1.0F, 87.0F}) CHECK(same(at_least(x, limit), max_of(x, limit)));
    for (const float limit : {1e-30F, 1.0F, 87.0F}) CHECK(same(at_most(x, limit), min_of(x, limit)));
    CHECK(same(not_below(x, -87.0F), max_of(x, -87.0F)));
  }
}

}  // namespace spillway
