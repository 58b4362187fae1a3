// `spillway run --dry-run`, and runs that are too large: nothing is simulated or written.
#include <sys/resource.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

using namespace spillway;
using Catch::Contains;
using test::Result;

namespace {
const std::string small =
    "title: Small\ntime: {start: 2010-01-01, end: 2010-12-31, step: 7 d}\npopulation: {users: 2000, people: 2e6}\n"
    "platforms: {plaza: {launch: 2010-01-01, initial_share: 0.1}, chat: {launch: 2010-01-01}}\n";

struct Program {
  test::TemporaryFolder folder;
  std::string file = folder.write("small.yaml", small);
  Result operator()(const std::string& arguments) const { return test::run_program(folder, arguments); }
  std::vector<std::string> files() const {
    std::vector<std::string> names = folder.names();
    std::erase_if(names, [](const std::string& name) { return name == "stdout" || name == "stderr"; });
    return names;
  }
};
}  // namespace

TEST_CASE("a dry run tells the parts and writes nothing", "[cli]") {
  const Program program;
  const Result result = program("run small.yaml --dry-run --threads 2 -o results/x.h5");
  CHECK(result.code == 0);
  CHECK_THAT(result.out, Catch::StartsWith("needs ") && Contains(" here (2 threads); the result takes "));
  CHECK_THAT(result.out, Contains("habit (2 platforms)") && Contains("2,000 users x 4 bytes") && Contains("columns of all users"));
  CHECK_THAT(result.out, Contains("53 ticks x 2,000 users x "));
  CHECK(program.files() == std::vector<std::string>{"small.yaml"});
  CHECK(program("run small.yaml -q").code == 0);
  CHECK(program("run small.yaml --dry-run --set platforms.plaza.ads.load=2").code == 2);
}

TEST_CASE("a dry run as JSON is one document", "[cli]") {
  const auto json = nlohmann::json::parse(Program()("run small.yaml --dry-run --json --threads 1").out);
  CHECK(json.at("schema") == "spillway-forecast/1");
  CHECK(json.at("threads") == 1);
  std::uint64_t sum = 0;
  for (const auto& part : json.at("memory")) sum += part.at("bytes").get<std::uint64_t>();
  CHECK(sum == json.at("memory_bytes"));
  CHECK(json.at("seconds") > 0);
}

// 4 GB of address space: `ulimit -v` is the limit of a batch system without control groups.
TEST_CASE("a run beyond the memory is refused before anything is allocated", "[cli]") {
  const Program program;
  for (const std::string how : {"", " --dry-run"}) {
    const Result result =
        program("--version >/dev/null; ulimit -v 4000000; '" SPILLWAY_BINARY_DIR "/spillway' run small.yaml --users 4e9" + how);
    CHECK(result.code == 2);
    CHECK(result.out.empty());
    CHECK_THAT(result.err, Contains("4,000,000,000 users x ") && Contains("ulimit -v") && Contains("--users "));
    CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
  }
  CHECK(program.files() == std::vector<std::string>{"small.yaml"});
}

// The bar: within 5 % and 50 MB of the process's peak. The peak of all children so far is this one's: the others were smaller.
TEST_CASE("the memory foretold is the memory measured", "[cli]") {
  const Program program;
  const std::string weeks = "run small.yaml -q --threads 2 --set time.end=2010-02-10 ";
  for (const std::string size : {"--users 1e4", "--users 3e6", "--users 1e6 --set 'record.snapshots=[2010-01-10, 2010-01-20, 2010-02-01]'",
                                 "--users 5e5 --set record.panel.users=400000"}) {
    INFO(size);
    const auto forecast = nlohmann::json::parse(program(weeks + size + " --dry-run --json").out);
    REQUIRE(program(weeks + size + " --force").code == 0);
    rusage children = {};
    REQUIRE(getrusage(RUSAGE_CHILDREN, &children) == 0);
    const double measured = 1024.0 * static_cast<double>(children.ru_maxrss);
    double told = forecast.at("memory_bytes");
    for (const auto& part : forecast.at("memory"))
      if (part.at("name") == "copy being written") told -= part.at("bytes").get<double>();  // the run ends before its file is renewed
    CHECK(std::abs(told - measured) <= 0.05 * measured + 50e6);
  }
}
