// What a run leaves behind has the shape it says, and longer intervals hold the same flows.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <set>
#include <stdexcept>

#include "observe/observables.hpp"
#include "support/busy_market.hpp"
#include "support/recordings.hpp"

namespace spillway::testing {

namespace {
Scenario recorded_market(double every, bool third = false) {
  Scenario s = whole_market(1500, third);
  s.record.every = every;
  s.record.panel.users = 20;
  s.record.panel.suppliers = 30;
  s.record.snapshots = {day("2012-01-01"), day("2012-04-10"), day("2012-09-01")};
  s.population.segments = {{"young", 0.3, 0.7, 300.0, inherited}, {"old", 0.7, inherited, inherited, 2.0}};
  complete(s);
  return s;
}

std::size_t size_of_dim(const Recording& r, const Variable& variable, const std::string& dim) {
  const Variable* coordinate = r.find(variable.group.empty() ? dim : variable.group + "/" + dim);
  if (coordinate == nullptr) coordinate = r.find(dim);
  if (coordinate == nullptr) throw std::runtime_error("no coordinate '" + dim + "' for " + variable.path());
  return length(coordinate->values);
}

bool is_flow(const Variable& v) {
  for (const auto& [name, value] : v.attributes)
    if (name == "cell_methods") return value == "time: sum";
  return false;
}

/// Equal numbers, NaN equal to NaN; sums of doubles in another order may differ in the last digits.
bool same(double a, double b) { return (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= 1e-12 * std::max(std::abs(a), std::abs(b)); }
}  // namespace

TEST_CASE("every array has the size of its dimensions, and every path is there once") {
  const bool third = GENERATE(false, true);
  const Recording r = record(recorded_market(28.0, third), 30);
  std::set<std::string> paths;
  for (const Variable& v : r.variables) {
    INFO(v.path());
    CHECK(paths.insert(v.path()).second);
    CHECK(!v.dims.empty());
    CHECK(!v.long_name.empty());
    std::size_t product = 1;
    for (const std::string& dim : v.dims) product *= size_of_dim(r, v, dim);
    CHECK(length(v.values) == product);
  }
  CHECK(length(r.at("time").values) == 8);  // 30 ticks, four to a row; the last holds two
  CHECK(words(r, "from").front() == "outside");
  CHECK(length(r.at("from").values) == (third ? 4U : 3U));
  for (const Observable& row : observable_table()) {
    INFO(row.name);
    CHECK(paths.count(std::string(row.name)) == 1);
  }
}

TEST_CASE("a longer recording interval sums flows and keeps states") {
  const Recording weekly = record(recorded_market(7.0), 28), monthly = record(recorded_market(28.0), 28);
  for (const Variable& v : monthly.variables) {
    if (v.dims[0] != "time" || std::holds_alternative<std::vector<std::string>>(v.values) || v.name == "time") continue;
    const std::vector<double> coarse = numbers(monthly, v.path()), fine = numbers(weekly, v.path());
    const std::size_t cells = coarse.size() / 7;
    REQUIRE(fine.size() == 28 * cells);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < coarse.size(); ++i) {
      const std::size_t row = i / cells, cell = i % cells;
      double expected = fine[4 * row * cells + cell];
      for (std::size_t w = 1; is_flow(v) && w < 4; ++w) expected += fine[(4 * row + w) * cells + cell];
      wrong += !same(coarse[i], expected);
    }
    INFO(v.path());
    CHECK(wrong == 0);
  }
  const std::vector<double> time = numbers(monthly, "time");
  CHECK(time == std::vector<double>{0, 28, 56, 84, 112, 140, 168});
}

TEST_CASE("a recorder knows how much of its panel and snapshots there is to write") {
  RecordedRun run(recorded_market(7.0));
  run.ticks(20);
  std::size_t bytes = 0;
  for (const Variable& variable : run.recording().variables)
    if ((variable.group == "panel" || variable.group == "snapshots") && variable.dims.size() > 1 && variable.dims[1] != "supplier")
      bytes += std::visit([](const auto& v) { return v.size() * sizeof v[0]; }, variable.values);
  CHECK(bytes > 0);
  CHECK(run.recorder.bytes() == bytes);
}

// A run that is stopped in the middle of an interval closes it with what there is, and can go on as if nobody had looked.
TEST_CASE("a recording taken in between is whole and disturbs nothing") {
  const Scenario s = recorded_market(28.0);
  RecordedRun run(s), plain(s);
  run.ticks(10);
  const Recording partial = run.recording();
  CHECK(digest(run.recording()) == digest(partial));
  CHECK(length(partial.at("time").values) == 3);
  const std::vector<double> weekly = numbers(record(recorded_market(7.0), 10), "joins"), seen = numbers(partial, "joins");
  for (std::size_t cell = 0; cell < 6; ++cell) CHECK(same(seen[2 * 6 + cell], weekly[8 * 6 + cell] + weekly[9 * 6 + cell]));
  run.ticks(18);
  plain.ticks(28);
  CHECK(digest(run.recording()) == digest(plain.recording()));
  CHECK(digest(partial) != digest(plain.recording()));
}

TEST_CASE("segments sum to everybody, and means lie between the segments'") {
  const Recording r = record(recorded_market(14.0), 40);
  std::size_t sums = 0, means = 0;
  for (const Variable& part : r.variables) {
    if (part.group != "segments") continue;
    const std::vector<double> all = numbers(r, part.name), parts = numbers(r, part.path());
    REQUIRE(parts.size() == 2 * all.size());
    const bool mean = part.name.find("mean_") == 0 || part.name.find("per_member") != std::string::npos ||
                      part.name.find("_of_members") != std::string::npos;
    const std::size_t inner = part.dims.size() == 4 ? size_of_dim(r, part, part.dims[3]) : 1;  // causes
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::size_t outer = i / inner, b = i % inner;
      const double x = parts[2 * outer * inner + b], y = parts[(2 * outer + 1) * inner + b];
      if (std::isnan(x) || std::isnan(y)) continue;
      wrong += mean ? all[i] < std::min(x, y) - 1e-12 || all[i] > std::max(x, y) + 1e-12 : !same(all[i], x + y);
    }
    INFO(part.path());
    CHECK(wrong == 0);
    ++(mean ? means : sums);
  }
  CHECK(sums >= 10);
  CHECK(means >= 4);
}

