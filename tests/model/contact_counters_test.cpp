// What one change of status does to one contact's counters.
#include "model/contact_counters.hpp"

#include <catch2/catch.hpp>

#include "base/parallel.hpp"

namespace spillway {

namespace {
struct Counters {
  std::uint8_t active[3] = {}, ever[3] = {};
  std::uint16_t recency[3] = {};
  PlatformColumns columns() {
    PlatformColumns c;
    c.contacts_active.u8 = active;
    c.contacts_ever.u8 = ever;
    c.recency = recency;
    return c;
  }
};
}  // namespace

TEST_CASE("joins, rejoins and exits count as they should, for the one who is told") {
  for (const bool shared : {false, true}) {
    Counters of;
    tell(of.columns(), 1, ChangeKind::join, 40, shared);
    CHECK((of.active[1] == 1 && of.ever[1] == 1 && of.recency[1] == 40));
    tell(of.columns(), 1, ChangeKind::exit, 40, shared);
    CHECK((of.active[1] == 0 && of.ever[1] == 1 && of.recency[1] == 40));
    tell(of.columns(), 1, ChangeKind::rejoin, 40, shared);
    CHECK((of.active[1] == 1 && of.ever[1] == 1 && of.recency[1] == 80));
    for (const int other : {0, 2}) CHECK((of.active[other] == 0 && of.ever[other] == 0 && of.recency[other] == 0));
  }
}

TEST_CASE("many joins at once are the same as one by one") {
  Counters once, each;
  tell_joins(once.columns(), 2, 7, 30);
  for (int join = 0; join < 7; ++join) tell(each.columns(), 2, ChangeKind::join, 30, false);
  CHECK((once.active[2] == each.active[2] && once.ever[2] == each.ever[2] && once.recency[2] == each.recency[2]));
  CHECK(once.active[2] == 7);
}

TEST_CASE("counters that a scenario does without are left out") {
  std::uint16_t active[1] = {};
  PlatformColumns columns;
  columns.contacts_active.u16 = active;
  tell(columns, 0, ChangeKind::join, 5, true);
  tell_joins(columns, 0, 299, 5);
  CHECK(active[0] == 300);
}

TEST_CASE("nothing is lost when threads tell the same person") {
  Counters of;
  const PlatformColumns columns = of.columns();
  for_blocks(200 * 64, 64, 4, [&](int, std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; i += 64) tell(columns, 1, ChangeKind::join, 300, true);
  });
  CHECK(of.active[1] == 200);
  CHECK(of.recency[1] == 200 * 300);
}

}  // namespace spillway
