// The bits of a run, held to literals: the same for any number of threads, vector width, compiler and x86-64 machine.
//
// A change of the model, of a default or of the draws changes these numbers. Then replace them here by those that the failing test
// prints, and say why in CHANGES.md. A change of speed alone must not.
#include <catch2/catch.hpp>
#include <cstdio>

#include "base/hash.hpp"
#include "support/busy_market.hpp"
#include "support/runs.hpp"
#include "support/sanitized.hpp"
#include "support/scenarios.hpp"

namespace spillway::testing {

namespace {
constexpr std::uint64_t golden_history = 0xa0d4df4c69cae0c0ULL;       // stocks in u16
constexpr std::uint64_t golden_history_f32 = 0x94d7bd75bc9a6864ULL;   // stocks in f32: shows the last digit of every float
constexpr std::uint64_t golden_whole_market = 0x5d7fc9c351bc37d0ULL;  // every mechanism on, three platforms, a last block that is not full
constexpr std::uint64_t golden_one_home = 0x4d6303c111eae335ULL;      // the same, each user on one platform at most

constexpr std::uint32_t golden_users = 20'000, golden_ticks = 200;

/// State hash of every column in every tick, and everything counted, in one number.
std::uint64_t hash_of(const Scenario& s, int threads, std::uint32_t ticks) {
  Run run(s, {threads, {}});
  const Trace trace = trace_of(run, ticks);
  std::uint64_t h = trace.tallies;
  for (const std::uint64_t column : trace.columns) h = chain(h, column);
  return h;
}

std::uint64_t history_hash(StockType stocks, int threads) {
  Scenario s = small_history(golden_users);
  s.numerics.stocks = stocks;
  return hash_of(s, threads, golden_ticks);
}

void check_golden(const char* name, std::uint64_t golden, std::uint64_t now) {
  char text[120];
  std::snprintf(text, sizeof text, "constexpr std::uint64_t %s = 0x%016llxULL;", name, static_cast<unsigned long long>(now));
  INFO("now " << text);
  CHECK(now == golden);
}
}  // namespace

TEST_CASE("literal state hash of the historical market", "[threads]") {
  for (const int threads : sanitized ? std::vector{3} : std::vector{1, 2, 3, 8}) {
    INFO(threads << " threads");
    check_golden("golden_history", golden_history, history_hash(StockType::u16, threads));
  }
}

TEST_CASE("literal state hash with f32 stocks", "[threads]") {
  check_golden("golden_history_f32", golden_history_f32, history_hash(StockType::f32, 2));
}

TEST_CASE("literal state hash of a market with everything on", "[threads]") {
  check_golden("golden_whole_market", golden_whole_market, hash_of(whole_market(12'345, true), 2, 52));
}

TEST_CASE("literal state hash of a market in which everybody has one home", "[threads]") {
  Scenario s = whole_market(12'345, true);
  s.adoption.homing = Homing::single;
  check_golden("golden_one_home", golden_one_home, hash_of(s, 2, 52));
}

}  // namespace spillway::testing
