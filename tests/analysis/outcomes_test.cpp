#include "analysis/outcomes.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.hpp"
#include "support/ensembles.hpp"

using namespace spillway;
using Catch::Contains;
using testing::MadeRun;

namespace {
/// Weibo's users 100, 110, 120, 130, WeChat's unknown, then 60, 120, 180; joins 10 (k + 1) cause a week; flows 0 .. 8.
Recording run() {
  MadeRun made;
  made.days = {0, 7, 14, 21};
  made.users = [](std::size_t t, std::size_t k) {
    const auto row = static_cast<double>(t);
    return k == 0 ? 100 + 10 * row : (t == 0 ? std::nan("") : 60 * row);
  };
  return made.make();
}

Outcome outcome(std::string observable, std::vector<std::string> labels, Statistic statistic = Statistic::at) {
  Outcome o;
  o.text = observable;
  for (const std::string& label : labels) o.text += "." + label;
  o.name = o.text;
  o.observable = std::move(observable);
  o.labels = std::move(labels);
  o.statistic = statistic;
  return o;
}

double value(const Outcome& o) { return outcome_value(run(), o); }

double on(Outcome o, const char* day) {
  o.date = parse_date(day);
  return value(o);
}

double level(Outcome o, double x) {
  o.level = x;
  return value(o);
}

const char* const users = "monthly_active_users";
constexpr double weeks = 365.25 / 7;
}  // namespace

TEST_CASE("what stands at a moment: at, mean, max, min", "[outcomes]") {
  CHECK(value(outcome(users, {"wechat"})) == 180);
  CHECK(on(outcome(users, {"wechat"}), "2010-01-08") == 60);
  CHECK(on(outcome(users, {"wechat"}), "2010-01-14") == 60);
  CHECK(on(outcome(users, {"wechat"}), "2010-01-15") == 120);
  CHECK(on(outcome(users, {"weibo"}), "2010-01-01") == 100);
  CHECK(on(outcome(users, {"weibo"}), "2010-01-29") == 130);  // the end of the last interval
  CHECK(value(outcome(users, {"weibo"}, Statistic::mean)) == 115);
  CHECK(value(outcome(users, {"wechat"}, Statistic::mean)) == 120);  // of the rows since its launch
  CHECK(value(outcome(users, {"wechat"}, Statistic::max)) == 180);
  CHECK(value(outcome(users, {"wechat"}, Statistic::min)) == 60);
}

TEST_CASE("an outcome is NaN where the run says nothing", "[outcomes]") {
  CHECK(std::isnan(on(outcome(users, {"wechat"}), "2010-01-01")));  // not launched yet
  CHECK(std::isnan(on(outcome(users, {"weibo"}), "2009-12-31")));
  CHECK(std::isnan(on(outcome(users, {"weibo"}), "2010-01-30")));
  CHECK(std::isnan(level(outcome(users, {"wechat"}, Statistic::first_above), 181)));
}

TEST_CASE("the day on which a level is reached, between rows in proportion", "[outcomes]") {
  CHECK(level(outcome(users, {"wechat"}, Statistic::first_above), 90) == 10.5);
  CHECK(level(outcome(users, {"wechat"}, Statistic::first_above), 120) == 14);
  CHECK(level(outcome(users, {"wechat"}, Statistic::first_above), 10) == 7);  // from its first known row on
  CHECK(level(outcome(users, {"weibo"}, Statistic::first_above), 50) == 0);
  CHECK(level(outcome(users, {"weibo"}, Statistic::first_below), 100) == 0);
  CHECK(std::isnan(level(outcome(users, {"weibo"}, Statistic::first_below), 99)));
}

TEST_CASE("shares of all platforms, over those that are known", "[outcomes]") {
  Outcome share = outcome(users, {"wechat"});
  share.share = true;
  CHECK(value(share) == Approx(180.0 / 310));
  CHECK(std::isnan(on(share, "2010-01-01")));
  share.statistic = Statistic::mean;
  CHECK(value(share) == Approx((60.0 / 170 + 120.0 / 240 + 180.0 / 310) / 3));
  share.statistic = Statistic::first_above;
  CHECK(level(share, 0.5) == Approx(14));
  Outcome weibo = outcome(users, {"weibo"});
  weibo.share = true;
  CHECK(on(weibo, "2010-01-01") == 1);
}

