#include "input/csv.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "input/load.hpp"
#include "support/temporary_folder.hpp"

using namespace spillway;

namespace {
CsvSeries parse(const std::string& text) { return parse_csv(make_source("p.csv", {}, text, largest_csv)); }
std::string problems(const std::string& text) {
  std::string all;
  for (Issue issue : parse(text).issues) {
    issue.source_line.clear();
    all += to_text(issue) + "\n";
  }
  return all;
}
}  // namespace

TEST_CASE("dated values are read, other columns and comments are not", "[input]") {
  const CsvSeries series =
      parse("# CNNIC\r\n\r\nnote, value ,date\r\n\"a, \"\"b\"\"\", 3.38e8 ,2009-06-30\r\n# between\r\n,1_000,2010-06-30\r\n");
  CHECK(series.issues.empty());
  REQUIRE(series.points.size() == 2);
  CHECK(series.points[0] == std::pair(make_date(2009, 6, 30), 3.38e8));
  CHECK(series.points[1] == std::pair(make_date(2010, 6, 30), 1000.0));
}

TEST_CASE("each wrong CSV gets its message", "[input]") {
  CHECK(problems("") == "p.csv:1:1: the file is empty; its first line must be date,value\n");
  CHECK(problems("date,value\n") == "p.csv:1:1: there are no rows below the header\n");
  CHECK(problems("2010-01-01,5\n") == "p.csv:1:1: there is no column 'date'; the first line must be date,value\n");
  CHECK(problems("dat,value\n") == "p.csv:1:1: there is no column 'date'; is 'dat' meant? The first line must be date,value\n");
  CHECK(problems("date,value\n2010-01-01\n") == "p.csv:2:1: 1 cells, but the header needs at least 2\n");
  CHECK(problems("date,value\n2010-1-1,5\n") == "p.csv:2:1: '2010-1-1' is not a date; write it as 2013-07-01\n");
  CHECK(problems("date,value\n2010-01-01, 5x\n") ==
        "p.csv:2:13: '5x': 'x' is no unit here; write a plain number such as 12, 0.5, 1_000_000 or 1e6\n");
  CHECK(problems("date,value\n2010-01-01,5\n2010-01-01,6\nx,y\n") ==
        "p.csv:3:1: 2010-01-01 does not come after 2010-01-01; dates must rise\n"
        "p.csv:4:1: 'x' is not a date; write it as 2013-07-01\n");
}

TEST_CASE("rows of one series are taken out of a table of several", "[input]") {
  const auto table = [](const std::string& text, const std::string& series) {
    return parse_csv_table(make_source("p.csv", {}, text, largest_csv), series);
  };
  const CsvTable both = table("# r\nvalue,series,source,date\n2,a,\"S, p. 3\",2011-01-01\nx,b,,soon\n1,a,,2010-01-01\n", "a");
  CHECK(both.issues.empty());
  CHECK(both.named);
  CHECK(both.series == std::vector<std::string>{"a", "b"});
  REQUIRE(both.rows.size() == 2);
  CHECK(both.rows[0].value == 1);
  CHECK(both.rows[0].place.line == 5);
  CHECK(both.rows[1].source == "S, p. 3");
  CHECK(both.rows[1].place.column == 15);
  const CsvTable plain = table("date,value\n2011-01-01,2\n", "ignored");
  CHECK_FALSE(plain.named);
  CHECK(plain.rows.size() == 1);
  CHECK(table("series,date,value\na,2011-01-01,2\na,2011-01-01,2\n", "a").issues[0].message ==
        "2011-01-01 is given twice, first in line 2; keep one of them");
}

TEST_CASE("a CSV file's problems carry its own name and line and the key", "[input]") {
  const test::TemporaryFolder folder;
  folder.write("p.csv", "date,value\n2010-01-01,many\n");
  const std::string file =
      folder.write("x.yaml", "title: T\npopulation: {people: {series: p.csv}}\nplatforms: {a: {launch: 2010-01-01}}\n");
  try {
    load_scenario(file);
    FAIL("accepted");
  } catch (const InputError& error) {
    REQUIRE(error.issues().size() == 1);
    CHECK(error.issues()[0].file == folder.path() + "/p.csv");
    CHECK(error.issues()[0].line == 2);
    CHECK(error.issues()[0].column == 12);
    CHECK(error.issues()[0].path == "population.people.series");
  }
}
