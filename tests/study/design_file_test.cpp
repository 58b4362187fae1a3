// Points of a study as files that other programs read and write.
#include "study/design_file.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>

#include "base/error.hpp"
#include "store/files.hpp"
#include "support/sweeps.hpp"

using namespace spillway;
using namespace spillway::testing;

namespace {
/// One factor of each kind.
Study four_kinds() {
  Study study;
  study.factors = {uniform_factor("platforms.a.ads.load", 0, 1), list_factor("suppliers.slots", {4, 8}, FactorKind::whole),
                   list_factor("launch", {14'000, 15'000}, FactorKind::date), list_factor("competition", {0, 1}, FactorKind::word)};
  study.factors[3].words = {"independent", "nested, in part"};
  study.factors[1].lever = false;
  return study;
}

struct Place {
  TemporaryFolder folder;
  std::string message(const std::string& text, const Study& study = four_kinds()) const {
    const std::string path = folder.write("design.csv", text);
    try {
      read_design(study, path);
    } catch (const InputError& error) {
      std::string all;
      for (Issue issue : error.issues()) {
        issue.source_line.clear();
        issue.file.erase(0, folder.path().size() + 1);
        all += to_text(issue) + "\n";
      }
      return all;
    }
    return "";
  }
  Matrix read(const std::string& text, const Study& study = four_kinds()) const {
    return read_design(study, folder.write("design.csv", text));
  }
};

const std::string header = "point,platforms.a.ads.load,suppliers.slots,launch,competition\n";
}  // namespace

TEST_CASE("a design is written for people and tables", "[design]") {
  const Matrix points{4, {0.1, 4, 14'000, 0, 1.0 / 3, 8, 15'000, 1}};
  CHECK(design_csv(four_kinds(), points) ==
        header + "0,0.1,4,2008-05-01,independent\n1,0.3333333333333333,8,2011-01-26,\"nested, in part\"\n");
}

TEST_CASE("a design is read back to the bit", "[design]") {
  const Place place;
  std::mt19937_64 draw(7);
  Study study = uniform_study(3, 0, 1, sampled(DesignKind::random, 1000));
  Matrix points{3, {0, -0.0, 5e-324, std::numeric_limits<double>::max(), 0.1 + 0.2, M_PI, 1e22, -1e-7, 123456789.125}};
  for (int i = 0; i < 3000; ++i) {  // any bits that are a number
    double value = 0;
    do {
      const std::uint64_t bits = draw();
      std::memcpy(&value, &bits, sizeof value);
    } while (!std::isfinite(value));
    points.values.push_back(value);
  }
  const std::string csv = design_csv(study, points);
  const Matrix back = place.read(csv, study);
  REQUIRE(back.values.size() == points.values.size());
  CHECK(std::memcmp(back.values.data(), points.values.data(), points.values.size() * sizeof(double)) == 0);
  CHECK(design_csv(study, back) == csv);
}

