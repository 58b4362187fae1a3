// Planning: points are computed once, and what changed since is told instead of mixed in.
#include "study/sweep_plan.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "input/source.hpp"
#include "model/version.hpp"
#include "support/model_sweeps.hpp"

using namespace spillway;
using namespace spillway::testing;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {
const std::string two = "levers: {platforms.a.intrinsic_utility: [1, 2]}\ndesign: grid\n";

struct Market {
  StudyPlace place{[](const Scenario& s) { return s.platforms[0].second.intrinsic_utility; }};
  std::string plan_error(const std::string& text, const std::vector<std::string>& sets = {}) const {
    return without_folder(message_of<InputError>([&] { place.plan(text, sets); }));
  }
  std::string open_error(const std::vector<std::string>& sets = {}) const {
    return without_folder(message_of<InputError>([&] { place.open(sets); }));
  }
  std::string without_folder(std::string text) const {
    const std::string prefix = place.folder.path() + "/";
    for (std::size_t at = 0; (at = text.find(prefix)) != std::string::npos;) text.erase(at, prefix.size());
    return text;
  }
  std::string text_of(const std::string& name) const { return read_file(place.sweep_folder() + "/" + name, 1 << 20); }
};

const std::string refusal =
    "sweep holds a sweep of something else; give another -o DIR, or throw its runs away: spillway sweep plan STUDY --force\n  ";
const std::string closed = "sweep holds a sweep of something else; plan it anew: spillway sweep plan study.yaml -o DIR\n  ";
}  // namespace

TEST_CASE("sweep plan: what stands in the folder", "[sweep]") {
  const Market market;
  CHECK_FALSE(is_planned(market.place.sweep_folder()));
  const Sweep sweep = market.place.plan(two + "replicates: 3\n");
  CHECK(is_planned(market.place.sweep_folder()));
  CHECK(sweep.runs() == 6);
  CHECK(sweep.run_at(1) == SweepRun{1, 0});  // the first replicate of every point comes first
  CHECK(sweep.run_at(2) == SweepRun{0, 1});
  CHECK(market.text_of("design.csv") == "point,platforms.a.intrinsic_utility\n0,1\n1,2\n");
  const auto plan = nlohmann::json::parse(market.text_of("plan.json"));
  CHECK(plan.at("id") == sweep.id);
  CHECK(plan.at("points") == 2);
  CHECK(plan.at("replicates") == 3);
  CHECK(nlohmann::json::parse(market.text_of("design.json")).at("num_vars") == 1);
  const Sweep opened = market.place.open();
  CHECK(opened.id == sweep.id);
  CHECK(opened.points.values == sweep.points.values);
  CHECK(sets_of(opened, {1, 2}) == std::vector<std::string>{"platforms.a.intrinsic_utility=2", "replicate=2"});
  CHECK_FALSE(fs::exists(sweep.folder.file("plan.lock")));
}

TEST_CASE("sweep plan: without a plan", "[sweep]") {
  const Market market;
  market.place.study(two);
  CHECK(market.open_error() == "sweep holds no planned sweep; first: spillway sweep plan study.yaml");
}

TEST_CASE("sweep plan: an identity is of everything that results depend on, and of nothing else", "[sweep]") {
  const Market market;
  const std::string id = market.place.plan(two).id;
  const auto same = [&](const std::string& more, const std::vector<std::string>& sets = {}) {
    return market.place.plan(two + more, sets).id == id;
  };
  CHECK(same(""));
  CHECK(same("title: Q?\ndescription: D\n"));
  CHECK(same("replicates: 7\n"));
  CHECK(same("limits: {wall: 1 h, memory: 1 GB, on_failure: stop}\n"));
  CHECK(same("set: {title: Another}\n") == false);  // stands in the digests of its runs
  CHECK_FALSE(same("common_random_numbers: false\n"));
  CHECK_FALSE(same("keep: all\n"));
  CHECK_FALSE(same("", {"seed=2"}));
  CHECK_FALSE(same("", {"population.users=50"}));
  CHECK_FALSE(same("uncertainties: {platforms.b.mirroring: [0.5]}\n"));
  market.place.plan(two);
  CHECK(market.place.open({"replicates=9"}).id == id);
  CHECK(market.place.open({"title=Q"}).id == id);
}

TEST_CASE("sweep plan: before anything is done it may be changed", "[sweep]") {
  const Market market;
  const std::string id = market.place.plan(two).id;
  const Sweep other = market.place.plan(two, {"seed=2"});
  CHECK(other.id != id);
  CHECK(market.place.open({"seed=2"}).id == other.id);
}

TEST_CASE("sweep plan: a study that changed is refused with the difference", "[sweep]") {
  const Market market;
  const Sweep sweep = market.place.plan(two);
  run_all(sweep);
  const std::string three = "levers: {platforms.a.intrinsic_utility: [1, 2, 3]}\ndesign: grid\n";
  CHECK_THAT(market.plan_error(three), Catch::StartsWith(refusal) && Contains("study then:") && Contains("study now:"));
  CHECK_THAT(market.open_error(), Catch::StartsWith(closed) && Contains("study then:"));
  CHECK_THAT(market.plan_error(two + "common_random_numbers: false\n"), Catch::StartsWith(refusal) && Contains("study then:") &&
                                                                            Contains("common_random_numbers: true") &&
                                                                            Contains("common_random_numbers: false"));
  CHECK_THAT(market.plan_error(two, {"common_random_numbers=false"}), Contains("common_random_numbers: false"));
  market.place.study(two);
  CHECK(market.open_error().empty());
  CHECK(outcome_of(gathered(market.place.open())) == std::vector<double>{1, 2});  // nothing was lost
}

