#include "study/compare.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <csignal>

#include "analysis/differences.hpp"
#include "base/error.hpp"
#include "model/ensemble_view.hpp"
#include "run/run.hpp"
#include "run/signals.hpp"
#include "store/trajectory.hpp"
#include "support/temporary_folder.hpp"

using namespace spillway;
using spillway::test::TemporaryFolder;

namespace {
const std::string history = SPILLWAY_SOURCE_DIR "/scenarios/history.yaml", no_ban = SPILLWAY_SOURCE_DIR "/scenarios/no_ban.yaml";
const std::vector<std::string> small{"population.users=2000"};

CompareOutcome compared(std::vector<WorldInput> worlds, CompareOptions options) {
  return compare_scenarios(
      std::move(worlds), options, [](const CompareProgress&) {}, [](const std::string&) {});
}

CompareOptions with(std::size_t replicates, int threads = 2) {
  CompareOptions options;
  options.replicates = replicates;
  options.threads = threads;
  return options;
}

const Difference& row(const Comparison& comparison, const std::string& outcome, const std::string& platform, const std::string& moment) {
  for (const Difference& d : comparison.differences)
    if (d.outcome == outcome && d.platform == platform && d.moment == moment) return d;
  throw Bug("no row " + outcome);
}
}  // namespace

TEST_CASE("a scenario compared with itself is identical") {
  const CompareOutcome outcome = compared(read_worlds({history, history}, small), with(2));
  CHECK(outcome.comparison.baseline == "history");
  CHECK(labels(outcome.ensemble, "world") == std::vector<std::string>{"history", "history-2"});
  REQUIRE_FALSE(outcome.comparison.differences.empty());
  for (const Difference& d : outcome.comparison.differences) {
    CHECK(d.verdict == Verdict::identical);
    CHECK(d.difference == 0);
  }
  CHECK(std::isnan(outcome.comparison.partings.at(0).day));
  CHECK(outcome.ticks * 2 == outcome.ticks_separate);
}

TEST_CASE("a comparison does not depend on threads, and its replicates are runs of their own") {
  const CompareOutcome one = compared(read_worlds({history, no_ban}, small), with(3, 1)),
                       two = compared(read_worlds({history, no_ban}, small), with(3, 2)),
                       five = compared(read_worlds({history, no_ban}, small), with(3, 5));
  CHECK(digest(one.ensemble) == digest(two.ensemble));
  CHECK(digest(one.ensemble) == digest(five.ensemble));
  const TemporaryFolder folder;
  RunOptions options;
  options.output = folder.path() + "/run.h5";
  const LoadedScenario loaded = load_scenario(no_ban, {"population.users=2000", "replicate=2"});
  const RunOutcome run = run_scenario(
      loaded, options, [](const Progress&) {}, [](const std::string&) {});
  CHECK(std::get<std::vector<std::string>>(one.ensemble.at("digest").values).at(1 * 3 + 2) == digest(run.recording));
}

TEST_CASE("where and why history without the ban parts from history") {
  const CompareOutcome outcome = compared(read_worlds({history, no_ban}, small), with(4));
  const Parting& parting = outcome.comparison.partings.at(0);
  const Date start = *parse_date("2009-08-14");
  CHECK(to_text(Date{start.days + static_cast<std::int32_t>(parting.day)}) == "2014-11-21");  // the week in which the ban begins
  CHECK(parting.policy == "platforms.weibo.ban.strictness 0 instead of 0.8");
  CHECK(parting.observable.find("push") != std::string::npos);
  CHECK(parting.column.find("follow_suppliers") != std::string::npos);
  CHECK(static_cast<double>(outcome.ticks) < 0.7 * static_cast<double>(outcome.ticks_separate));
}

TEST_CASE("a result's own run is used, its other replicates are simulated") {
  const TemporaryFolder folder;
  RunOptions options;
  options.output = folder.path() + "/history.h5";
  run_scenario(
      load_scenario(history, small), options, [](const Progress&) {}, [](const std::string&) {});
  const CompareOutcome fresh = compared(read_worlds({history, no_ban}, small), with(2)),
                       reused = compared(read_worlds({options.output, no_ban}, small), with(2));
  CHECK(reused.reused == 1);
  CHECK(fresh.reused == 0);
  CHECK(labels(reused.ensemble, "world") == std::vector<std::string>{"history", "no_ban"});
  const auto digests = [](const CompareOutcome& o) { return std::get<std::vector<std::string>>(o.ensemble.at("digest").values); };
  CHECK(digests(fresh) == digests(reused));
  const CompareOutcome larger = compared(read_worlds({options.output, no_ban}, {"population.users=3000"}), with(1));
  CHECK(larger.reused == 0);  // it is another scenario
}

