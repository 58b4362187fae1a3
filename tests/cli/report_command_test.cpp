// `spillway report` as a user meets it.
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "store/trajectory.hpp"
#include "support/made_calibration.hpp"

using namespace spillway;
using test::Result;

namespace {
const std::string base =
    "title: Two places\ntime: {start: 2010-01-01, end: 2010-12-31, step: 7 d}\npopulation: {users: 2000, people: 2e6}\n"
    "platforms:\n  plaza: {launch: 2010-01-01, initial_share: 0.5}\n  forum: {launch: 2010-03-01, initial_share: 0.2}\n"
    "interventions:\n  ads: {on: 2010-06-01, set: {platforms.plaza.ads.load: 0.3}}\n";
const std::string changed = "extends: base.yaml\ntitle: What if the Plaza had no ads?\ninterventions: {ads: null}\n";

struct Program {
  test::TemporaryFolder folder;
  Program() {
    folder.write("base.yaml", base);
    folder.write("no_ads.yaml", changed);
  }
  Result operator()(const std::string& arguments) const { return test::run_program(folder, arguments); }

  void run(const std::string& scenario, const std::string& output, const std::string& more = "") const {
    REQUIRE((*this)("run " + scenario + " -q -o " + output + " " + more).code == 0);
  }
  std::string text(const std::string& name) const {
    std::ostringstream all;
    all << std::ifstream(folder / name, std::ios::binary).rdbuf();
    return all.str();
  }
  nlohmann::json document(const std::string& name) const {
    const std::string page = text(name);
    const std::size_t from = page.find("{\"schema\":\"spillway-page/1\""), to = page.find("</script>", from);
    REQUIRE(from != std::string::npos);
    return nlohmann::json::parse(page.substr(from, to - from));
  }
};
}  // namespace

TEST_CASE("report makes a page of one run", "[cli]") {
  const Program program;
  program.run("base.yaml", "a.h5");
  const Result result = program("report a.h5");
  INFO(result.err);
  CHECK(result.code == 0);
  CHECK(result.out.find("page: a.html\n") != std::string::npos);
  const auto document = program.document("a.html");
  CHECK(document.at("title") == "Two places");
  CHECK(document.at("worlds").size() == 1);
  CHECK(document.at("answer").get<std::string>().find("At the end of 2010 ") == 0);
  CHECK(document.at("events").at(0).at("text") == "platforms.plaza.ads.load = 0.3");
  CHECK(document.at("footer").at("users") == "2,000");
  CHECK(document.at("assumptions").size() > 50);
}

TEST_CASE("runs of one scenario are replicates, other scenarios are worlds in the order given", "[cli]") {
  const Program program;
  for (int r = 0; r < 3; ++r) {
    program.run("base.yaml", "a" + std::to_string(r) + ".h5", "--replicate " + std::to_string(r));
    program.run("no_ads.yaml", "b" + std::to_string(r) + ".h5", "--replicate " + std::to_string(r));
  }
  const Result result = program("report a0.h5 b0.h5 a1.h5 a2.h5 b1.h5 b2.h5 -o out.html");
  INFO(result.err);
  CHECK(result.code == 0);
  CHECK(result.out.find("What if the Plaza had no ads?\n") == 0);
  const auto document = program.document("out.html");
  REQUIRE(document.at("worlds").size() == 2);
  CHECK(document.at("worlds").at(0).at("id") == "base");
  CHECK(document.at("worlds").at(1).at("id") == "no_ads");
  CHECK(document.at("worlds").at(1).at("replicates") == 3);
  CHECK(document.at("worlds").at(1).at("changes").at(0).at("key") == "interventions.ads");
  CHECK(document.at("assumptions").at(0).at("changed") == true);
  CHECK(document.at("platforms").at(0).at("label") == "Plaza");
  CHECK(document.at("details").at(0).get<std::string>().find("“base” and “no ads” part in the week from ") == 0);
  CHECK_FALSE(document.at("differences").empty());
  bool band = false;
  for (const auto& section : document.at("sections"))
    for (const auto& chart : section.at("charts"))
      if (chart.at("id") == "monthly_active_users") band = chart.at("lines").at(0).contains("low");
  CHECK(band);
}