TEST_CASE("designs of other programs: any order, no numbers of points, quotes, line ends, days as numbers", "[design]") {
  const Place place;
  const std::vector<double> expected{0.5, 8, 14'000, 1};
  for (const char* text :
       {"competition,launch,suppliers.slots,platforms.a.ads.load\n\"nested, in part\",2008-05-01,8,0.5\n",
        "\xef\xbb\xbf\"launch\" , competition,platforms.a.ads.load,suppliers.slots\r\n14000.0,\"nested, in part\", 5e-1 ,8.0\r\n\r\n",
        "suppliers.slots,launch,point,competition,platforms.a.ads.load\n8,2008-05-01,0,\"nested, in part\",+0.50\n\n\n"}) {
    INFO(text);
    const Matrix points = place.read(text);
    CHECK(points.columns == 4);
    CHECK(points.values == expected);
  }
  Study quoted = uniform_study(1, 0, 1, {});
  quoted.factors[0].name = "a \"strange\" name, with a comma";
  CHECK(design_csv(quoted, {1, {0.5}}) == "point,\"a \"\"strange\"\" name, with a comma\"\n0,0.5\n");
  CHECK(place.read(design_csv(quoted, {1, {0.5}}), quoted).values == std::vector<double>{0.5});
}

TEST_CASE("designs that cannot be read", "[design]") {
  const Place place;
  CHECK(place.message("") ==
        "design.csv:1:1: is empty; its first line names the columns: platforms.a.ads.load, suppliers.slots, launch, competition\n");
  CHECK(place.message(header) == "design.csv:1:1: has no points below its first line\n");
  CHECK(place.message("point,platforms.a.ads.laod,suppliers.slots,launch,launch,extra column\n0,1,4,2010-01-01,2010-01-01,2\n") ==
        "design.csv:1:1: platforms.a.ads.laod: is no factor of this study; did you mean 'platforms.a.ads.load'?\n"
        "design.csv:1:1: launch: stands there twice\n"
        "design.csv:1:1: extra column: is no factor of this study\n"
        "design.csv:1:1: platforms.a.ads.load: has no column in the design\n"
        "design.csv:1:1: competition: has no column in the design\n");
  CHECK(place.message(header + "0,half,4,2010-01-01,independent\n1,0.5,4 slots,2010-13-01,nested\n") ==
        "design.csv:2:1: platforms.a.ads.load: 'half' is not a number; write it in plain digits\n"
        "design.csv:3:1: suppliers.slots: '4 slots' is not a number; write it in plain digits\n"
        "design.csv:3:1: launch: '2010-13-01' is not a date of the calendar; write it as 2013-07-01\n"
        "design.csv:3:1: competition: 'nested' is not one of independent, nested, in part\n");
  CHECK(place.message(header + "1,0.5,4,2010-01-01,independent\n") ==
        "design.csv:2:1: point: points are numbered from 0 in order: expected 0\n");
  CHECK(place.message(header + "0,nan,4,2010-01-01,independent\n") ==
        "design.csv:2:1: platforms.a.ads.load: 'nan' is not a number; write it in plain digits\n");
}

TEST_CASE("a row that is too short is told once, not with every row after it", "[design]") {
  const Place place;
  CHECK(place.message(header + "0,0.5,4,2010-01-01,independent\n1,0.5,4\n2,0.5,4,2010-01-01,independent\n") ==
        "design.csv:3:1: has 3 fields, the first line 5\n");
  std::string many = header;
  for (int i = 0; i < 100; ++i) many += "x\n";
  const std::string message = place.message(many);
  CHECK(std::count(message.begin(), message.end(), '\n') == 20);  // what a screen holds
}

TEST_CASE("a design that is no text, or not there", "[design]") {
  const Place place;
  CHECK_FALSE(place.message(std::string("\0\1\2", 3)).empty());
  CHECK_THROWS_AS(read_design(four_kinds(), place.folder / "none.csv"), FileError);
}

TEST_CASE("SALib's problem", "[design]") {
  Study study = four_kinds();
  study.factors.push_back(uniform_factor("memory", 0.5, 2));
  study.factors[4].distribution.kind = DistributionKind::loguniform;
  study.factors.push_back(uniform_factor("rate", 0, std::numeric_limits<double>::infinity()));
  study.factors[5].distribution.kind = DistributionKind::normal;
  study.factors[5].distribution.mean = 9;
  study.factors[5].distribution.deviation = 2;
  study.design = saltelli(64, true, 3);
  const auto json = nlohmann::json::parse(salib_problem(study));
  CHECK(json.at("num_vars") == 6);
  CHECK(json.at("names") == std::vector<std::string>{"platforms.a.ads.load", "suppliers.slots", "launch", "competition", "memory", "rate"});
  CHECK(json.at("bounds") == nlohmann::json::parse("[[0,1],[4,8],[14000,15000],[0,1],[0.5,2],[9,2]]"));
  CHECK(json.at("dists") == std::vector<std::string>{"unif", "unif", "unif", "unif", "logunif", "norm"});
  CHECK(json.at("roles")[0] == "lever");
  CHECK(json.at("roles")[1] == "uncertainty");
  CHECK(json.at("groups").is_null());
  CHECK(json.at("method") == "saltelli");
  CHECK(json.at("seed") == 3);
  CHECK(json.at("samples") == 64);
  CHECK(json.at("calc_second_order") == true);
  study.design = morris(5, 6);
  const auto other = nlohmann::json::parse(salib_problem(study));
  CHECK(other.at("trajectories") == 5);
  CHECK(other.at("num_levels") == 6);
  CHECK_FALSE(other.contains("samples"));
}
