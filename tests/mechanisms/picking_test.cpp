// The involved of a block are moved together and back apart by shuffles: no value may get lost or change hands.
#include "mechanisms/picking.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <vector>

#include "mechanisms/lanes.hpp"
#include "mechanisms/pressure.hpp"

namespace spillway::testing {

namespace {
struct Case {
  Scratch scratch{1};
  Scenario scenario;
  std::vector<std::uint8_t> members = std::vector<std::uint8_t>(std::size_t{8} * block_size);
  View view;
  Block whole;
  std::vector<std::int32_t> wanted;  // places marked as involved

  Case(std::uint32_t users, double share, double recency, unsigned seed) : whole{7 * block_size, users} {
    scenario.adoption.recency_weight = recency;
    scenario.adoption.global_reach = 0.25;
    view.scenario = &scenario;
    view.platforms = 1;
    view.platform[0].live = true;
    view.platform[0].member_share = 0.5F;
    view.platform[0].half_step = 1.5F;
    view.membership.u8 = members.data();
    for (std::size_t i = 0; i < members.size(); ++i) members[i] = static_cast<std::uint8_t>(i % 251);
    std::mt19937 random(seed);
    for (std::uint32_t i = 0; i < block_size; ++i) {
      scratch.lane(IntLane::membership)[i] = members[whole.first + i];
      scratch.lane(PlatformLane::share, 0)[i] = static_cast<float>(i) * 0.5F;
      scratch.lane(PlatformLane::pressure, 0)[i] = pressure(i);
      scratch.lane(PlatformIntLane::event_word, 0)[i] = -static_cast<std::int32_t>(i);
      const bool in = i < users && static_cast<double>(random()) < share * 4294967296.0;
      scratch.lane(IntLane::involved)[i] = in ? 1 : 0;
      if (in) wanted.push_back(static_cast<std::int32_t>(i));
    }
  }

  // Of the share alone, or with something on top that nobody could work out from it.
  float pressure(std::uint32_t i) const {
    const float stock = StockPressure(view, 0).of(static_cast<float>(i) * 0.5F);
    return scenario.adoption.recency_weight > 0 ? stock + static_cast<float>(i % 7) : stock;
  }
};

void check_lanes(const Case& c, Block block) {
  for (std::uint32_t i = 0; i < block.size; ++i) {
    const auto place = static_cast<std::int32_t>(block.place(i));
    REQUIRE((i == 0 || block.place(i) > block.place(i - 1)));
    REQUIRE(c.scratch.lane(IntLane::user)[i] == static_cast<std::int32_t>(block.first) + place);
    REQUIRE(c.scratch.lane(IntLane::membership)[i] == c.members[block.first + block.place(i)]);
    REQUIRE(block.lane(block.place(i)) == i);
    REQUIRE(c.scratch.lane(PlatformLane::share, 0)[i] == static_cast<float>(place) * 0.5F);
    REQUIRE(c.scratch.lane(PlatformLane::pressure, 0)[i] == c.pressure(block.place(i)));
    REQUIRE(c.scratch.lane(PlatformIntLane::event_word, 0)[i] == -place);
  }
}

template <class Integer>
std::vector<Integer> check_load(Block block, std::int32_t* values) {
  std::vector<Integer> column(std::size_t{8} * block_size);
  for (std::size_t i = 0; i < column.size(); ++i) column[i] = static_cast<Integer>(i % 251);
  load_integers(column.data(), block, values);
  for (std::uint32_t i = 0; i < block.size; ++i) REQUIRE(values[i] == static_cast<std::int32_t>(column[block.first + block.place(i)]));
  return column;
}

// Each of the block's users gets a new value and nobody else does.
template <class Integer>
void check_columns(Block block) {
  std::int32_t values[block_size] = {};
  std::vector<Integer> column = check_load<Integer>(block, values);
  for (std::uint32_t i = 0; i < block.size; ++i) values[i] += 3;
  std::vector<Integer> expected = column;
  store_integers(column.data(), block, values);
  for (std::uint32_t i = 0; i < block.size; ++i) {
    Integer& cell = expected[block.first + block.place(i)];
    cell = static_cast<Integer>(cell + 3);
  }
  CHECK(column == expected);
}
}  // namespace

TEST_CASE("the involved are moved together with all that is known of them, and written back to their places") {
  const std::uint32_t users = GENERATE(as<std::uint32_t>{}, block_size, 509, 17);
  const double share = GENERATE(0.002, 0.1, 0.5, 0.74);
  const double recency = GENERATE(0.0, 0.3);
  Case c(users, share, recency, users + static_cast<unsigned>(share * 1000.0));
  Picks picks;
  const Block block = pick_involved(c.view, c.whole, c.scratch, picks);
  CHECK(block.first == c.whole.first);
  CHECK((block.size % 16 == 0 || block.size == users));
  CHECK(block.size < c.wanted.size() + 16 + (block.picks == nullptr ? users : 0));
  std::vector<std::int32_t> places;
  for (std::uint32_t i = 0; i < block.size; ++i) places.push_back(static_cast<std::int32_t>(block.place(i)));
  CHECK(std::includes(places.begin(), places.end(), c.wanted.begin(), c.wanted.end()));
  check_lanes(c, block);
  check_columns<std::uint8_t>(block);
  check_columns<std::uint16_t>(block);
  std::int32_t values[block_size];
  check_load<std::uint64_t>(block, values);
}

TEST_CASE("where most are involved the whole block is, and where nobody is it is empty") {
  Case most(block_size, 0.9, 0.3, 1), nobody(block_size, 0.0, 0.3, 2);
  Picks picks;
  const Block whole = pick_involved(most.view, most.whole, most.scratch, picks);
  CHECK(whole.picks == nullptr);
  CHECK(whole.size == block_size);
  check_lanes(most, whole);
  CHECK(pick_involved(nobody.view, nobody.whole, nobody.scratch, picks).size == 0);
}

}  // namespace spillway::testing
