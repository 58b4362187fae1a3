// One result out of the records: what stands in it, with holes where runs are not there, and the same bytes whoever did the runs.
#include "study/sweep_gather.hpp"

#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "model/sweep_view.hpp"
#include "store/trajectory.hpp"
#include "study/run_record.hpp"
#include "study/sweep_status.hpp"
#include "support/model_sweeps.hpp"

using namespace spillway;
using namespace spillway::testing;
namespace fs = std::filesystem;

namespace {
const std::string grid =
    "levers: {platforms.a.intrinsic_utility: [1, 2, 3]}\nuncertainties: {adoption.homing: [multi, single]}\n"
    "design: grid\nreplicates: 3\n";

/// Utility and luck: a third of a replicate.
double model(const Scenario& s) { return s.platforms[0].second.intrinsic_utility + s.replicate / 3.0; }

double but_two(const Scenario& s) {
  if (s.platforms[0].second.intrinsic_utility == 2) throw std::runtime_error("not at 2, \"never\"");
  return model(s);
}

std::vector<char> result_bytes(const Sweep& sweep) {
  const std::string path = sweep.folder.file("results.h5");
  write_recording(gathered(sweep), path);
  return bytes_of(path);
}

std::vector<double> numbers_of(const Recording& result, const std::string& name) {
  return std::get<std::vector<double>>(result.at(name).values);
}
std::vector<std::string> words_of(const Recording& result, const std::string& name) {
  return std::get<std::vector<std::string>>(result.at(name).values);
}
}  // namespace

TEST_CASE("gather: what stands in the result", "[sweep]") {
  const StudyPlace place(model);
  const Sweep sweep = place.plan(grid + "title: Q?\n");
  run_all(sweep);
  const Gathered all = gather(sweep);
  CHECK(all.done == 18);
  CHECK(all.failed + all.missing == 0);
  const Recording& r = all.result;
  CHECK(is_sweep(r));
  CHECK(r.attribute("title") == "Q?");
  CHECK(r.attribute("status") == "complete");
  CHECK(r.attribute("design") == "grid");
  CHECK(r.attribute("runs_done") == "18");
  CHECK(sweep_points(r) == 6);
  CHECK(sweep_replicates(r) == 3);
  const std::vector<SweepFactor> factors = sweep_factors(r);
  REQUIRE(factors.size() == 2);
  CHECK(factors[0].lever);
  CHECK_FALSE(factors[1].lever);
  CHECK(factors[1].words == std::vector<std::string>{"multi", "single"});
  CHECK(numbers_of(r, "platforms.a.intrinsic_utility") == std::vector<double>{1, 1, 2, 2, 3, 3});
  CHECK(words_of(r, "adoption.homing") == std::vector<std::string>{"multi", "single", "multi", "single", "multi", "single"});
  CHECK(sweep_outcomes(r) == std::vector<std::string>{"y"});
  CHECK(r.at("y").dims == std::vector<std::string>{"point", "replicate"});
  CHECK(outcome_value_at(r, "y", 3, 2) == 2 + 2 / 3.0);
  CHECK(outcome_mean(r, "y", 4) == Approx(3 + 1 / 3.0));
  CHECK(r.find("monthly_active_users") == nullptr);
  CHECK(r.timing.empty());  // nothing that differs from time to time
  CHECK_FALSE(r.text("provenance/study_resolved").empty());
  CHECK_FALSE(r.text("provenance/salib_problem").empty());
  CHECK(r.text("provenance/scenario_resolved").find("platforms") != std::string::npos);
}

TEST_CASE("gather: dates are days", "[sweep]") {
  const StudyPlace place([](const Scenario&) { return 0; });
  const Sweep sweep = place.plan("levers: {platforms.b.launch: [2010-01-01, 2010-02-01]}\ndesign: grid\n");
  run_all(sweep);
  const Recording r = gathered(sweep);
  CHECK(numbers_of(r, "platforms.b.launch") == std::vector<double>{14'610, 14'641});
  CHECK(r.at("platforms.b.launch").unit == "days since 1970-01-01");
  CHECK(sweep_factors(r)[0].dates);
  CHECK(summary_csv(sweep, r) == "point,replicate,platforms.b.launch,y,status,message\n0,0,2010-01-01,0,done,\n1,0,2010-02-01,0,done,\n");
}

