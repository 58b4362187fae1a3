#include "report/sweep_answer.hpp"

#include <catch2/catch.hpp>

#include "support/made_sensitivity.hpp"
#include "support/sample_sweeps.hpp"

using namespace spillway;
using namespace spillway::testing;

namespace {
const std::vector<std::string> three{"platforms.weibo.ads.load", "interventions.weibo_bans_wechat.on", "habit.memory"};

std::string sentence(const Sensitivity& sensitivity) {
  return sweep_answer(sweep_table(sampled_market(DesignKind::morris).make()), &sensitivity).sentence;
}
}  // namespace

TEST_CASE("Sobol's indices are told as shares of the variance", "[sweep]") {
  CHECK(sentence(made_sensitivity(SensitivityMethod::sobol, three, {0.62, 0.2, 0.1}, 0.05, 2)) ==
        "Of six levers and two uncertainties, Weibo’s ads load moves WeChat’s monthly active users at the end most: it explains 56 % [51, "
        "61] of "
        "the variance alone, 62 % [57, 67] together with others.");
  CHECK(sentence(made_sensitivity(SensitivityMethod::sobol, three, {0.1, 0.05, 0.001}, 0.005, 2)) ==
        "Of six levers and two uncertainties, Weibo’s ads load moves WeChat’s monthly active users at the end most: it explains 9.0 % "
        "[8.5, 9.5] of "
        "the variance.");
}

TEST_CASE("Morris's effects are told in the outcome's unit", "[sweep]") {
  CHECK(sentence(made_sensitivity(SensitivityMethod::morris, three, {3.2e7, 1e7, 1e6}, 2e6, 2)) ==
        "Of six levers and two uncertainties, Weibo’s ads load moves WeChat’s monthly active users at the end most: by 32 [30, 34] million "
        "people on "
        "average, from one end of its range to the other.");
}

TEST_CASE("factors that cannot be told apart are named together", "[sweep]") {
  CHECK(sentence(made_sensitivity(SensitivityMethod::prcc, three, {-0.8, 0.75, 0.1}, 0.05, 2)) ==
        "Of six levers and two uncertainties, Weibo’s ads load and date of “Weibo bans WeChat” move WeChat’s monthly active users at the "
        "end most, "
        "too close to tell which more: the first lowers it (partial rank correlation -0.80 [-0.85, -0.75]), the second raises it (partial "
        "rank "
        "correlation 0.75 [0.70, 0.80]).");
}

TEST_CASE("where an uncertainty comes first, the best lever is told too", "[sweep]") {
  const std::string told = sentence(made_sensitivity(
      SensitivityMethod::morris, {"habit.memory", "cross_promotion.drag_rate", "marketplace.commission"}, {1e7, 5e6, 1e6}, 1e5, 0));
  CHECK(told.find("habit memory moves") != std::string::npos);
  CHECK(told.find("of the levers") == std::string::npos);
  Sensitivity mixed = made_sensitivity(SensitivityMethod::morris, {"habit.memory", "marketplace.commission"}, {1e7, 5e6}, 1e5, 0);
  mixed.outcomes[0].factors[1].lever = true;
  CHECK(
      sentence(mixed).ends_with("most: by 10 [9.9, 10.1] million people on average, from one end of its range to the other; of the levers, "
                                "marketplace commission by 5 [4.9, "
                                "5.1] million people."));
}

TEST_CASE("nothing moves an outcome that does not vary", "[sweep]") {
  CHECK(sentence(made_sensitivity(SensitivityMethod::morris, three, {0, 0, 0}, 0, 2)) ==
        "None of the factors moves WeChat’s monthly active users at the end.");
}

TEST_CASE("grids are told by means along the factor that matters most, and by their extremes", "[sweep]") {
  const SweepAnswer answer = sweep_answer(sweep_table(gridded_market().make()), nullptr);
  CHECK(answer.sentence ==
        "Of two levers and one uncertainty, ad load moves WeChat’s monthly active users at the end most: from 578 million people (at 0) to "
        "604 million "
        "people (at 0.3), on average over the others.");
  REQUIRE(answer.details.size() == 3);
  CHECK(answer.details[0] ==
        "WeChat’s monthly active users at the end: highest, 611 million people, with ad load 0.3, date of “Weibo bans WeChat” 26 Nov 2014, "
        "network kind "
        "complete; lowest, 571 million people, with ad load 0, date of “Weibo bans WeChat” 1 Jan 2012, network kind matchings.");
  CHECK(answer.details[1].starts_with("Ad load moves Weibo gain most: from -4.8 million yuan (at 0.3) to "));
}

TEST_CASE("with too few sampled points only the range is told", "[sweep]") {
  CHECK(sweep_answer(sweep_table(sampled_market(DesignKind::morris).make()), nullptr).sentence.find("moves") !=
        std::string::npos);  // Morris has levels
  const std::string told = sweep_answer(sweep_table(sampled_market(DesignKind::latin_hypercube).make()), nullptr).sentence;
  CHECK(told.starts_with("WeChat’s monthly active users at the end lies between "));
  CHECK(told.ends_with(" over the 400 points."));
}
