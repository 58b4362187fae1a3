// `spillway sensitivity`, and what other commands say of a sweep.
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "store/trajectory.hpp"
#include "support/sample_sweeps.hpp"

using namespace spillway;
using namespace spillway::testing;
using test::Result;

namespace {
struct Program {
  test::TemporaryFolder folder;
  Program() {
    write_recording(sampled_market(DesignKind::morris).make(), folder / "morris.h5");
    write_recording(gridded_market().make(), folder / "grid.h5");
  }
  Result operator()(const std::string& arguments) const { return test::run_program(folder, arguments); }
  std::string text(const std::string& name) const {
    std::ostringstream all;
    all << std::ifstream(folder / name, std::ios::binary).rdbuf();
    return all.str();
  }
};
}  // namespace

TEST_CASE("sensitivity prints a table, and JSON", "[cli]") {
  const Program program;
  const Result table = program("sensitivity morris.h5");
  INFO(table.err);
  CHECK(table.code == 0);
  CHECK(table.out.starts_with("Morris’s elementary effects: 270 points of 3 replicates, 95 % bootstrap intervals\n"));
  CHECK(table.out.find("\n    factor                              role         mu*, million ") != std::string::npos);
  CHECK(table.out.find("\n    platforms.weibo.ads.load            lever        32.0 [") != std::string::npos);
  CHECK(table.out.find("\nattention_share.weibo.mean\n") != std::string::npos);
  const Result one = program("sensitivity morris.h5 --outcome attention_share.weibo.mean --confidence 80% --resamples 200 --seed 7 --json");
  CHECK(one.code == 0);
  const auto json = nlohmann::json::parse(one.out);
  CHECK(json.at("schema") == "spillway-sensitivity/1");
  CHECK(json.at("confidence") == 0.8);
  REQUIRE(json.at("outcomes").size() == 1);
  CHECK(json.at("outcomes").at(0).at("factors").size() == 8);
  CHECK(json.at("outcomes").at(0).at("factors").at(6).at("mu_star").at("value").get<double>() == Approx(0.11).epsilon(0.2));
}

TEST_CASE("sensitivity writes a page and pictures", "[cli]") {
  const Program program;
  const Result result = program("sensitivity morris.h5 -o pages/out.html --images slides");
  INFO(result.err);
  CHECK(result.code == 0);
  CHECK(result.out.find("\npage: pages/out.html\n") != std::string::npos);
  CHECK(result.out.find("\npictures: 4 charts in slides\n") != std::string::npos);
  const std::string page = program.text("pages/out.html");
  CHECK(page.find("moves WeChat’s monthly active users at the end most: by 32 [") != std::string::npos);
  CHECK(page.size() < 300'000);
  CHECK(std::filesystem::exists(program.folder / "slides/02-monthly_active_users_wechat_end_morris.svg"));
}

TEST_CASE("sensitivity refuses what it cannot do in a line that says what to do", "[cli]") {
  const Program program;
  const Result grid = program("sensitivity grid.h5");
  CHECK(grid.code == 2);
  CHECK(grid.err ==
        "grid.h5: a grid design has no sensitivity indices: `spillway report` shows the outcomes along each factor; designs for indices "
        "are morris, "
        "saltelli, latin_hypercube, sobol and random\n");
  program.folder.write("a.yaml", "title: a\n");
  CHECK(program("sensitivity a.yaml").code == 3);
  CHECK(program("sensitivity nothing.h5").code == 3);
  CHECK(program("sensitivity morris.h5 --method anova").err.find("none of morris, sobol, prcc") != std::string::npos);
  CHECK(program("sensitivity morris.h5 --method sobol").code == 2);
  CHECK(program("sensitivity morris.h5 --outcome nonsense").code == 2);
  CHECK(program("sensitivity morris.h5 --confidence 2").code == 2);
  CHECK(program("sensitivity morris.h5 --resamples 3").code == 2);
  CHECK(program("sensitivity morris.h5 -o ./morris.h5").err == "./morris.h5 is the result itself: give another -o PAGE\n");
  program.folder.write("mine.html", "my work");
  CHECK(program("sensitivity morris.h5 -o mine.html").code == 2);
  CHECK(program.text("mine.html") == "my work");
}

TEST_CASE("report shows a sweep, alone", "[cli]") {
  const Program program;
  const Result grid = program("report grid.h5 --images slides");
  INFO(grid.err);
  CHECK(grid.code == 0);
  CHECK(grid.out ==
        "When should Weibo advertise, and when should it ban WeChat?\nOf two levers and one uncertainty, ad load moves WeChat’s monthly "
        "active users at "
        "the end most: from 578 million people (at 0) to 604 million people (at 0.3), on average over the others.\nwarning: 5 of 280 runs "
        "failed; means "
        "are over those that did not.\npage: grid.html\npictures: 8 charts in slides\n");
  CHECK(program("report morris.h5").out.find("by 32 [") != std::string::npos);
  CHECK(program("report grid.h5 morris.h5").err ==
        "grid.h5 is a sweep and makes a page of its own: give it alone, or only results of single runs\n");
}

TEST_CASE("too few points for indices still make a page that says so", "[cli]") {
  const Program program;
  MadeSweep few = sampled_market(DesignKind::latin_hypercube);
  few.points.resize(6);
  few.failed.clear();
  write_recording(few.make(), program.folder / "few.h5");
  const Result result = program("report few.h5");
  CHECK(result.code == 0);
  CHECK(result.out.find(" lies between ") != std::string::npos);
  CHECK(result.out.find("warning: ") != std::string::npos);
}

TEST_CASE("info, export, compare and diff know a sweep", "[cli]") {
  const Program program;
  const std::string info = program("info grid.h5").out;
  CHECK(info.find("what             a sweep: 70 points (grid), 4 replicates each; 275 runs done, 5 failed, 0 missing\n") !=
        std::string::npos);
  CHECK(info.find("                 lever ad_load: 7 values\n") != std::string::npos);
  CHECK(info.find("                 outcome weibo_gain: advertising revenue") != std::string::npos);
  REQUIRE(program("export grid.h5 --csv -o tables").code == 0);
  CHECK(program.text("tables/points.csv")
            .starts_with("point,ad_load,interventions.weibo_bans_wechat.on,network.kind\n0,0,2012-01-01,matchings\n"));
  CHECK(program.text("tables/point_replicate.csv").find("\n69,3,weibo_gain,CNY,") != std::string::npos);
  CHECK(program("compare grid.h5 morris.h5").err ==
        "grid.h5 is a sweep of many scenarios: `spillway report` shows it; compare takes scenarios or single results\n");
  CHECK(program("diff grid.h5").err ==
        "grid.h5 is a sweep of many scenarios; name a scenario, or the result of one run (`spillway report` shows the sweep)\n");
}
