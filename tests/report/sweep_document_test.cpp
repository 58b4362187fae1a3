#include "report/sweep_document.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "report/page_json.hpp"
#include "support/made_sensitivity.hpp"
#include "support/sample_sweeps.hpp"

using namespace spillway;
using namespace spillway::testing;
using Json = nlohmann::json;

TEST_CASE("a sweep's page has factors, warnings and its design, and no worlds", "[sweep]") {
  Sensitivity sensitivity = made_sensitivity(SensitivityMethod::morris, {"platforms.weibo.ads.load", "habit.memory"}, {3e7, 1e7}, 1e6, 1);
  sensitivity.warnings = {"10 trajectories are few."};
  const PageDocument document = sweep_document(sampled_market(DesignKind::morris).make(), &sensitivity);
  CHECK(document.title == "When should Weibo advertise, and when should it ban WeChat?");
  CHECK(document.worlds.empty());
  CHECK(document.events.empty());
  CHECK(document.warnings ==
        std::vector<std::string>{"2 of 810 runs failed; means are over those that did not.", "10 trajectories are few."});
  REQUIRE(document.factors.size() == 8);
  CHECK(document.factors[0].label == "Weibo’s ads load");
  CHECK(document.factors[0].keys.empty());  // its name is its key
  CHECK(document.factors[2].keys ==
        "interventions.weibo_bans_wechat.set.platforms.weibo.ban.strictness, "
        "interventions.weibo_bans_again.set.platforms.weibo.ban.strictness");
  CHECK(document.factors[6].role == Role::uncertainty);
  CHECK(document.factors[6].unit == "days");
  CHECK(document.footer.design == "morris design, 30 trajectories, 4 levels, seed 1; 270 points of 3 replicates");
  CHECK(document.footer.seed == "20141128");
  CHECK(document.details.back() ==
        "270 points of the design were run, 3 times each with other luck; Morris’s elementary effects, in brackets 95 % bootstrap "
        "intervals.");
}

TEST_CASE("a gathering before the end says what is missing", "[sweep]") {
  Recording sweep = gridded_market().make();
  for (auto& [name, value] : sweep.attributes)
    if (name == "runs_missing") value = "1200";
  CHECK(sweep_document(sweep, nullptr).warnings.back() == "1,200 of 1,480 runs are not there yet: the sweep was gathered before its end.");
}

TEST_CASE("charts of sweeps as JSON", "[sweep]") {
  const Json grid = Json::parse(page_json(sweep_document(gridded_market().make(), nullptr)));
  CHECK(grid.at("schema") == "spillway-page/1");
  CHECK(grid.at("worlds").empty());
  const Json& heat = grid.at("sections").at(0).at("charts").at(0);
  CHECK(heat.at("kind") == "heat");
  CHECK(heat.at("axes").at(1).at("kind") == "date");
  CHECK(heat.at("axes").at(1).at("labels").at(4) == "26 Nov 2014");
  CHECK(heat.at("cells").size() == 35);
  const Json& effects = grid.at("sections").at(0).at("charts").at(3);
  CHECK(effects.at("panels").at(0).at("values").at(0).size() == 3);
  CHECK(grid.at("factors").at(2).at("role") == "uncertainty");

  const Sensitivity morris = made_sensitivity(SensitivityMethod::morris, {"platforms.weibo.ads.load"}, {3e7}, 1e6, 1);
  const Json page = Json::parse(page_json(sweep_document(sampled_market(DesignKind::morris).make(), &morris)));
  const Json& charts = page.at("sections").at(0).at("charts");
  CHECK(charts.at(0).at("rows").at(0).at("values").at(0) == Json({30000000, 29000000, 31000000}));
  CHECK(charts.at(1).at("points").at(0).at("role") == "lever");
  CHECK(charts.at(1).at("guides").at(1) == Json({{"slope", 0.5}, {"label", "sigma = mu* / 2"}}));
}
