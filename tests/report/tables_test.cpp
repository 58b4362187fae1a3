// Tables read back to the numbers that they were made of.
#include "report/tables.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "base/date.hpp"
#include "base/error.hpp"
#include "store/sample_recording.hpp"

using namespace spillway;

namespace {
/// RFC 4180, by itself: the test must not trust the writer's idea of quoting.
std::vector<std::vector<std::string>> parse(const std::string& csv) {
  std::vector<std::vector<std::string>> rows(1, {""});
  bool inside = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (inside && c == '"' && i + 1 < csv.size() && csv[i + 1] == '"')
      rows.back().back() += csv[++i];
    else if (c == '"')
      inside = !inside;
    else if (inside || (c != ',' && c != '\n'))
      rows.back().back() += c;
    else if (c == ',')
      rows.back().emplace_back();
    else if (i + 1 < csv.size())
      rows.push_back({""});
  }
  return rows;
}

Recording comparison() {
  Recording r;
  r.attributes = {{"kind", "comparison"}};
  const auto add = [&](std::string group, std::string name, std::vector<std::string> dims, std::string unit, Values values) {
    r.variables.push_back({std::move(group), std::move(name), std::move(dims), std::move(unit), "meaning", std::move(values), {}});
  };
  add("", "world", {"world"}, "", std::vector<std::string>{"history", "no, \"ban\""});
  add("", "replicate", {"replicate"}, "1", std::vector<std::int32_t>{3, 4});
  add("", "quantile", {"quantile"}, "1", std::vector<double>{0.05, 0.5});
  add("", "time", {"time"}, "days since 2010-01-01 00:00:00", std::vector<double>{0, 3.5});
  add("", "platform", {"platform"}, "", std::vector<std::string>{"weibo", "微信"});
  add("", "members", {"world", "replicate", "time", "platform"}, "1",
      std::vector<double>{0.1, 1.0 / 3, std::nan(""), 1e300, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 1e-5});
  add("", "world_title", {"world"}, "", std::vector<std::string>{"As it\nhappened", "B"});
  add("", "digest", {"world", "replicate"}, "", std::vector<std::string>{"a", "b", "c", "d"});
  add("bands", "members", {"world", "quantile", "time", "platform"}, "1", std::vector<double>(16, 2.5));
  add("events", "event", {"event"}, "", std::vector<std::string>{"history/ban"});
  add("events", "of_world", {"event"}, "1", std::vector<std::int32_t>{0});
  add("events", "on", {"event"}, "days since 2010-01-01 00:00:00", std::vector<double>{31});
  add("events", "label", {"event"}, "", std::vector<std::string>{"ban, total"});
  return r;
}

const Table& named(const std::vector<Table>& all, const std::string& name) {
  for (const Table& table : all)
    if (table.name == name) return table;
  FAIL("no table " << name);
  return all[0];
}
}  // namespace

TEST_CASE("every number of a recording reads back to the same bits", "[report]") {
  const Recording recording = SampleRecording(20, 30).make();
  std::vector<std::string> everything;
  for (const Variable& v : recording.variables)
    if (v.dims != std::vector<std::string>{v.name} && !v.unit.starts_with("days since")) everything.push_back(v.path());
  REQUIRE(everything.size() > 8);
  std::map<std::string, std::vector<std::string>> read;
  const auto rows = parse(one_table(recording, everything).csv);
  const std::size_t width = rows[0].size();
  for (const auto& row : rows) {
    REQUIRE(row.size() == width);
    read[row[width - 3]].push_back(row.back());
  }
  for (const std::string& path : everything) {
    const Variable& variable = recording.at(path);
    INFO(path);
    REQUIRE(read[path].size() == length(variable.values));
    for (std::size_t i = 0; i < read[path].size(); ++i) {
      const std::string& text = read[path][i];
      if (const auto* texts = std::get_if<std::vector<std::string>>(&variable.values)) {
        CHECK(text == (*texts)[i]);
      } else if (const double value = value_at(variable, i); std::isnan(value)) {
        CHECK(text.empty());
      } else {
        const bool single = std::holds_alternative<std::vector<float>>(variable.values);
        CHECK((single ? static_cast<double>(std::stof(text)) : std::stod(text)) == value);
      }
    }
  }
}

TEST_CASE("long form: one row for each value, with its coordinates", "[report]") {
  const Recording recording = comparison();
  const auto all = tables(recording, exported(recording, {}));
  const auto rows = parse(named(all, "world_replicate_time_platform").csv);
  CHECK(rows[0] == std::vector<std::string>{"world", "replicate", "date", "platform", "variable", "unit", "value"});
  CHECK(rows[1] == std::vector<std::string>{"history", "3", "2010-01-01", "weibo", "members", "1", "0.1"});
  CHECK(rows[2].back() == "0.3333333333333333");
  CHECK(rows[3] == std::vector<std::string>{"history", "3", "2010-01-04T12:00:00", "weibo", "members", "1", ""});
  CHECK(rows[4].back() == "1e+300");
  CHECK(rows[16] == std::vector<std::string>{"no, \"ban\"", "4", "2010-01-04T12:00:00", "微信", "members", "1", "1e-05"});
  CHECK(rows.size() == 17);
  const auto bands = parse(named(all, "bands_world_quantile_time_platform").csv);
  CHECK(bands[0][1] == "quantile");
  CHECK(bands[1] == std::vector<std::string>{"history", "0.05", "2010-01-01", "weibo", "members", "1", "2.5"});
  CHECK(parse(named(all, "world").csv)[1] == std::vector<std::string>{"history", "world_title", "", "As it\nhappened"});
}

TEST_CASE("lists become one row for each element", "[report]") {
  const Recording recording = comparison();
  const auto rows = parse(named(tables(recording, exported(recording, {})), "events").csv);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0] == std::vector<std::string>{"event", "of_world", "on", "label"});
  CHECK(rows[1] == std::vector<std::string>{"history/ban", "0", "2010-02-01", "ban, total"});
}

TEST_CASE("one table has a column for each dimension, empty where a variable lacks it", "[report]") {
  const Recording recording = comparison();
  const Table table = one_table(recording, exported(recording, {"members", "bands/members"}));
  const auto rows = parse(table.csv);
  CHECK(rows[0] == std::vector<std::string>{"world", "replicate", "date", "platform", "quantile", "variable", "unit", "value"});
  CHECK(rows[1] == std::vector<std::string>{"history", "3", "2010-01-01", "weibo", "", "members", "1", "0.1"});
  CHECK(rows[17] == std::vector<std::string>{"history", "", "2010-01-01", "weibo", "0.05", "bands/members", "1", "2.5"});
  CHECK(table.rows == 32);
}

TEST_CASE("what is exported: by name, by path, and what is meant for machines on request only", "[report]") {
  using Paths = std::vector<std::string>;
  const Recording recording = comparison(), run = SampleRecording(5, 4).make();
  CHECK(exported(recording, {"members"}) == Paths{"members"});
  CHECK(exported(recording, {"label", "bands/members"}) == Paths{"events/label", "bands/members"});
  for (const std::string& path : exported(run, {})) CHECK_FALSE(path.starts_with("panel"));
  CHECK_THROWS_WITH(exported(recording, {"membres"}), "--series: there is no 'membres' in this file; did you mean 'members'?");
  CHECK_THROWS_WITH(exported(recording, {"qqqqqqqqq"}),
                    "--series: there is no 'qqqqqqqqq' in this file; `spillway info FILE` lists what there is");
}
