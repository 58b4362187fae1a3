// `spillway export` as a user meets it; what stands in the tables is tested in tests/report.
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/program.hpp"

using namespace spillway;
using test::Result;

namespace {
struct Program {
  test::TemporaryFolder folder;
  Program() {
    folder.write("small.yaml",
                 "title: Small\ntime: {start: 2010-01-01, end: 2010-02-28}\npopulation: {users: 500, people: 5e5}\n"
                 "platforms: {plaza: {launch: 2010-01-01, initial_share: 0.5}}\nrecord: {panel: {users: 5}}\n"
                 "interventions: {feed_ads: {on: 2010-02-01, set: {platforms.plaza.ads.load: 0.1}}}\n");
    REQUIRE((*this)("run small.yaml -q -o x.h5").code == 0);
  }
  Result operator()(const std::string& arguments) const { return test::run_program(folder, arguments); }
  std::string text(const std::string& name) const {
    std::ostringstream all;
    all << std::ifstream(folder / name).rdbuf();
    return all.str();
  }
};
}  // namespace

TEST_CASE("export writes a folder of tables", "[cli]") {
  const Program program;
  const Result result = program("export x.h5 --csv");
  CHECK(result.code == 0);
  CHECK(result.err.empty());
  CHECK(result.out.find("x-csv/time_platform.csv ") != std::string::npos);
  CHECK(program.text("x-csv/time_platform.csv").find("date,platform,variable,unit,value\n2010-01-01,plaza,monthly_active_users,1,") == 0);
  CHECK(program.text("x-csv/time_platform_join_cause.csv")
            .find("date,platform,join_cause,variable,unit,value\n2010-01-01,plaza,spontaneous,joins,1,") == 0);
  CHECK(program.text("x-csv/events.csv").find("2010-02-01") != std::string::npos);
  const Result again = program("export x.h5 --csv");
  CHECK(again.code == 2);
  CHECK(again.err.find(" exists already; give another -o, or --force to replace it\n") != std::string::npos);
  CHECK(program("export x.h5 --csv --force").code == 0);
}

TEST_CASE("export writes one table with chosen series", "[cli]") {
  const Program program;
  CHECK(program("export x.h5 --csv -o deep/users.csv --series monthly_active_users members").code == 0);
  const std::string text = program.text("deep/users.csv");
  CHECK(text.find("date,platform,variable,unit,value\n") == 0);
  CHECK(text.find(",members,1,") != std::string::npos);
  CHECK(text.find("joins") == std::string::npos);
  CHECK(program("export x.h5 -o deep/panel.csv --series panel/habit").code == 0);
  const auto json = nlohmann::json::parse(program("export x.h5 -o one.csv --series joins --json").out);
  CHECK(json.at("files")[0].at("file") == "one.csv");
}

TEST_CASE("export keeps the old table where the new one cannot be written", "[cli]") {
  const Program program;
  program.folder.write("users.csv", "mine\n");
  const Result result = program("--version >/dev/null; ulimit -f 1; '" SPILLWAY_BINARY_DIR "/spillway' export x.h5 -o users.csv --force");
  CHECK(result.code == 3);
  CHECK(result.err.find("ulimit -f") != std::string::npos);
  CHECK(program.text("users.csv") == "mine\n");
  CHECK_FALSE(std::filesystem::exists(program.folder / "users.csv.part"));
}

TEST_CASE("export says what is wrong", "[cli]") {
  const Program program;
  CHECK(program("export x.h5 --series joyns").err == "--series: there is no 'joyns' in this file; did you mean 'joins'?\n");
  CHECK(program("export y.h5").code == 3);
  const Result file = program("export x.h5 -o small.yaml");
  CHECK(file.code == 3);
  CHECK(file.err == "spillway: small.yaml is a file, not a folder: give another -o, a DIR or a FILE.csv\n");
  const Result scenario = program("export small.yaml");
  CHECK(scenario.code == 3);
  CHECK(scenario.err == "spillway: small.yaml is a scenario, not a result: `spillway run` or `spillway compare` it first\n");
  std::filesystem::create_directory(program.folder / "results");
  CHECK(program("export results").err == "spillway: results is a folder; name a result in it\n");
  const Result name = program("export x.h5 -o " + std::string(300, 'n') + ".csv");
  CHECK(name.code == 3);
  CHECK(name.err.find("File name too long (give a shorter name)") != std::string::npos);
  CHECK(program("export x.h5 -o " + std::string(300, 'n')).code == 3);
  CHECK(program("export " + std::string(300, 'n') + ".h5").code == 3);
}
