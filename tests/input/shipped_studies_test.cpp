// The studies in scenarios/sweeps can be run, and the screening of uncertainties has all that the tables call uncertain.
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "analysis/design.hpp"
#include "input/catalogue.hpp"
#include "input/study.hpp"

using namespace spillway;

namespace {
const std::filesystem::path folder = SPILLWAY_SOURCE_DIR "/scenarios/sweeps";
}

TEST_CASE("every shipped study loads and has a question, a description and points", "[input]") {
  std::size_t found = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    INFO(entry.path());
    if (entry.path().extension() == ".png") continue;  // a picture for the README
    REQUIRE(entry.path().extension() == ".yaml");
    CHECK(is_study_file(entry.path().string()));
    const LoadedStudy loaded = load_study(entry.path().string());
    CHECK(loaded.study.title.ends_with('?'));
    CHECK(loaded.study.description.size() > 100);
    CHECK(design_rows(loaded.study) * loaded.study.replicates <= 6000);
    for (const Issue& note : loaded.notes) CHECK(note.message.find("it then never happens") != std::string::npos);  // meant so
    const Matrix points = design_points(loaded.study, loaded.base_values);
    REQUIRE(points.rows() == design_rows(loaded.study));
    for (std::size_t i = 0; i < points.rows(); i += 97) {
      std::vector<std::string> sets = loaded.study.sets;
      for (std::string& assignment : assignments(loaded.study, points.row(i))) sets.push_back(std::move(assignment));
      CHECK_NOTHROW(loaded.scenarios.load(sets));
    }
    ++found;
  }
  CHECK(found >= 4);
}

TEST_CASE("the screening of uncertainties takes every plausible range that is no policy", "[input]") {
  const LoadedStudy loaded = load_study((folder / "morris_uncertainties.yaml").string());
  std::set<std::string> varied, expected;
  for (const Factor& factor : loaded.study.factors) {
    varied.insert(factor.name);
    const Key* key = key_named(factor.name);
    REQUIRE(key != nullptr);
    CHECK(factor.distribution.low == key->likely.low);
    CHECK(factor.distribution.high == key->likely.high);
  }
  for (const FlatKey& flat : flat_catalogue()) {
    if (flat.path.starts_with("survey.")) continue;  // moves nothing but what a survey counts
    if (is_bounded(flat.key->likely) && !has(flat.key->flags, FieldFlag::policy) && flat.path.find("NAME") == std::string::npos)
      expected.insert(flat.path);
  }
  for (const char* platform : {"platforms.weibo.", "platforms.wechat."})
    for (const char* key : {"intrinsic_utility", "innovation_rate", "imitation_rate", "launch_pulse"})
      expected.insert(std::string(platform) + key);
  expected.insert("platforms.weibo.phone_utility");            // wechat was for phones alone
  expected.insert("platforms.wechat.sellers.follower_value");  // weibo's is the measure
  CHECK(varied == expected);
}
