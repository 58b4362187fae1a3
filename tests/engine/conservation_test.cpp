// The engine's own check of conservation: quiet on a sound market, loud on a falsified count.
#include "engine/conservation.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "base/error.hpp"
#include "mechanisms/phases.hpp"
#include "support/busy_market.hpp"
#include "support/runs.hpp"

namespace spillway::testing {

namespace {
struct Forgery {
  const char* named;  ///< in the Bug
  std::function<void(World&)> commit;
};

std::uint32_t first_with_follows(const World& world) {
  std::uint32_t user = 0;
  while (world.view.columns[0].follows[user] == 0) ++user;
  return user;
}
}  // namespace

TEST_CASE("conservation holds in every tick of the whole market", "[threads]") {
  Run run(whole_market(3001, true), {GENERATE(1, 3), {}}, {}, true);
  REQUIRE_NOTHROW(run.ticks(52));
}

TEST_CASE("a falsified count of people or followers is caught in the next tick") {
  const Forgery forgeries[] = {
      {"members of 'stage'", [](World& w) { ++w.platforms[0].active; }},
      {"people who ever joined of 'chat'", [](World& w) { --w.platforms[1].ever; }},
      {"people online", [](World& w) { ++w.online; }},
      {"followers of 'stage' of supplier 3", [](World& w) { ++w.suppliers.followers[3]; }},
      {"followers of 'chat' of supplier 199", [](World& w) { --w.suppliers.followers[2 * w.suppliers.count - 1]; }},
      {"followers of 'stage'", [](World& w) { w.view.columns[0].follows[first_with_follows(w)] = 0; }},
      {"members of 'chat'", [](World& w) { w.view.membership.set_status(first_with_follows(w), 1, 2); }},
  };
  for (const Forgery& forgery : forgeries) {
    Run run(whole_market(2000), {}, {}, true);
    run.ticks(30);
    forgery.commit(*run.world);
    INFO(forgery.named);
    CHECK_THROWS_WITH(run.tick(), Catch::Contains("tick 30: ") && Catch::Contains(forgery.named));
  }
}

TEST_CASE("falsified money is caught") {
  const Forgery forgeries[] = {
      {"sales of 'stage'", [](World& w) { w.suppliers.money[0].own_sales *= 1.0 + 1e-6; }},
      {"commission of 'chat'", [](World& w) { w.suppliers.money[1].commission *= 1.0 - 1e-6; }},
      {"take of 'stage'", [](World& w) { w.suppliers.money[0].take *= 2.0; }},
      {"fees of 'stage'", [](World& w) { w.suppliers.money[0].fees *= 1.01; }},
  };
  for (const Forgery& forgery : forgeries) {
    Scenario s = whole_market(2000);
    std::erase_if(s.interventions, [](const auto& i) { return i.first == "dead_links"; });  // the chat earns commission
    Run run(s, {}, {}, true);
    run.ticks(40);
    World& world = *run.world;
    decide_suppliers(world);  // money is that of the followers of now
    REQUIRE_NOTHROW(check_money(world));
    const SupplierMoney& stage = world.suppliers.money[0];
    REQUIRE((stage.take > 0.0 && stage.fees > 0.0 && world.suppliers.money[1].commission > 0.0));
    forgery.commit(world);
    INFO(forgery.named);
    CHECK_THROWS_WITH(check_money(world), Catch::Contains("tick ") && Catch::Contains(forgery.named));
  }
}

}  // namespace spillway::testing