TEST_CASE("sweep plan: a scenario that changed is refused with the difference", "[sweep]") {
  const Market market;
  run_all(market.place.plan(two));
  market.place.folder.write("base.yaml", market.place.scenario + "seed: 5\nadoption: {homing: single}\n");
  CHECK(market.plan_error(two) == refusal + "scenario: seed: 1 then, 5 now\n  scenario: adoption.homing: multi then, single now");
  CHECK(market.open_error() == closed + "scenario: seed: 1 then, 5 now\n  scenario: adoption.homing: multi then, single now");
  market.place.folder.write("base.yaml", market.place.scenario);
  CHECK(market.open_error().empty());
  CHECK_THAT(market.open_error({"population.users=50"}), Contains("scenario: population.users: 100 then, 50 now"));
}

TEST_CASE("sweep plan: a design that was edited is refused", "[sweep]") {
  const Market market;
  const Sweep sweep = market.place.plan(two);
  run_all(sweep);
  const std::string path = sweep.folder.file("design.csv"), was = market.text_of("design.csv");
  write_text(path, "point,platforms.a.intrinsic_utility\n0,1\n1,2.5\n");
  CHECK_THAT(market.open_error(), Catch::Equals(closed + "design.csv has other points"));
  write_text(path, was);
  CHECK(market.open_error().empty());
}

TEST_CASE("sweep plan: a program of another model is refused", "[sweep]") {
  const Market market;
  const Sweep sweep = market.place.plan(two);
  run_all(sweep);
  auto plan = nlohmann::ordered_json::parse(market.text_of("plan.json"));
  plan["model_version"] = "1";
  plan["id"] = "0123456789abcdef";
  write_text(sweep.folder.file("plan.json"), plan.dump());
  CHECK(market.open_error() ==
        closed + "model version 1 then, " + std::to_string(model_version) + " now: the same scenario has other results");
}

TEST_CASE("sweep plan: --force throws the old runs away", "[sweep]") {
  const Market market;
  const Sweep sweep = market.place.plan(two);
  run_all(sweep);
  write_text(sweep.folder.file("results.h5"), "old");
  const Sweep other = market.place.plan(two, {"seed=2"}, true);
  CHECK_FALSE(other.folder.started());
  CHECK_FALSE(fs::exists(other.folder.file("results.h5")));
  CHECK(run_all(other).done == 2);
}

TEST_CASE("sweep plan: a plan that is damaged", "[sweep]") {
  const Market market;
  const Sweep sweep = market.place.plan(two);
  write_text(sweep.folder.file("plan.json"), "{");
  CHECK(market.without_folder(message_of<FileError>([&] { market.place.open(); })) ==
        "sweep/plan.json is damaged: plan the study anew in another folder (-o DIR), or with --force here");
  CHECK_NOTHROW(market.place.plan(two, {}, true));
  CHECK(market.open_error().empty());
}

TEST_CASE("sweep plan: outcomes and series that the scenario does not record", "[sweep]") {
  const Market market;
  const auto error = [&](const std::string& rest) {
    market.place.folder.write("study.yaml", "scenario: base.yaml\n" + two + rest);
    return market.without_folder(message_of<InputError>(
        [&] { plan_sweep(load_study(market.place.folder / "study.yaml"), market.place.sweep_folder(), false, market.place.simulation); }));
  };
  const std::string users = "monthly_active_users";
  CHECK_THAT(error("outcomes: [monthly_active_user.a@end, " + users + ".c@end]\n"),
             Contains("study.yaml:4:12: outcomes: monthly_active_user.a@end: ") && Contains("did you mean 'monthly_active_users'?") &&
                 Contains("study.yaml:4:39: outcomes: " + users + ".c@end: "));
  CHECK_THAT(
      error("outcomes: [" + users + ".a@end]\nkeep: {trajectories: all, series: [monthly_active_user]}\n"),
      Catch::Matchers::StartsWith("study.yaml:5:36: keep.series: monthly_active_user: the scenario records no such series; did you mean "
                                  "'monthly_active_users'?"));
  CHECK_FALSE(is_planned(market.place.sweep_folder()));
}

TEST_CASE("sweep plan: more runs than files", "[sweep]") {
  const Market market;
  CHECK(market.plan_error(
            "levers: {platforms.a.intrinsic_utility: {uniform: [0, 1]}}\ndesign: {random: {samples: 1_000_000}}\nreplicates: 101\n") ==
        "study.yaml: 1000000 points with 101 replicates are more than 100000000 runs");
}

TEST_CASE("sweep plan: design of a file", "[sweep]") {
  const Market market;
  market.place.folder.write("mine.csv", "platforms.a.intrinsic_utility\n3.5\n-1\n");
  const std::string text = "levers: {platforms.a.intrinsic_utility: {uniform: [-5, 5]}}\ndesign: {file: mine.csv}\n";
  const Sweep sweep = market.place.plan(text);
  CHECK(sweep.points.values == std::vector<double>{3.5, -1});
  run_all(sweep);
  market.place.folder.write("mine.csv", "platforms.a.intrinsic_utility\n3.5\n-2\n");  // shards read what the plan wrote
  CHECK(outcome_of(gathered(market.place.open())) == std::vector<double>{3.5, -1});
  CHECK(market.plan_error(text) == refusal + "design.csv has other points");
}