TEST_CASE("what is counted in intervals is a yearly rate, its sum the run's", "[outcomes]") {
  CHECK(value(outcome("joins", {"wechat", "peer"}, Statistic::sum)) == 4 * 40);
  CHECK(value(outcome("joins", {"wechat"}, Statistic::sum)) == 4 * 120);  // over causes
  CHECK(value(outcome("joins", {"wechat", "peer"})) == Approx(40 * weeks));
  CHECK(value(outcome("joins", {"weibo"}, Statistic::mean)) == Approx(60 * weeks));
  CHECK(value(outcome("joins", {"weibo", "drag"}, Statistic::max)) == Approx(30 * weeks));
  CHECK(level(outcome("joins", {"weibo"}, Statistic::first_above), 60 * weeks - 1) == 0);
  CHECK(value(outcome("account_flow", {"weibo", "wechat"}, Statistic::sum)) == 4 * 5);
  CHECK(value(outcome("account_flow", {"wechat"}, Statistic::sum)) == 4 * (6 + 7 + 8));  // to anywhere
  CHECK(value(outcome("account_flow", {}, Statistic::sum)) == 4 * 36);
  Outcome share = outcome("joins", {"wechat", "drag"}, Statistic::mean);
  share.share = true;
  CHECK(value(share) == Approx(2.0 / 3));
}

TEST_CASE("of a long run the last year counts, up to the day", "[outcomes]") {
  MadeRun made;
  made.days.clear();
  for (int week = 0; week < 120; ++week) made.days.push_back(7 * week);
  Recording long_run = made.make();
  std::vector<double> joins;
  for (int week = 0; week < 120; ++week)
    for (int cell = 0; cell < 6; ++cell) joins.push_back(week >= 100 ? 6 : 1);
  for (Variable& variable : long_run.variables)
    if (variable.name == "joins") variable.values = joins;
  Outcome o = outcome("joins", {"weibo", "peer"});
  CHECK(outcome_value(long_run, o) == Approx((20 * 6 + 32) * weeks / 52));  // 52 whole weeks
  o.date = parse_date("2011-12-06");                                        // row 100: 2010-01-01 and 704 days lie in week 100
  CHECK(outcome_value(long_run, o) == Approx((6 + 51) * weeks / 52));
}

TEST_CASE("words that no run has are refused, naming those that it has", "[outcomes]") {
  CHECK_THROWS_WITH(value(outcome("monthly_active_user", {"weibo"})), Contains("outcome 'monthly_active_user.weibo'") &&
                                                                          Contains("did you mean 'monthly_active_users'?") &&
                                                                          Contains("joins"));
  CHECK_THROWS_WITH(value(outcome("state_hash", {})), Contains("no series 'state_hash'"));
  CHECK_THROWS_WITH(value(outcome(users, {"webo"})), Contains("did you mean 'weibo'?") && Contains("platform (weibo, wechat)"));
  CHECK_THROWS_WITH(value(outcome(users, {})), Contains("name the platform, as in 'monthly_active_users.weibo'"));
  CHECK_THROWS_WITH(value(outcome("joins", {"peer"})), Contains("name the platform"));
  CHECK_THROWS_WITH(value(outcome("joins", {"peer", "weibo"})),
                    Contains("'weibo' cannot stand there; after 'joins' may come platform (weibo, wechat), then join_cause"));
  CHECK_THROWS_WITH(value(outcome(users, {"weibo"}, Statistic::sum)), Contains("does not add up over time"));
  Outcome share = outcome("account_flow", {"weibo"});
  share.share = true;
  CHECK_THROWS_WITH(value(share), Contains("has none"));
  Recording averages = run();
  for (Variable& variable : averages.variables)
    if (variable.name == users) variable.attributes = {{"cell_methods", "time: point user: mean"}};
  share = outcome(users, {"weibo"});
  share.share = true;
  CHECK_THROWS_WITH(outcome_value(averages, share), Contains("is an average"));
}

TEST_CASE("one platform needs no name", "[outcomes]") {
  MadeRun made;
  made.platforms = {"weibo"};
  CHECK(outcome_value(made.make(), outcome(users, {})) == 102);
  CHECK(outcome_value(made.make(), outcome(users, {"weibo"})) == 102);
}

TEST_CASE("an outcome's unit and words", "[outcomes]") {
  const Recording r = run();
  Outcome o = outcome(users, {"wechat"});
  CHECK(outcome_unit(r, o) == "1");
  CHECK(outcome_long_name(r, o) == "monthly_active_users, wechat, at the end");
  o.date = parse_date("2010-01-08");
  CHECK(outcome_long_name(r, o) == "monthly_active_users, wechat, on 2010-01-08");
  o.statistic = Statistic::first_above;
  o.level = 1e8;
  CHECK(outcome_unit(r, o) == "d");
  CHECK(outcome_long_name(r, o) == "monthly_active_users, wechat, days until it is first at or above 100000000");
  Outcome joins = outcome("joins", {"wechat", "peer"});
  CHECK(outcome_unit(r, joins) == "1/yr");
  CHECK(outcome_long_name(r, joins) == "joins, wechat, peer, in the year up to the end");
  joins.statistic = Statistic::sum;
  CHECK(outcome_unit(r, joins) == "1");
  joins.statistic = Statistic::mean;
  joins.share = true;
  CHECK(outcome_unit(r, joins) == "1");
  CHECK(outcome_long_name(r, joins) == "joins, wechat, peer, share of all platforms, mean over the run");
}