TEST_CASE("gather: holes are NaN, and told", "[sweep]") {
  StudyPlace place(but_two);
  const Sweep sweep = place.plan("levers: {platforms.a.intrinsic_utility: [1, 2, 3]}\ndesign: grid\nreplicates: 2\nkeep: quantiles\n");
  run_all(sweep);
  fs::remove(sweep.folder.record({2, 1}));
  const Gathered g = gather(sweep);
  CHECK(g.done == 3);
  CHECK(g.failed == 2);
  CHECK(g.missing == 1);
  const Recording& r = g.result;
  CHECK(r.attribute("status") == "partial");
  CHECK(std::get<std::vector<std::uint8_t>>(r.at("status").values) == std::vector<std::uint8_t>{0, 0, 1, 1, 0, 2});
  CHECK(words_of(r, "message")[2] == "not at 2, \"never\"");
  CHECK(words_of(r, "digest")[2].empty());
  CHECK(words_of(r, "digest")[0].size() == 16);
  const std::vector<double> y = outcome_of(r);
  CHECK(std::isnan(y[2]));
  CHECK(std::isnan(y[3]));
  CHECK(std::isnan(y[5]));
  CHECK(std::isnan(outcome_mean(r, "y", 1)));
  CHECK(outcome_mean(r, "y", 2) == 3);
  const Variable& bands = r.at("monthly_active_users");
  CHECK(bands.dims == std::vector<std::string>{"point", "quantile", "time", "platform"});
  const std::size_t levels = length(r.at("quantile").values), row = 3 * 2;
  for (std::size_t i = 0; i < levels * row; ++i) CHECK(std::isnan(value_at(bands, levels * row + i)));
  for (std::size_t q = 0; q < levels; ++q) CHECK(value_at(bands, (2 * levels + q) * row + 4) == 3);  // of the one that is there
  CHECK(summary_csv(sweep, r) ==
        "point,replicate,platforms.a.intrinsic_utility,y,status,message\n"
        "0,0,1,1,done,\n0,1,1,1.3333333333333333,done,\n"
        "1,0,2,NaN,failed,\"not at 2, \"\"never\"\"\"\n1,1,2,NaN,failed,\"not at 2, \"\"never\"\"\"\n"
        "2,0,3,3,done,\n2,1,3,NaN,missing,\n");
  const std::string path = sweep.folder.file("results.h5");
  write_recording(r, path);
  CHECK(digest(read_recording(path)) == digest(r));
}

TEST_CASE("gather: nothing is there yet", "[sweep]") {
  const StudyPlace place(model);
  const Gathered g = gather(place.plan(grid + "keep: all\n"));
  CHECK(g.missing == 18);
  for (const double y : outcome_of(g.result)) CHECK(std::isnan(y));
  write_recording(g.result, place.folder / "x.h5");
}

TEST_CASE("gather: trajectories are kept as the study says", "[sweep]") {
  const StudyPlace place(model);
  const std::string one = "levers: {platforms.a.intrinsic_utility: [1, 4]}\ndesign: grid\nreplicates: 5\n";
  run_all(place.plan(one + "keep: all\n"));
  const Recording all = gathered(place.open());
  CHECK(all.at("monthly_active_users").dims == std::vector<std::string>{"point", "replicate", "time", "platform"});
  CHECK(words_of(all, "platform") == std::vector<std::string>{"a", "b"});
  CHECK(length(all.at("time").values) == 3);
  for (std::size_t p = 0; p < 2; ++p)
    for (std::size_t r = 0; r < 5; ++r)
      for (std::size_t t = 0; t < 3; ++t) {
        const double y = static_cast<double>(p == 0 ? 1 : 4) + static_cast<double>(r) / 3.0;
        CHECK(value_at(all.at("monthly_active_users"), ((p * 5 + r) * 3 + t) * 2) == y * static_cast<double>(t + 1) / 3);
        CHECK(value_at(all.at("monthly_active_users"), ((p * 5 + r) * 3 + t) * 2 + 1) == 0);
      }
  run_all(place.plan(one + "keep: quantiles\n", {}, true));
  const Recording bands = gathered(place.open());
  const std::vector<double> levels = numbers_of(bands, "quantile");
  for (std::size_t q = 0; q < levels.size(); ++q)  // of 1, 4/3, ... 7/3 at the end
    CHECK(value_at(bands.at("monthly_active_users"), (q * 3 + 2) * 2) == Approx(1 + levels[q] * 4 / 3));
  run_all(place.plan(one + "keep: none\n", {}, true));
  CHECK(gathered(place.open()).find("monthly_active_users") == nullptr);
}