TEST_CASE("threads leave no trace in a recording", "[threads]") {
  const Scenario s = recorded_market(7.0);
  CHECK(digest(record(s, 20, 1)) == digest(record(s, 20, 3)));
}

TEST_CASE("the panel shows its users as they were") {
  const Scenario s = recorded_market(7.0);
  const Recording r = record(s, 20);
  const std::vector<double> ids = numbers(r, "panel/user");
  REQUIRE(ids.size() == 20);
  CHECK(std::adjacent_find(ids.begin(), ids.end(), std::greater_equal<>()) == ids.end());
  Run run(s);
  const PanelUsers all = everybody(*run.world);
  std::size_t wrong = 0;
  for (std::size_t tick = 0; tick < 20; ++tick) {
    const PanelRows row = run.watch(all);
    for (std::size_t u = 0; u < 20; ++u) {
      const auto id = static_cast<std::size_t>(ids[u]);
      wrong += value_at(r.at("panel/outside_share"), tick * 20 + u) != static_cast<double>(row.outside_share[id]);
      for (std::size_t k = 0; k < 2; ++k) {
        const std::size_t cell = (tick * 20 + u) * 2 + k, there = id * 2 + k;
        wrong += value_at(r.at("panel/status"), cell) != row.status[there];
        wrong += value_at(r.at("panel/attention_share"), cell) != static_cast<double>(row.attention_share[there]);
        wrong += value_at(r.at("panel/habit"), cell) != static_cast<double>(row.habit[there]);
        wrong += value_at(r.at("panel/irritation"), cell) != static_cast<double>(row.irritation[there]);
        wrong += value_at(r.at("panel/reach"), cell) != static_cast<double>(row.reach[there]);
        wrong += value_at(r.at("panel/utility"), cell) != static_cast<double>(row.utility[there]);
      }
    }
  }
  CHECK(wrong == 0);
}

// A snapshot that is due inside a tick is taken at the start of the next one.
TEST_CASE("snapshots hold all users' columns at the first tick on or after their dates") {
  const Scenario s = recorded_market(7.0);
  const Recording r = record(s, 40);
  CHECK(numbers(r, "snapshots/snapshot") == std::vector<double>{0, 105, 245});  // days 0, 100 and 244
  Run run(s);
  for (std::size_t shot = 0, tick = 0; tick < 40; run.tick(), ++tick) {
    if (tick != 0 && tick != 15 && tick != 35) continue;
    for (int k = 0; k < 2; ++k) {
      const std::vector<double> status = values_of(*run.world, UserField::status, k);
      const Variable& stored = r.at("snapshots/status");
      std::size_t wrong = 0;
      for (std::size_t user = 0; user < status.size(); ++user)
        wrong += value_at(stored, (shot * 2 + static_cast<std::size_t>(k)) * status.size() + user) != status[user];
      CHECK(wrong == 0);
    }
    ++shot;
  }
  CHECK(r.at("snapshots/degree").dims == std::vector<std::string>{"snapshot", "user"});
  CHECK(r.at("snapshots/habit").attributes.size() == 1);  // stored_unit
}

TEST_CASE("interventions stand in the recording with date and name") {
  Scenario s = recorded_market(7.0);
  s.interventions.resize(3);
  const Recording r = record(s, 2);
  CHECK(words(r, "events/event") == std::vector<std::string>{"more_ads", "moments", "comments_off"});
  CHECK(words(r, "events/label") == std::vector<std::string>{"more ads", "moments", "comments off"});
  CHECK(numbers(r, "events/on") == std::vector<double>{108, 122, 156});
}

// The chained hash tells when and in which column two runs part.
TEST_CASE("the state hash shows the first difference") {
  Scenario a = recorded_market(7.0), b = a;
  b.interventions.push_back({"late", {day("2012-05-06"), false, {}, {{"platforms.stage.utility_shock", 0.5}}, {}}});
  const Recording first = record(a, 30), second = record(b, 30);
  const std::vector<std::string> left = words(first, "state_hash"), right = words(second, "state_hash"), columns = words(first, "column");
  const std::size_t n = columns.size();
  for (std::size_t i = 0; i < 19 * n; ++i) REQUIRE(left[i] == right[i]);  // tick 18 begins on that day; its start is still the same
  const auto at = [&](const std::string& name) {
    return 19 * n + static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) - columns.begin());
  };
  CHECK(left[at("habit.stage")] != right[at("habit.stage")]);
  CHECK(left[at("degree")] == right[at("degree")]);
}

}  // namespace spillway::testing
