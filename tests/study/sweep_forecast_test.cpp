// What planning tells of a sweep's price: what its trial runs, and what it leaves alone.
#include "study/sweep_forecast.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "support/model_sweeps.hpp"

using namespace spillway;
using namespace spillway::testing;

namespace {
/// Notes each number of users that a worker was given to run.
struct Tried {
  test::TemporaryFolder folder;
  pid_t parent = ::getpid();
  StudyPlace place{[this](const Scenario& s) {
    if (::getpid() != parent) folder.write(std::to_string(s.population.users), "");
    return 1.0;
  }};

  std::set<std::string> users() const {
    const std::vector<std::string> names = folder.names();
    return {names.begin(), names.end()};
  }
};

/// Two points of so many users; two threads.
SweepForecast forecast(const Tried& tried, const std::string& users, const std::string& rest = "") {
  SweepOptions options;
  options.threads = 2;
  return forecast_sweep(tried.place.plan("uncertainties: {population.users: [" + users + "]}\ndesign: grid\n" + rest), options, true);
}
}  // namespace

TEST_CASE("sweep plan: the trial takes each point with its own users", "[sweep]") {
  const Tried tried;
  const SweepForecast f = forecast(tried, "100, 200");
  CHECK(tried.users() == std::set<std::string>{"100", "200"});
  CHECK(f.trial_runs == 2);
}

// Refused in the sweep, it would take minutes here, and the machine's memory.
TEST_CASE("sweep plan: the trial refuses what is beyond limits.memory", "[sweep]") {
  const Tried tried;
  const SweepForecast f = forecast(tried, "100, 100000000", "limits: {memory: 200 MB}\n");
  CHECK(tried.users() == std::set<std::string>{"100"});
  CHECK(f.trial_runs == 1);
  CHECK(f.bytes_per_run == 200'000'000);  // and so many fit side by side
}

// By the base's hundred users the trial would take all of them, for minutes.
TEST_CASE("sweep plan: a point of many users is tried with fewer, however small the base is", "[sweep]") {
  const Tried tried;
  forecast(tried, "100, 1000000000");
  const std::set<std::string> users = tried.users();
  REQUIRE(users.size() == 2);
  CHECK(users.contains("100"));
  CHECK_FALSE(users.contains("1000000000"));
}