TEST_CASE("replicates are added until the outcomes are sure enough") {
  CompareOptions options = with(2);
  options.half_width = 0.9;  // of the baseline: soon reached
  options.most_replicates = 12;
  const CompareOutcome soon = compared(read_worlds({history, no_ban}, small), options);
  CHECK(soon.stopping.find("reached") != std::string::npos);
  CHECK(soon.comparison.replicates < 12);
  options.half_width = 1e-6;
  const CompareOutcome never = compared(read_worlds({history, no_ban}, small), options);
  CHECK(never.stopping.find("NOT reached") != std::string::npos);
  CHECK(never.comparison.replicates == 12);
}

TEST_CASE("a comparison is written and read back with everything in it") {
  const TemporaryFolder folder;
  const CompareOutcome outcome = compared(read_worlds({history, no_ban}, small), with(2));
  const std::string path = folder.path() + "/c.h5";
  write_recording(outcome.ensemble, path);
  const Recording read = read_recording(path);
  CHECK(digest(read) == digest(outcome.ensemble));
  const Comparison again = comparison_in(read);
  const Difference &a = row(outcome.comparison, "monthly_active_users", "wechat", "end"),
                   &b = row(again, "monthly_active_users", "wechat", "end");
  CHECK(a.difference == b.difference);
  CHECK(a.high == b.high);
  CHECK(again.partings.at(0).policy == outcome.comparison.partings.at(0).policy);
  CHECK(again.partings.at(0).day == outcome.comparison.partings.at(0).day);
  REQUIRE_THROWS_AS(read_worlds({path, no_ban}, small), InputError);
}

TEST_CASE("the end is the last row, what is counted is a last year, averages begin where worlds part") {
  const CompareOutcome outcome = compared(read_worlds({history, no_ban}, small), with(2));
  const Series users(outcome.ensemble, "monthly_active_users"), revenue(outcome.ensemble, "ad_revenue");
  const std::size_t last = users.times() - 1;
  CHECK(row(outcome.comparison, "monthly_active_users", "weibo", "end").baseline ==
        Approx((users.value(0, 0, last, 0) + users.value(0, 1, last, 0)) / 2));
  double year = 0, mean = 0, rows = 0;
  for (std::size_t t = last - 51; t <= last; ++t) year += (revenue.value(1, 0, t, 0) + revenue.value(1, 1, t, 0)) / 2;
  CHECK(row(outcome.comparison, "ad_revenue", "weibo", "end").other == Approx(year * 365.25 / 364));
  const Variable& time = outcome.ensemble.at("time");
  for (std::size_t t = 0; t <= last; ++t) {
    if (value_at(time, t) < outcome.comparison.partings.at(0).day) continue;
    mean += (users.value(0, 0, t, 1) + users.value(0, 1, t, 1)) / 2;
    ++rows;
  }
  CHECK(row(outcome.comparison, "monthly_active_users", "wechat", "average").baseline == Approx(mean / rows));
}

namespace {
/// A ring of users, each tied to the `reach` next ones.
std::string ring(int users, int reach) {
  std::string text;
  for (int user = 0; user < users; ++user)
    for (int step = 1; step <= reach; ++step) text += std::to_string(user) + " " + std::to_string((user + step) % users) + "\n";
  return text;
}

std::string over_history(const std::string& more) { return "extends: " + history + "\ntitle: A test\npopulation: {users: 300}\n" + more; }
}  // namespace

TEST_CASE("contact files of the same name in two folders are two networks") {
  const TemporaryFolder a, b;
  const std::string scenario = over_history("time: {end: 2012-12-31}\ncontacts: {kind: file, path: net.txt}\n");
  a.write("s.yaml", scenario);
  b.write("s.yaml", scenario);
  a.write("net.txt", ring(300, 2));
  b.write("net.txt", ring(300, 5));
  const CompareOutcome outcome = compared(read_worlds({a / "s.yaml", b / "s.yaml"}, {}), with(1));
  CHECK_FALSE(std::isnan(outcome.comparison.partings.at(0).day));
  CHECK(outcome.ticks == outcome.ticks_separate);
}

