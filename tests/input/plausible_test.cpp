// Values that can be used but are hard to believe are noted with their place, wherever they are written.
#include <catch2/catch.hpp>
#include <filesystem>

#include "base/error.hpp"
#include "input/load.hpp"
#include "support/temporary_folder.hpp"

using namespace spillway;

namespace {
std::string notes(const std::string& text, const std::vector<std::string>& sets = {}) {
  std::string told;
  for (Issue note : load_scenario_text("title: T\nplatforms: {a: {launch: 2010-01-01}}\n" + text, "x.yaml", {}, sets).notes) {
    note.source_line.clear();
    told += to_text(note) + "\n";
  }
  return told;
}
}  // namespace

TEST_CASE("a value outside its plausible range is noted with its place and its source", "[input]") {
  CHECK(notes("habit: {memory: 90 d}\n") ==
        "x.yaml:3:17: habit.memory: 90 d is outside the plausible range [7, 60] d (tau_h; own calibration)\n");
  CHECK(notes("habit: {memory: 60 d}\n").empty());
  CHECK(notes("", {"platforms.a.ads.load=90%"}) ==
        "--set: platforms.a.ads.load: 90% is outside the plausible range [0, 0.3] (A_k; lever)\n");
  CHECK(notes("exit: {threshold_contacts: 40}\n").find("x.yaml:3:28: exit.threshold_contacts: 40 is outside the plausible range [1, 10]") ==
        0);
}

TEST_CASE("interventions and ramps are noted too", "[input]") {
  CHECK(notes("interventions:\n  x: {on: 2012-01-01, set: {platforms.a.ads.load: 0.5}}\n"
              "  y: {on: 2013-01-01, until: 2014-01-01, ramp: {platforms.a.ads.load: 0.4, marketplace.commission: 3}}\n") ==
        "x.yaml:4:51: interventions.x.set.platforms.a.ads.load: 0.5 is outside the plausible range [0, 0.3] (A_k; lever)\n"
        "x.yaml:5:71: interventions.y.ramp.platforms.a.ads.load: 0.4 is outside the plausible range [0, 0.3] (A_k; lever)\n"
        "x.yaml:5:100: interventions.y.ramp.marketplace.commission: 3 is outside the plausible range [0, 1] (c_0; ratio assumed)\n");
}

TEST_CASE("what switches a mechanism off is no slip", "[input]") {
  CHECK(notes("exit: {threshold_delay: never, disuse_churn: 0}\nsuppliers: {decisions: {entry_rate: 0}}\n").empty());
}

TEST_CASE("no shipped scenario holds a value that is hard to believe", "[input]") {
  for (const auto& entry : std::filesystem::directory_iterator(SPILLWAY_SOURCE_DIR "/scenarios")) {
    if (entry.path().extension() != ".yaml") continue;
    for (const Issue& note : load_scenario(entry.path().string()).notes) {
      INFO(to_text(note));
      CHECK(false);
    }
  }
}
