#include "report/sweep_words.hpp"

#include <catch2/catch.hpp>

#include "support/sample_sweeps.hpp"

using namespace spillway;
using namespace spillway::testing;

namespace {
SweepWords words() { return SweepWords(sampled_market(DesignKind::morris).make()); }
}  // namespace

TEST_CASE("factors are called by what their keys say", "[sweep]") {
  const SweepWords w = words();
  CHECK(w.factor("platforms.weibo.ads.load") == "Weibo’s ads load");
  CHECK(w.factor("interventions.weibo_bans_wechat.on") == "date of “Weibo bans WeChat”");
  CHECK(w.factor("interventions.weibo_feed_ads.set.platforms.weibo.ads.load") == "Weibo’s ads load in “Weibo feed ads”");
  CHECK(w.factor("habit.memory") == "habit memory");
  CHECK(w.factor("ban_strictness") == "ban strictness");
  CHECK(w.factor("weiboish") == "weiboish");
}

TEST_CASE("outcomes are told in words, or by the study's own name", "[sweep]") {
  const SweepWords w = words();
  const auto told = [&](const std::string& text) { return w.outcome(text, text); };
  CHECK(told("monthly_active_users.wechat@end") == "WeChat’s monthly active users at the end");
  CHECK(told("monthly_active_users.wechat.share@2013-12-31") == "WeChat’s share of monthly active users on 31 December 2013");
  CHECK(told("attention_share.weibo.mean") == "Weibo’s attention share on average");
  CHECK(told("joins.wechat.drag.sum") == "WeChat’s joins (drag) added up");
  CHECK(told("members.wechat.first_above(1.5e8)") == "the day on which WeChat’s members first exceed 150 million");
  CHECK(told("ad_load.weibo.first_below(0.25)") == "the day on which Weibo’s ad load first fall below 0.25");
  CHECK(told("mean_habit@end") == "mean habit at the end");
  CHECK(w.outcome("wechat_wins", "members.wechat@end") == "WeChat wins");
}

TEST_CASE("values of factors are dates, words or short numbers", "[sweep]") {
  SweepFactor factor;
  CHECK(factor_value_text(factor, 0.30000000000000004) == "0.3");
  CHECK(factor_value_text(factor, 1.25e6) == "1.2 million");
  factor.dates = true;
  CHECK(factor_value_text(factor, day(2014, 11, 26)) == "26 Nov 2014");
  factor.dates = false, factor.words = {"matchings", "small_world"};
  CHECK(factor_value_text(factor, 1) == "small world");
  CHECK(factor_value_text(factor, 7) == "unknown");
}

TEST_CASE("small counts and units are words", "[sweep]") {
  CHECK(count_word(8) == "eight");
  CHECK(count_word(13) == "13");
  CHECK(plain_unit("1").empty());
  CHECK(plain_unit("min/d") == "minutes a day");
  CHECK(plain_unit("utils") == "utils");
}
