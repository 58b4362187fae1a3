// `spillway compare` as it is typed: what it says, its exit codes, what it refuses.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

using namespace spillway;
using Catch::Contains;
using test::Result;

namespace {
struct Program {
  test::TemporaryFolder folder;
  Program() { std::filesystem::copy(SPILLWAY_SOURCE_DIR "/scenarios", folder / "scenarios", std::filesystem::copy_options::recursive); }
  Result operator()(const std::string& arguments) const { return test::run_program(folder, "compare " + arguments); }
};
const std::string two = "scenarios/history.yaml scenarios/no_ban.yaml --users 2000 --replicates 3 ";
}  // namespace

TEST_CASE("compare answers, tells how sure it is, and writes a file", "[cli]") {
  const Program compare;
  const Result result = compare(two);
  CHECK(result.code == 0);
  CHECK_THAT(result.out, Contains("What if Weibo had never banned the promotion of WeChat?\n") && Contains("[95 % interval]") &&
                             Contains("platforms.weibo.ban.strictness 0 instead of 0.8") && Contains("same luck in both worlds") &&
                             Contains("result: output/history-vs-no_ban.h5\n") &&
                             Contains("page: spillway report output/history-vs-no_ban.h5\n"));
  CHECK_THAT(result.err, Contains("simulated once") && Contains("intervals are too narrow"));
  const Result again = compare(two + "-q");  // the same worlds may be compared anew
  CHECK(again.code == 0);
  CHECK(again.err.empty());
}

TEST_CASE("compare says identical, and exits by what it finds when asked", "[cli]") {
  const Program compare;
  const Result same = compare("scenarios/history.yaml scenarios/history.yaml --users 2000 --replicates 2 --exit-code");
  CHECK(same.code == 0);
  CHECK_THAT(same.out, Contains(": not one bit of state or record differs") && Contains("The two worlds are identical."));
  CHECK(compare("scenarios/history.yaml scenarios/no_ads.yaml --users 2000 --replicates 3 --exit-code -q").code == 1);
}

TEST_CASE("compare as JSON", "[cli]") {
  const Program compare;
  const Result result = compare(two + "--json -o c.h5");
  CHECK(result.code == 0);
  const auto json = nlohmann::json::parse(result.out);
  CHECK(json.at("schema") == "spillway-compare/1");
  CHECK(json.at("baseline") == "history");
  CHECK(json.at("replicates") == 3);
  CHECK(json.at("file") == "c.h5");
  CHECK(json.at("partings").at(0).at("world") == "no_ban");
  CHECK(json.at("ticks") < json.at("ticks_separate"));
  bool found = false;
  for (const auto& row : json.at("differences"))
    if (row.at("outcome") == "monthly_active_users" && row.at("platform") == "wechat" && row.at("moment") == "end") {
      found = true;
      CHECK(row.at("low") <= row.at("difference"));
      CHECK(row.at("difference").get<double>() == Approx(row.at("other").get<double>() - row.at("baseline").get<double>()));
    }
  CHECK(found);
}

TEST_CASE("what compare refuses, and what stays as it was", "[cli]") {
  const Program compare;
  const auto refused = [&](const std::string& arguments, const std::string& why) {
    const Result result = compare(arguments);
    INFO(arguments << "\n" << result.out << result.err);
    CHECK(result.code == 2);
    CHECK_THAT(result.err, Contains(why));
  };
  refused("scenarios/history.yaml", "worlds");
  refused("scenarios/history.yaml scenarios/no_ban.yaml --replicates 0", "--replicates: 0 is outside [1, 10000]");
  refused(two + "--confidence 1.5", "--confidence");
  refused(two + "--until-half-width 0", "--until-half-width");
  refused(two + "--replicate 2", "did you mean --replicates?");
  refused("scenarios/history.yaml scenarios/no_ban.yaml --set platforms.weibo.ads.lode=1", "did you mean");
  const Result missing = compare("scenarios/history.yaml scenarios/no_bann.yaml");
  CHECK(missing.code == 3);
  CHECK_THAT(missing.err, Contains("did you mean 'scenarios/no_ban.yaml'?"));
  compare.folder.write("mine.h5", "my own notes");
  refused(two + "-o mine.h5", "give another -o FILE, or --force");
  std::ifstream kept(compare.folder / "mine.h5");
  CHECK(std::string(std::istreambuf_iterator<char>(kept), {}) == "my own notes");
}

TEST_CASE("worlds recorded on other days are refused before anything is simulated", "[cli]") {
  const Program compare;
  compare.folder.write("scenarios/daily.yaml", "extends: history.yaml\ntitle: Daily\ntime: {step: 1 d}\nrecord: {every: 1 d}\n");
  const Result result = compare("scenarios/history.yaml scenarios/daily.yaml");
  CHECK(result.code == 2);
  CHECK_THAT(result.err, Contains("daily is recorded every 1 d and history every 7 d: make record.every the same"));
  const Result later = compare("scenarios/history.yaml scenarios/no_ban.yaml --set time.start=2010-01-01 --users 2000 --replicates 1");
  CHECK(later.code == 0);
}

TEST_CASE("compare keeps what it cannot better", "[cli]") {
  const Program compare;
  CHECK(compare(two + "-q -o c.h5").code == 0);
  Result result = compare("scenarios/history.yaml scenarios/no_ban.yaml --users 2000 --replicates 2 -q -o c.h5");
  CHECK(result.code == 2);
  CHECK_THAT(result.err, Contains("c.h5 holds this comparison with 3 replicates"));
  result = compare("scenarios/history.yaml scenarios/no_ban.yaml --users 1000 --replicates 3 -q -o c.h5");
  CHECK(result.code == 2);
  CHECK_THAT(result.err, Contains("something else than a comparison of these very scenarios"));
  result = compare("scenarios/history.yaml scenarios/no_ban.yaml -o scenarios/no_ban.yaml --force");
  CHECK(result.code == 2);
  CHECK_THAT(result.err, Contains("is one of the files to compare"));
  result = compare("scenarios/history.yaml scenarios/no_ban.yaml -o scenarios --force");
  CHECK(result.code == 3);
  CHECK_THAT(result.err, Contains("is a folder"));
  CHECK(compare("scenarios/history.yaml scenarios/no_ban.yaml -o /proc/c.h5").code == 3);
}
