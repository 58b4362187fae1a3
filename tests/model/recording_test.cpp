// Recordings are found by path, and their digest sees everything but timing.
#include "model/recording.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "base/error.hpp"

namespace spillway {

namespace {
Recording sample() {
  Recording r;
  r.attributes = {{"title", "sample"}, {"seed", "1"}};
  r.variables.push_back({"", "time", {"time"}, "d", "time", std::vector<double>{0.0, 7.0}, {{"axis", "T"}, {"calendar", "standard"}}});
  r.variables.push_back({"panel", "habit", {"time", "user"}, "1", "habit", std::vector<float>{0.1F, 0.2F}, {}});
  r.texts = {{"provenance/scenario_yaml", "seed: 1\n"}};
  r.timing = {{"threads", "4"}};
  return r;
}
}  // namespace

TEST_CASE("variables, attributes and texts are found by name") {
  const Recording r = sample();
  CHECK(r.at("panel/habit").values.index() == 1);
  CHECK(value_at(r.at("time"), 1) == 7.0);
  CHECK(length(r.at("time").values) == 2);
  CHECK(r.find("habit") == nullptr);
  CHECK_THROWS_AS(r.at("habit"), Bug);
  CHECK(r.attribute("seed") == "1");
  CHECK(r.attribute("nothing").empty());
  CHECK(r.text("provenance/scenario_yaml") == "seed: 1\n");
}

TEST_CASE("the digest sees every change but timing, and no order of objects or attributes") {
  const std::string base = digest(sample());
  CHECK(base.size() == 16);
  const std::function<void(Recording&)> changes[] = {
      [](Recording& r) { r.attributes[1].second = "2"; },
      [](Recording& r) { r.attributes[0].first = "titel"; },
      [](Recording& r) { std::get<std::vector<double>>(r.variables[0].values)[1] = 7.000000001; },
      [](Recording& r) { std::get<std::vector<double>>(r.variables[0].values)[0] = -0.0; },
      [](Recording& r) {
        std::swap(std::get<std::vector<float>>(r.variables[1].values)[0], std::get<std::vector<float>>(r.variables[1].values)[1]);
      },
      [](Recording& r) {
        r.variables[1].values = std::vector<double>{0.1, 0.2};
      },
      [](Recording& r) { r.variables[1].unit = "d"; },
      [](Recording& r) { r.variables[1].dims[1] = "person"; },
      [](Recording& r) { r.variables[0].attributes[0].second = "X"; },
      [](Recording& r) { r.texts[0].second += "\n"; },
      [](Recording& r) { r.variables.pop_back(); },
  };
  for (std::size_t i = 0; i < std::size(changes); ++i) {
    Recording changed = sample();
    changes[i](changed);
    INFO("change " << i);
    CHECK(digest(changed) != base);
  }
  Recording same = sample();
  same.timing[0].second = "8";
  std::swap(same.variables[0], same.variables[1]);
  std::swap(same.attributes[0], same.attributes[1]);
  std::swap(same.variables[1].attributes[0], same.variables[1].attributes[1]);
  CHECK(digest(same) == base);
}

}  // namespace spillway
