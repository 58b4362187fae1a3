// The field tables: names are unique and typeable, defaults lie in their ranges, every row says what it means.
#include "model/scenario_fields.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "model/policy.hpp"

namespace spillway {

namespace {
struct Walk {
  std::size_t numbers = 0, structs = 0, plausible = 0;

  template <class T>
  void visit(const T& owner, const std::string& prefix) {
    ++structs;
    std::set<std::string_view> names;
    for_each_field<T>([&](const auto& row) {
      const std::string path = prefix + std::string(row.name);
      INFO(path);
      CHECK(names.insert(row.name).second);
      CHECK(row.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos);
      CHECK(!row.meaning.empty());
      CHECK(row.range.low <= row.range.high);
      check_default(row, owner.*(row.member), path);
    });
  }

  // A default that its own sources find hard to believe would be a slip in one of the two.
  template <class Row>
  void check_plausible(const Row& row, double x) {
    if (!is_bounded(row.likely)) return;
    ++plausible;
    CHECK(row.likely.low < row.likely.high);
    CHECK(row.likely.low >= row.range.low);
    CHECK(row.likely.high <= row.range.high);
    CHECK(!row.source.empty());
    CHECK((x == 0.0 || (x >= row.likely.low && x <= row.likely.high)));
  }

  template <class Row, class Member>
  void check_default(const Row& row, const Member& value, const std::string& path) {
    if constexpr (Described<Member>) {
      visit(value, path + ".");
    } else if constexpr (std::is_arithmetic_v<Member>) {
      ++numbers;
      const auto x = static_cast<double>(value);
      if (std::isnan(x)) return;  // a segment's value: the population's
      const bool is_never = std::isinf(x) && has(row.flags, FieldFlag::never);
      CHECK((is_never || (x >= row.range.low && x <= row.range.high)));
      if (has(row.flags, FieldFlag::positive) && !is_never) CHECK(x > row.range.low);
      check_plausible(row, x);
    }
  }
};
}  // namespace

TEST_CASE("scenario rows: unique names, defaults in range, a meaning each") {
  Walk walk;
  walk.visit(Scenario{}, "");
  walk.visit(Platform{}, "platforms.x.");
  walk.visit(Segment{"any", 0.5}, "population.segments.");
  CHECK(walk.structs >= 14);
  CHECK(walk.numbers > 60);
  CHECK(walk.plausible > 60);
}

TEST_CASE("policies: unique names, values in row order") {
  std::set<std::string> names;
  for (const PolicyRow& row : policy_rows()) CHECK(names.insert(row.name).second);
  CHECK(names.count("ads.load") == 1);
  CHECK(names.count("sellers.presence") == 1);
  CHECK(names.count("launch") == 0);
  Platform p;
  Marketplace m;
  m.link_openness = {{"x", 0.5}};
  const std::vector<double*> values = policy_values(p, m, 0);
  REQUIRE(values.size() == policy_rows().size());
  for (std::size_t i = 0; i < policy_rows().size(); ++i) {
    if (policy_rows()[i].name == "ads.load") CHECK(values[i] == &p.ads.load);
    if (policy_rows()[i].name == "marketplace.commission") CHECK(values[i] == &m.commission);
    if (policy_rows()[i].name == "marketplace.link_openness") CHECK(values[i] == &m.link_openness[0].second);
  }
}

TEST_CASE("units print as documents need them") {
  CHECK(to_text(Unit::per_year) == "1/yr");
  CHECK(to_text(Unit::days) == "d");
  CHECK(to_text(Unit::minutes_per_day) == "min/d");
  CHECK(to_text(Unit::share) == "1");
}

}  // namespace spillway