TEST_CASE("runs with the same number and other seeds are no pairs", "[cli]") {
  const Program program;
  program.run("base.yaml", "a.h5");
  program.run("no_ads.yaml", "b.h5", "--seed 2");
  CHECK(program("report a.h5 b.h5 -o out.html").code == 0);
  const auto document = program.document("out.html");
  CHECK(document.at("answer") == "These runs cannot tell: none of “no ads” had the same luck (seed and replicate) as one of “base”.");
  for (const auto& section : document.at("sections"))
    for (const auto& chart : section.at("charts")) CHECK_FALSE(chart.at("id").get<std::string>().ends_with("_difference"));
}

TEST_CASE("each chart becomes a picture", "[cli]") {
  const Program program;
  program.run("base.yaml", "a.h5");
  const Result result = program("report a.h5 --images slides");
  CHECK(result.code == 0);
  CHECK(result.out.find(" charts in slides\n") != std::string::npos);
  CHECK(program.text("slides/01-monthly_active_users.svg").find("<svg ") == 0);
  const bool converted = std::filesystem::exists(program.folder / "slides/01-monthly_active_users.png");
  if (converted)
    CHECK(program.text("slides/01-monthly_active_users.png").find("PNG") == 1);
  else
    CHECK(result.err.find("sudo apt install librsvg2-bin fonts-noto-cjk") != std::string::npos);
}

TEST_CASE("without the converter the SVG files are there, and the way to it", "[cli]") {
  const Program program;
  program.run("base.yaml", "a.h5");
  const Result result = test::run_program(
      program.folder, "--version >/dev/null; PATH= '" SPILLWAY_BINARY_DIR "/spillway' report a.h5 --images slides --open");
  CHECK(result.code == 0);
  CHECK(result.err.find("sudo apt install librsvg2-bin fonts-noto-cjk") != std::string::npos);
  CHECK(result.err.find("open a.html yourself") != std::string::npos);
  CHECK(std::filesystem::exists(program.folder / "slides/01-monthly_active_users.svg"));
  CHECK_FALSE(std::filesystem::exists(program.folder / "slides/01-monthly_active_users.png"));
}

TEST_CASE("report replaces its own pages and nobody else's files", "[cli]") {
  const Program program;
  program.run("base.yaml", "a.h5");
  REQUIRE(program("report a.h5").code == 0);
  CHECK(program("report a.h5").code == 0);
  program.folder.write("mine.html", "<html>my work</html>");
  const Result refused = program("report a.h5 -o mine.html");
  CHECK(refused.code == 2);
  CHECK(refused.err.find("mine.html exists and is no page of Spillway's") == 0);
  CHECK(program.text("mine.html") == "<html>my work</html>");
  CHECK(program("report a.h5 -o mine.html --force").code == 0);
  CHECK(program("report a.h5 -o new/folder.html").code == 0);
  CHECK(std::filesystem::exists(program.folder / "new/folder.html"));
  CHECK(program("report a.h5 -o ./a.h5 --force").code == 2);
  CHECK(program("info a.h5").code == 0);
}

