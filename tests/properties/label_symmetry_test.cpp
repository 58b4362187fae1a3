// D7: platforms have no place of their own. Listing them in another order moves their columns and counts, and nothing else.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "support/busy_market.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

namespace {
/// The same scenario with platform `from[k]` in place k.
Scenario reordered(const Scenario& s, const std::vector<std::size_t>& from) {
  Scenario other = s;
  for (std::size_t k = 0; k < from.size(); ++k) other.platforms[k] = s.platforms[from[k]];
  complete(other);  // the marketplace's maps follow the platforms
  return other;
}

void check_columns(const World& a, const World& b, const std::vector<std::size_t>& from) {
  for (const UserFieldRow& row : user_field_table) {
    if (!row_of(row.column).needed(a.scenario)) continue;
    for (std::size_t k = 0; k < (row.per_platform ? from.size() : 1); ++k) {
      INFO(row.name << " of platform " << k);
      const int here = row.per_platform ? static_cast<int>(k) : -1, there = row.per_platform ? static_cast<int>(from[k]) : -1;
      REQUIRE(values_of(b, row.field, here) == values_of(a, row.field, there));
    }
  }
  const SupplierState &x = a.suppliers, &y = b.suppliers;
  for (std::size_t k = 0; k < from.size(); ++k)
    for (std::size_t j = 0; j < x.present.size(); ++j) {
      const std::size_t here = k * x.count + j, there = from[k] * x.count + j;
      REQUIRE((y.present[j] >> k & 1) == (x.present[j] >> from[k] & 1));
      REQUIRE((y.serves[j] >> k & 1) == (x.serves[j] >> from[k] & 1));
      REQUIRE(y.followers[here] == x.followers[there]);
      REQUIRE(y.profit[here] == x.profit[there]);
      REQUIRE(y.effort[here] == x.effort[there]);
    }
}

void check_counts(const Tally& a, const Tally& b, const std::vector<std::size_t>& from) {
  const auto place = [&](std::size_t p) { return p == 0 ? 0 : from[p - 1] + 1; };
  for (std::size_t k = 0; k < from.size(); ++k)
    for (std::size_t c = 0; c < count_kinds; ++c) REQUIRE(b.counts[c][k] == a.counts[c][from[k]]);
  REQUIRE(a.broadcast_users == b.broadcast_users);
  for (std::size_t x = 0; x < from.size(); ++x)
    for (std::size_t y = 0; y < from.size(); ++y) REQUIRE(b.exposure[x][y] == a.exposure[from[x]][from[y]]);
  for (std::size_t x = 0; x <= from.size(); ++x)
    for (std::size_t y = 0; y <= from.size(); ++y) {
      REQUIRE(b.account_flow[x][y] == a.account_flow[place(x)][place(y)]);
      REQUIRE(b.attention_flow[x][y] == a.attention_flow[place(x)][place(y)]);
    }
}
}  // namespace

TEST_CASE("D7: swapping two platforms swaps their columns and counts", "[threads]") {
  const std::vector<std::size_t> swapped{1, 0};
  Scenario s = GENERATE(busy_market(5003), whole_market(5003));
  if (GENERATE(false, true)) s.numerics.stocks = StockType::f32;
  Run a(s), b(reordered(s, swapped), {3, {}});
  for (int tick = 0; tick < 52; ++tick) {
    const Tally& first = a.tick();
    check_counts(first, b.tick(), swapped);
  }
  check_columns(*a.world, *b.world, swapped);
}

TEST_CASE("D7: labels mean nothing where ids for draws are given") {
  Scenario s = busy_market(2000), renamed = s;
  renamed.interventions.clear();
  s.interventions.clear();  // they name platforms
  std::swap(renamed.platforms[0].first, renamed.platforms[1].first);
  Run a(s, {1, {7, 8}}), b(renamed, {1, {7, 8}}), other_luck(s, {1, {8, 7}});
  const Trace expected = trace_of(a, 30);
  CHECK(trace_of(b, 30) == expected);
  CHECK(!(trace_of(other_luck, 30) == expected));
}

TEST_CASE("D7: swapping names, parameters and ids of two platforms") {
  const std::vector<std::size_t> swapped{1, 0};
  const Scenario s = whole_market(3000);
  Run a(s, {1, {7, 8}}), b(reordered(s, swapped), {1, {8, 7}});
  a.ticks(52);
  b.ticks(52);
  check_columns(*a.world, *b.world, swapped);
}

// With three platforms the sum over the nest has three terms, whose rounding depends on their order; exchanging the first two
// does not change it, so that exchange must be exact.
TEST_CASE("D7: exchanging two of three platforms") {
  const std::vector<std::size_t> swapped{1, 0, 2};
  const Scenario s = whole_market(3001, true);
  Run a(s), b(reordered(s, swapped));
  for (int tick = 0; tick < 52; ++tick) {
    const Tally& first = a.tick();
    const Tally& second = b.tick();
    for (std::size_t k = 0; k < 3; ++k)
      for (std::size_t c = 0; c < count_kinds; ++c) REQUIRE(second.counts[c][k] == first.counts[c][swapped[k]]);
  }
  check_columns(*a.world, *b.world, swapped);
}

// Any other order agrees to the rounding of one float addition, in the first tick in which all three are open.
TEST_CASE("D7: any order of three platforms, to the last float digit") {
  const std::vector<std::size_t> from =
      GENERATE(std::vector<std::size_t>{1, 2, 0}, std::vector<std::size_t>{2, 0, 1}, std::vector<std::size_t>{2, 1, 0});
  Scenario s = busy_market(3001, true);
  for (auto& [name, platform] : s.platforms) {
    platform.launch = s.time.start;
    platform.initial_share = 0.6;
  }
  Run a(s), b(reordered(s, from));
  const PanelUsers all = everybody(*a.world);
  const PanelRows first = a.watch(all), second = b.watch(all);
  double worst = 0.0;
  for (std::size_t user = 0; user < all.ids.size(); ++user)
    for (std::size_t k = 0; k < 3; ++k)
      worst = std::max(worst, std::abs(static_cast<double>(second.attention_share[3 * user + k]) -
                                       static_cast<double>(first.attention_share[3 * user + from[k]])));
  CHECK(worst < 4e-7);         // shares below 1: a few units of 2^-24
  for (int k = 0; k < 3; ++k)  // what does not pass through that sum is equal
    CHECK(bytes_of(*b.world, Column::irritation, k) ==
          bytes_of(*a.world, Column::irritation, static_cast<int>(from[static_cast<std::size_t>(k)])));
}

}  // namespace spillway::testing
