// Policies over time, and the paths that name them.
#include "model/policy.hpp"

#include <catch2/catch.hpp>

#include "support/scenarios.hpp"

namespace spillway {

using testing::day;

TEST_CASE("a policy set for good, for a while, and on a ramp") {
  Timeline line(1.0);
  CHECK(line.constant());
  line.set(10.0, never, 2.0);
  line.set(20.0, 30.0, 5.0);
  line.ramp(40.0, 50.0, 4.0);
  CHECK(!line.constant());
  CHECK(line.at(9.999) == 1.0);
  CHECK(line.at(10.0) == 2.0);
  CHECK(line.at(20.0) == 5.0);
  CHECK(line.at(29.9) == 5.0);
  CHECK(line.at(30.0) == 2.0);  // what was scheduled before comes back
  CHECK(line.at(45.0) == Approx(3.0));
  CHECK(line.at(1000.0) == 4.0);
}

TEST_CASE("a later change that begins while another acts wins") {
  Timeline line(0.0);
  line.set(0.0, 100.0, 1.0);
  line.set(50.0, never, 2.0);
  CHECK(line.at(40.0) == 1.0);
  CHECK(line.at(60.0) == 2.0);
  CHECK(line.at(200.0) == 2.0);
  Timeline ramp(0.0);
  ramp.ramp(0.0, 100.0, 1.0);
  ramp.set(50.0, 60.0, 9.0);
  CHECK(ramp.at(55.0) == 9.0);
  CHECK(ramp.at(60.0) == Approx(0.6));  // the ramp went on underneath
  Timeline second(0.0);
  second.ramp(0.0, 100.0, 1.0);
  second.ramp(50.0, 100.0, 0.0);  // starts from the first one's value
  CHECK(second.at(50.0) == Approx(0.5));
  CHECK(second.at(75.0) == Approx(0.25));
}

// The mean over a tick is the integral over dt: compared with a sum over a fine grid.
TEST_CASE("means over ticks are integrals") {
  Timeline line(1.0);
  line.set(3.0, 5.5, 4.0);
  line.ramp(8.0, 15.0, -2.0);
  line.set(12.0, 13.0, 10.0);
  for (double t = 0.0; t < 21.0; t += 3.5)
    for (const double dt : {1.0, 3.5, 7.0}) {
      double sum = 0.0;
      constexpr int parts = 7000;  // every date above falls on a grid line
      for (int i = 0; i < parts; ++i) sum += line.at(t + (i + 0.5) * dt / parts) / parts;
      INFO("[" << t << ", " << t + dt << ")");
      CHECK(line.mean(t, dt) == Approx(sum).margin(1e-9));
    }
  CHECK(Timeline(0.3).mean(5.0, 7.0) == 0.3);
  Timeline inside(1.0);  // a measure that begins and ends within one tick
  inside.set(2.0, 4.0, 8.0);
  CHECK(inside.mean(0.0, 7.0) == Approx(1.0 + 7.0 * 2.0 / 7.0));
}

TEST_CASE("policy paths are found, or a way out is given") {
  const Scenario s = testing::small_history(100);
  const PolicyLookup found = find_policy(s, "platforms.wechat.ads.load");
  CHECK(found.error.empty());
  CHECK(found.ref.platform == 1);
  CHECK(policy_rows()[found.ref.policy].name == "ads.load");
  CHECK_THAT(find_policy(s, "population.users").error, Catch::Contains("platforms.<name>.<policy>"));
  CHECK_THAT(find_policy(s, "platforms.wechta.ads.load").error, Catch::Contains("did you mean 'wechat'"));
  CHECK_THAT(find_policy(s, "platforms.weibo.ads.laod").error, Catch::Contains("did you mean 'ads.load'"));
  CHECK_THAT(find_policy(s, "platforms.weibo.launch").error, Catch::Contains("not a policy"));
  CHECK(!find_policy(s, "platforms.weibo").error.empty());
}

TEST_CASE("timelines of a scenario follow its dated changes") {
  const Scenario s = testing::small_history(100);
  const auto lines = policy_timelines(s);
  const auto line = [&](const char* path) {
    const PolicyRef ref = find_policy(s, path).ref;
    return lines[ref.platform][ref.policy];
  };
  const auto on = [&](const char* date) { return static_cast<double>(day(date).days - s.time.start.days); };
  const Timeline load = line("platforms.weibo.ads.load"), presence = line("platforms.wechat.sellers.presence");
  CHECK(load.at(on("2013-01-16")) == 0.0);
  CHECK(load.at(on("2013-01-17")) == 0.10);
  CHECK(presence.at(on("2012-08-17")) == 0.0);
  CHECK(presence.at(on("2013-08-17")) == Approx(0.15));
  CHECK(presence.at(on("2016-01-01")) == 0.3);
  CHECK(line("platforms.weibo.ads.price").constant());
}

}  // namespace spillway