TEST_CASE("what cannot be reported is said", "[cli]") {
  const Program program;
  program.run("base.yaml", "a.h5");
  program.run("base.yaml", "daily.h5", "--set 'time.step=1 d'");
  const Result scenario = program("report base.yaml");
  CHECK(scenario.code == 3);
  CHECK(scenario.err == "spillway: base.yaml is a scenario, not a result: `spillway run` or `spillway compare` it first\n");
  std::filesystem::create_directory(program.folder / "results");
  CHECK(program("report results").err == "spillway: results is a folder; name a result in it\n");
  program.folder.write("x.state", std::string("SPILLWAY STATE\n\0 and more", 25));
  const Result state = program("report x.state");
  CHECK(state.code == 3);
  CHECK(state.err.find("spillway: x.state is a saved state, not a result: `spillway info` tells of it") == 0);
  const Result images = program("report a.h5 --images base.yaml");
  CHECK(images.code == 3);
  CHECK(images.err == "spillway: --images: base.yaml is a file, not a folder: give another DIR\n");
  CHECK_FALSE(std::filesystem::exists(program.folder / "a.html"));
  for (const char* where : {"report a.h5 -o ", "report a.h5 --images ", "report "}) {
    const Result name = program(where + std::string(300, 'n'));
    CHECK(name.code == 3);
    CHECK(name.err.find("File name too long") != std::string::npos);
  }
  CHECK(program("report nothing.h5").code == 3);
  const Result twice = program("report a.h5 a.h5");
  CHECK(twice.code == 2);
  CHECK(twice.err.find("a.h5 and a.h5 are the same run") == 0);
  const Result days = program("report a.h5 daily.h5");
  CHECK(days.code == 2);
  CHECK(days.err.find("is recorded on other days than") != std::string::npos);
  REQUIRE(program("compare base.yaml no_ads.yaml --replicates 2 -q -o c.h5").code == 0);
  const Result mixed = program("report c.h5 a.h5");
  CHECK(mixed.code == 2);
  CHECK(mixed.err.find("c.h5 is a comparison and makes a page of its own") == 0);
  CHECK(program("report c.h5").code == 0);
  CHECK(program.document("c.html").at("worlds").at(1).at("replicates") == 2);
  CHECK(program("report").code == 2);
}

TEST_CASE("worlds from one scenario file are called by their results", "[cli]") {
  const Program program;
  program.run("base.yaml", "plain.h5");
  program.run("base.yaml", "half.h5", "--set interventions.ads.set.platforms.plaza.ads.load=0.15");
  REQUIRE(program("report plain.h5 half.h5 -o out.html").code == 0);
  const auto document = program.document("out.html");
  CHECK(document.at("worlds").at(0).at("id") == "plain");
  CHECK(document.at("worlds").at(1).at("id") == "half");
  CHECK(document.at("differences").at(0).at("verdict") != "within noise");  // one run each has no interval
}

TEST_CASE("run ends with curves of blocks and the way to the page", "[cli]") {
  const Program program;
  const Result result = program("run base.yaml -o a.h5");
  CHECK(result.out.ends_with("result: a.h5\npage: spillway report a.h5\n"));
  const std::size_t curves = result.out.find("  2010-01 to 2010-12          highest: ");
  REQUIRE(curves != std::string::npos);
  CHECK(result.out.find("\n    plaza                     ▇", curves) != std::string::npos);
  CHECK(result.out.find("\n    forum                            ▃", curves) != std::string::npos);  // opens after two months
  CHECK(result.out.find("█", curves) != std::string::npos);
  CHECK(program("run base.yaml -q -o b.h5").out == "result: b.h5\n");
}

TEST_CASE("report makes a page and pictures of a calibration, which stands alone", "[cli]") {
  const Program program;
  write_recording(recording_of(testing::made_calibration()), program.folder / "calibration.h5");
  const Result result = program("report calibration.h5 --images pictures");
  INFO(result.err);
  CHECK(result.code == 0);
  CHECK(result.out.find("Weibo and WeChat to the end of 2012\n9 of 10 fitted and 8 of 8 predicted values are within tolerance.\n") == 0);
  CHECK(program.document("calibration.html").at("sections").size() == 5);
  CHECK(std::filesystem::exists(program.folder / "pictures/01-fit_wechat_mau.svg"));
  program.run("base.yaml", "a.h5");
  CHECK(program("report a.h5 calibration.h5").err.find("calibration.h5 is a calibration and makes a page of its own") != std::string::npos);
  CHECK(program("diff calibration.h5 base.yaml").err.find("is a calibration; name the scenario") != std::string::npos);
  CHECK(program("compare calibration.h5 base.yaml").err.find("is a calibration: `spillway report` shows it") != std::string::npos);
  CHECK(program("info calibration.h5").out.find("a calibration of history.yaml: 6 parameters, 18 values of the record") !=
        std::string::npos);
  CHECK(program("export calibration.h5 -o tables").code == 0);
}