TEST_CASE("gather: the same bytes by one process, by shards in any order, by two on one shard", "[sweep]") {
  const StudyPlace place(model);
  const std::string text = grid + "keep: all\n";
  const auto shard = [](std::uint64_t i, std::uint64_t n) { return Shard{i, n, "--shard", 1}; };
  const auto fresh = [&] { return place.plan(text, {}, true); };
  const Sweep first = fresh();
  CHECK(run_all(first, {}, 1).done == 18);
  const std::vector<char> expected = result_bytes(first);
  const std::string csv = summary_csv(first, gathered(first));
  const auto check_same = [&](const Sweep& sweep) {
    CHECK(result_bytes(sweep) == expected);
    CHECK(summary_csv(sweep, gathered(sweep)) == csv);
  };

  for (const std::vector<std::uint64_t>& order : {std::vector<std::uint64_t>{0, 1}, {1, 0}}) {
    const Sweep sweep = fresh();
    for (const std::uint64_t i : order) CHECK(run_all(sweep, shard(i, 2)).done == 9);
    check_same(sweep);
  }
  const Sweep mixed = fresh();  // shards of another count than before
  run_all(mixed, shard(2, 5));
  run_all(mixed, shard(0, 3));
  const SweepOutcome rest = run_all(mixed, {}, 3);
  CHECK(rest.done + rest.done_before == 18);
  check_same(mixed);
}

TEST_CASE("gather: two starters on one shard do no harm", "[sweep]") {
  const Calls calls;
  const StudyPlace place([&](const Scenario& s) {
    calls.note();
    ::usleep(3000);  // so that both are at work at the same time
    return model(s);
  });
  const Sweep sweep = place.plan(grid, {"replicates=6"});
  std::vector<pid_t> starters;
  for (int i = 0; i < 2; ++i) {
    starters.push_back(::fork());
    if (starters.back() == 0) {
      int code = 1;
      try {
        const SweepOutcome o = run_all(sweep, {}, 2);
        code = o.failed == 0 && o.left == 0 && o.done_before + o.done == 36 ? 0 : 2;
      } catch (...) {
      }
      ::_exit(code);
    }
  }
  for (const pid_t starter : starters) {
    int status = 0;
    REQUIRE(::waitpid(starter, &status, 0) == starter);
    CHECK(status == 0);
  }
  CHECK(calls.count() < 60);  // one begins at the front, the other at the end
  const std::vector<char> together = result_bytes(place.open({"replicates=6"}));
  const Sweep alone = place.plan(grid, {"replicates=6"}, true);
  run_all(alone);
  CHECK(result_bytes(alone) == together);
}

TEST_CASE("status: counted from files", "[sweep]") {
  const StudyPlace place(but_two);
  const Sweep sweep = place.plan(grid);
  SweepStatus s = status_of(sweep);
  CHECK(s.runs == 18);
  CHECK(s.left == 18);
  CHECK(std::isnan(s.seconds_per_run));
  CHECK(std::isnan(s.seconds_left));
  run_all(sweep, {0, 3, "--shard", 1});
  s = status_of(sweep);
  CHECK(s.done + s.failed == 6);
  CHECK(s.left == 12);
  CHECK(s.seconds_per_run >= 0);
  run_all(sweep);
  place.folder.write("sweep/running/node7-1.json", R"({"host":"node7","pid":1,"part":"all","in_hand":["p000000-r0000"]})");
  s = status_of(sweep, 4);
  CHECK(s.done == 12);
  CHECK(s.failed == 6);
  CHECK(s.left == 0);
  CHECK(s.running == 0);  // what it has in hand is done
  CHECK(s.workers.size() == 1);
  REQUIRE(s.failures.size() == 4);
  CHECK(s.failures[0].run == SweepRun{2, 0});
  CHECK(s.failures[0].message == "not at 2, \"never\"");
  fs::remove(sweep.folder.record({0, 0}));
  s = status_of(sweep);
  CHECK(s.running == 1);
  CHECK(s.left == 0);
  CHECK(std::isfinite(s.seconds_left));
}

// Gathered they are missing, and done again by the next run: status must not call such a sweep done.
TEST_CASE("status: a damaged record is none, nor is another sweep's", "[sweep]") {
  const StudyPlace place(model);
  const Sweep sweep = place.plan(grid);
  run_all(sweep);
  write_text(sweep.folder.record({1, 0}), "torn");
  std::vector<char> bytes = bytes_of(sweep.folder.record({2, 1}));
  bytes[bytes.size() / 2] ^= 1;
  write_bytes(sweep.folder.record({2, 1}), bytes);
  write_record({"of another sweep", 3, 0, "", 0, {4711}, {}}, sweep.folder.record({3, 0}), sweep.folder.running() + "/x.part");
  const SweepStatus s = status_of(sweep);
  CHECK(s.done == 15);
  CHECK(s.left == 3);
  CHECK(s.done == gather(sweep).done);
  CHECK(s.left == gather(sweep).missing);
}
