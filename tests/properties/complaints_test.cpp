// D9: complaints are heard or ignored, none gets lost, and their number never falls. Who complained is read off the irritation that an
// answer leaves behind.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "support/busy_market.hpp"
#include "support/recordings.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

namespace {
constexpr double remedy = 0.75, insult = 0.09;

struct Answers {
  std::int64_t heard = 0, ignored = 0, quiet = 0;
};

// Without an answer irritation is a moving average of its target. Float steps of it are below 1e-6.
Answers answers_in(const std::vector<double>& before, const PanelRows& row, const PlatformTick& now, double relax, std::size_t k,
                   std::size_t platforms) {
  Answers answers;
  for (std::size_t user = 0; user < before.size(); ++user) {
    if (row.status[user * platforms + k] != 1) continue;  // as at the tick's start: outsiders do not complain
    const double calm = before[user] + relax * (static_cast<double>(now.ad_stock_target) - before[user]);
    const double is = static_cast<double>(row.irritation[user * platforms + k]);
    const auto near = [&](double value) { return std::abs(is - value) < 1e-6; };
    REQUIRE((near(calm) || near(calm * (1.0 - remedy)) || near(calm + insult)));
    answers.ignored += near(calm + insult) ? 1 : 0;
    answers.heard += !near(calm) && near(calm * (1.0 - remedy)) ? 1 : 0;
    answers.quiet += near(calm) ? 1 : 0;
  }
  return answers;
}

Scenario loud(std::uint32_t users) {
  Scenario s = whole_market(users, true);
  s.numerics.stocks = StockType::f32;
  s.voice.remedy = remedy;
  s.voice.insult = insult;
  s.voice.complaint_rate = 1.0;
  for (auto& [name, platform] : s.platforms) platform.utility_shock = -0.2;  // the chat has few ads to complain about
  s.platforms[2].second.listening = 0.5;
  return s;
}
}  // namespace

TEST_CASE("D9: each complaint is heard or ignored") {
  Scenario s = loud(2001);
  Run run(s);
  const PanelUsers all = everybody(*run.world);
  std::vector<std::vector<double>> before;
  for (int k = 0; k < 3; ++k) before.push_back(values_of(*run.world, UserField::irritation, k));
  std::int64_t cumulated[3] = {}, heard = 0, ignored = 0;
  for (int tick = 0; tick < 52; ++tick) {
    PanelRows row;
    row.begin_row(all);
    const Tally tally = run.engine.tick({false, &all, &row});
    for (std::size_t k = 0; k < 3; ++k) {
      const PlatformTick& now = run.world->view.platform[k];
      if (!now.live) continue;
      const Answers seen = answers_in(before[k], row, now, static_cast<double>(run.world->view.now.relax_irritation), k, 3);
      const std::int64_t told_heard = tally.total(Count::complaints_heard, k), told_ignored = tally.total(Count::complaints_ignored, k);
      INFO("tick " << tick << ", platform " << k);
      REQUIRE(seen.ignored == told_ignored);
      REQUIRE(seen.heard <= told_heard);
      if (now.ad_stock_target > 1e-3F) REQUIRE(seen.heard == told_heard);  // else irritation may be 0, which being heard does not change
      REQUIRE(run.world->platforms[k].complaints == told_heard + told_ignored);
      REQUIRE(cumulated[k] + run.world->platforms[k].complaints >= cumulated[k]);
      cumulated[k] += run.world->platforms[k].complaints;
      heard += told_heard, ignored += told_ignored;
      before[k] = values_of(*run.world, UserField::irritation, static_cast<int>(k));
    }
  }
  CHECK(std::min(heard, ignored) > 1000);
}

// Each complaint is heard by a draw of its own: binomial.
TEST_CASE("D9: the share heard is the platform's listening") {
  Run run(loud(4000));
  double heard[3] = {}, all[3] = {};
  for (int tick = 0; tick < 52; ++tick) {
    const Tally& tally = run.tick();
    for (std::size_t k = 0; k < 3; ++k) {
      heard[k] += static_cast<double>(tally.total(Count::complaints_heard, k));
      all[k] += static_cast<double>(tally.total(Count::complaints_heard, k) + tally.total(Count::complaints_ignored, k));
    }
  }
  const double listening[] = {0.3, 0.7, 0.5};
  for (std::size_t k = 0; k < 3; ++k) {
    INFO("platform " << k << ": " << heard[k] << " of " << all[k]);
    REQUIRE(all[k] > 1000.0);
    CHECK(std::abs(heard[k] / all[k] - listening[k]) < 4.0 * std::sqrt(listening[k] * (1.0 - listening[k]) / all[k]));
  }
}

TEST_CASE("D9: recorded complaints are those that were counted, and never negative") {
  Scenario s = loud(1000);
  s.record.every = 28.0;
  RecordedRun run(s);
  double counted = 0.0;
  for (int tick = 0; tick < 52; ++tick) {
    run.tick();
    for (std::size_t k = 0; k < 3; ++k)
      if (run.run.world->view.platform[k].live) counted += static_cast<double>(run.run.world->platforms[k].complaints);
  }
  double recorded = 0.0;
  for (const double part : numbers(run.recording(), "complaints")) {
    CHECK(part >= 0.0);
    recorded += part;
  }
  CHECK(recorded == Approx(counted * run.run.world->people_per_agent).epsilon(1e-12));
}

}  // namespace spillway::testing