TEST_CASE("a result is not used when its contact file has changed since") {
  const TemporaryFolder folder;
  folder.write("s.yaml", over_history("time: {end: 2012-12-31}\ncontacts: {kind: file, path: net.txt}\n"));
  folder.write("net.txt", ring(300, 2));
  RunOptions options;
  options.output = folder / "r.h5";
  run_scenario(
      load_scenario(folder / "s.yaml", {}), options, [](const Progress&) {}, [](const std::string&) {});
  CHECK(compared(read_worlds({folder / "r.h5", folder / "s.yaml"}, {}), with(1)).reused == 1);
  folder.write("net.txt", ring(300, 5));
  const CompareOutcome outcome = compared(read_worlds({folder / "r.h5", folder / "s.yaml"}, {}), with(1));
  CHECK(outcome.reused == 0);
  CHECK(std::isnan(outcome.comparison.partings.at(0).day));
}

TEST_CASE("an interval that one world does not finish is no difference, and no year") {
  const TemporaryFolder folder;
  folder.write("a.yaml", over_history("time: {end: 2013-12-31}\nrecord: {every: 364 d}\n"));
  folder.write("b.yaml", over_history("time: {end: 2012-06-05}\nrecord: {every: 364 d}\n"));
  const CompareOutcome outcome = compared(read_worlds({folder / "a.yaml", folder / "b.yaml"}, {}), with(2));
  CHECK(std::isnan(outcome.comparison.partings.at(0).day));
  CHECK(outcome.comparison.partings.at(0).last_day == 364);  // from August 2010; the row of August 2011 ends in b after ten months
  for (const Difference& d : outcome.comparison.differences) CHECK(d.verdict == Verdict::identical);
}

TEST_CASE("a run with a panel counts as one without") {
  const TemporaryFolder folder;
  folder.write("p.yaml", over_history("record: {panel: {users: 10}}\n"));
  RunOptions options;
  options.output = folder / "p.h5";
  run_scenario(
      load_scenario(folder / "p.yaml", {}), options, [](const Progress&) {}, [](const std::string&) {});
  const CompareOutcome outcome = compared(read_worlds({folder / "p.h5", folder / "p.yaml"}, {}), with(1));
  CHECK(outcome.reused == 1);
  const auto& digests = std::get<std::vector<std::string>>(outcome.ensemble.at("digest").values);
  CHECK(digests.at(0) == digests.at(1));
}

TEST_CASE("worlds with other seeds are no pairs with the same luck") {
  const TemporaryFolder folder;
  folder.write("s.yaml", over_history("seed: 7\n"));
  CHECK(compared(read_worlds({history, no_ban}, small), with(1)).comparison.same_luck);
  const CompareOutcome outcome = compared(read_worlds({history, folder / "s.yaml"}, {"population.users=300"}), with(1));
  CHECK_FALSE(outcome.comparison.same_luck);
  CHECK_FALSE(comparison_in(outcome.ensemble).same_luck);
}

TEST_CASE("a stopped comparison compares the replicates that are complete") {
  const StopSignals signals;
  const auto stop_after = [](std::size_t replicates) {
    return [=](const CompareProgress& p) {
      if (p.replicates < replicates || stop_signal() != 0) return;
      std::raise(SIGTERM);
      std::raise(SIGTERM);  // batch systems ask twice
    };
  };
  const auto quiet = [](const std::string&) {};
  const CompareOutcome some = compare_scenarios(read_worlds({history, no_ban}, small), with(50), stop_after(2), quiet);
  CHECK(some.stopped_by == SIGTERM);
  CHECK(some.comparison.replicates >= 2);
  CHECK(some.comparison.replicates < 50);
  CHECK(some.ensemble.attribute("status") == "stopped");
  CHECK(some.stopping.find("stopped after") == 0);
}

TEST_CASE("a comparison stopped before its first replicate is empty") {
  const StopSignals signals;
  const auto stop = [](const CompareProgress&) {
    if (stop_signal() == 0) std::raise(SIGINT);
  };
  const CompareOutcome none = compare_scenarios(read_worlds({history, no_ban}, small), with(50), stop, [](const std::string&) {});
  CHECK(none.stopped_by == SIGINT);
  CHECK(none.ensemble.variables.empty());
}
