#include "report/answer.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "analysis/ensemble.hpp"
#include "support/ensembles.hpp"

using namespace spillway;
using testing::MadeRun;

namespace {
Recording worlds(const std::vector<std::string>& titles) {
  std::vector<Runs> all;
  for (std::size_t w = 0; w < titles.size(); ++w) {
    MadeRun made;
    made.title = titles[w];
    made.start = "2016-12-11";  // the last row starts on 25 December
    all.push_back({"world_" + std::to_string(w), {made.make()}});
  }
  return ensemble(all);
}

Difference difference(const std::string& outcome, const std::string& platform, Verdict verdict, double relative, double half,
                      const std::string& world = "world_1", const std::string& moment = "end") {
  Difference d;
  d.outcome = outcome, d.platform = platform, d.world = world, d.moment = moment, d.verdict = verdict;
  d.relative = relative, d.relative_low = relative - half, d.relative_high = relative + half;
  return d;
}

Comparison comparison(std::vector<Difference> differences) {
  Comparison c;
  c.baseline = "world_0";
  c.replicates = 8;
  c.differences = std::move(differences);
  return c;
}

const Recording pair = worlds({"As it was", "What if Weibo had never banned the promotion of WeChat?"});
constexpr auto differs = Verdict::differs, noise = Verdict::within_noise, same = Verdict::identical;
}  // namespace

TEST_CASE("the answer is the platform whose users differ most", "[answer]") {
  const Answer answer =
      answer_of(pair, comparison({difference("monthly_active_users", "weibo", differs, -0.01, 0.002),
                                  difference("monthly_active_users", "wechat", differs, 0.03, 0.02),
                                  difference("platform_revenue", "wechat", differs, 0.5, 0.1),
                                  difference("monthly_active_users", "wechat", differs, 0.2, 0.02, "world_1", "average")}));
  CHECK(answer.question == "What if Weibo had never banned the promotion of WeChat?");
  CHECK(answer.sentence == "WeChat would have had 3 % [1, 5] more monthly users at the end of 2016.");
  REQUIRE(answer.details.size() == 1);
  CHECK(answer.details[0].find("Each world was run 8 times") == 0);
}

TEST_CASE("fewer users are told with the interval turned round", "[answer]") {
  const Answer answer = answer_of(pair, comparison({difference("monthly_active_users", "weibo", differs, -0.04, 0.02)}));
  CHECK(answer.sentence == "Weibo would have had 4 % [2, 6] fewer monthly users at the end of 2016.");
}

TEST_CASE("noise is called noise: hardly a change where the interval is narrow, luck where it is wide", "[answer]") {
  CHECK(answer_of(pair, comparison({difference("monthly_active_users", "weibo", noise, 0.002, 0.011),
                                    difference("monthly_active_users", "wechat", same, 0, 0)}))
            .sentence == "Monthly users would hardly have changed (Weibo’s at the end of 2016: +0 % [-1, 1], within noise).");
  CHECK(answer_of(pair, comparison({difference("monthly_active_users", "weibo", noise, 0.002, 0.001),
                                    difference("monthly_active_users", "wechat", noise, -0.001, 0.04)}))
            .sentence ==
        "Whether monthly users would have changed cannot be told from luck (WeChat’s at the end of 2016: 0 % [-4, 4], within noise).");
}

TEST_CASE("the sentence rests on main outcomes, not on the largest of all", "[answer]") {
  const Difference revenue = difference("platform_revenue", "weibo", differs, 0.25, 0.05);
  const Difference users = difference("monthly_active_users", "weibo", noise, 0.002, 0.02);
  const std::string about_users =
      "Whether monthly users would have changed cannot be told from luck (Weibo’s at the end of 2016: +0 % [-2, 2], within noise)";
  CHECK(answer_of(pair, comparison({users, revenue})).sentence == about_users + ".");
  CHECK(answer_of(pair, comparison({users, revenue, difference("minutes_total", "weibo", differs, -0.05, 0.01)})).sentence ==
        about_users + "; people would have spent 5 % [4, 6] less time on Weibo.");
  CHECK(answer_of(pair, comparison({difference("monthly_active_users", "weibo", same, 0, 0), revenue})).sentence ==
        "Monthly users would have been the same.");
  CHECK(answer_of(pair, comparison({revenue})).sentence == "Monthly users were not recorded.");
}

TEST_CASE("the sentence names the day up to which worlds are compared", "[answer]") {
  Comparison c = comparison({difference("monthly_active_users", "weibo", differs, 0.02, 0.01)});
  Parting parting;
  parting.world = "world_1", parting.day = 0, parting.last_day = 7;  // the other world has no later rows
  c.partings = {parting};
  CHECK(answer_of(pair, c).sentence == "Weibo would have had 2 % [1, 3] more monthly users on 18 December 2016.");
}

TEST_CASE("runs without shared luck are not called pairs", "[answer]") {
  Comparison c = comparison({difference("monthly_active_users", "weibo", differs, 0.02, 0.01)});
  c.same_luck = false;
  CHECK(answer_of(pair, c).details.back().find(
            "Each world was run 8 times with other luck. The worlds have different seeds or numbers of users, so runs are not pairs. In "
            "brackets: 95 %") == 0);
}

TEST_CASE("runs that stopped early and a rule that was not reached are told", "[answer]") {
  MadeRun made;
  Recording stopped = made.make();
  for (auto& [name, value] : stopped.attributes) {
    if (name == "status") value = "stopped";
    if (name == "stop_reason") value = "Ctrl-C on 2010-01-15";
  }
  CHECK(answer_of(ensemble({{"history", {stopped}}})).details == std::vector<std::string>{"Stopped early: Ctrl-C on 2010-01-15."});
  Recording both = ensemble({{"world_0", {made.make()}}, {"world_1", {stopped}}});
  both.attributes.emplace_back("stopping_rule", "replicates were added until sure: NOT reached, 3 % with 64");
  const Answer answer = answer_of(both, comparison({difference("monthly_active_users", "weibo", differs, 0.02, 0.01)}));
  REQUIRE(answer.details.size() == 3);
  CHECK(answer.details[0] == "Stopped early: Ctrl-C on 2010-01-15 (1 of 2 runs).");
  CHECK(answer.details[1] == "Replicates were added until sure: NOT reached, 3 % with 64.");
  Recording reached = pair;
  reached.attributes.emplace_back("stopping_rule", "8 replicates as asked for");
  CHECK(answer_of(reached, comparison({difference("monthly_active_users", "weibo", differs, 0.02, 0.01)})).details.size() == 1);
}

TEST_CASE("identical worlds are identical", "[answer]") {
  const Answer answer = answer_of(pair, comparison({difference("monthly_active_users", "weibo", same, 0, 0)}));
  CHECK(answer.sentence == "The two worlds are identical.");
  const Recording three = worlds({"A", "B?", "C?"});
  CHECK(answer_of(three, comparison({difference("members", "weibo", same, 0, 0), difference("members", "weibo", same, 0, 0, "world_2")}))
            .sentence == "The 3 worlds are identical.");
}

TEST_CASE("with several worlds each sentence says of which", "[answer]") {
  const Recording three = worlds({"As it was", "What if A?", "No ads"});
  const Answer answer = answer_of(three, comparison({difference("monthly_active_users", "weibo", differs, 0.02, 0.015),
                                                     difference("monthly_active_users", "weibo", differs, 0.05, 0.015, "world_2"),
                                                     difference("monthly_active_users", "wechat", noise, 0.05, 0.06, "world_2")}));
  CHECK(answer.question == "What if A? No ads");
  CHECK(answer.sentence == "“No ads”: Weibo would have had 5 % [4, 6] more monthly users at the end of 2016.");
  CHECK(answer.details[0] == "What if A? Weibo would have had 2 % [1, 4] more monthly users at the end of 2016.");
}

TEST_CASE("a single pair of runs admits that it cannot tell luck apart", "[answer]") {
  Comparison one = comparison({difference("monthly_active_users", "weibo", Verdict::unknown, 0.02, NAN)});
  one.replicates = 1;
  CHECK(answer_of(pair, one).sentence ==
        "Weibo would have had 2.0 % more monthly users at the end of 2016; one run of each world cannot tell that from luck.");
}

TEST_CASE("the day on which worlds part, and over what", "[answer]") {
  Comparison c = comparison({difference("monthly_active_users", "weibo", differs, 0.02, 0.01)});
  Parting parting;
  parting.world = "world_1", parting.day = 7, parting.policy = "platforms.weibo.ban.strictness 0 instead of 0.8";
  parting.column = "follows.weibo", parting.observable = "joins, account_flow";
  c.partings = {parting};
  CHECK(answer_of(pair, c).details[0] ==
        "“world 0” and “world 1” part in the week from 18 December 2016: platforms.weibo.ban.strictness 0 instead of 0.8. First to move: "
        "joins, account flow.");
}

TEST_CASE("a platform that only the other world has is told of", "[answer]") {
  MadeRun before, after;
  after.platforms = {"weibo", "wechat", "laiwang"};
  const Recording all = ensemble({{"history", {before.make()}}, {"third_entrant", {after.make()}}});
  Comparison c = comparison({difference("monthly_active_users", "weibo", Verdict::unknown, 0.02, NAN, "third_entrant")});
  CHECK(answer_of(all, c).details[0] == "In “third entrant” Laiwang would have had 302 monthly users on 15 January 2010.");
}

TEST_CASE("a platform of a first world that only ended earlier is no newcomer", "[answer]") {
  MadeRun before, after;
  before.days = {0, 7};
  after.platforms = {"weibo", "wechat", "laiwang"};
  const Recording all = ensemble({{"history", {before.make()}}, {"third_entrant", {after.make()}}});
  Comparison c = comparison({difference("monthly_active_users", "weibo", Verdict::unknown, 0.02, NAN, "third_entrant")});
  Parting parting;
  parting.world = "third_entrant", parting.last_day = 7;
  c.partings = {parting};
  const Answer answer = answer_of(all, c);
  CHECK(answer.sentence.find("more monthly users on 8 January 2010;") != std::string::npos);
  CHECK(answer.details[0] == "In “third entrant” Laiwang would have had 301 monthly users on 8 January 2010.");
  CHECK(answer.details[1].find("In “third entrant”") == std::string::npos);
}

TEST_CASE("a single run tells who has how many, and who passed whom", "[answer]") {
  MadeRun made;
  made.title = "Weibo and WeChat";
  made.days.clear();
  for (int month = 0; month < 12; ++month) made.days.push_back(30.0 * month);
  made.users = [](std::size_t t, std::size_t k) { return k == 0 ? 460e6 : t < 9 ? 50e6 * static_cast<double>(t) : 590e6; };
  CHECK(answer_of(ensemble({{"history", {made.make()}}})).sentence ==
        "On 27 November 2010 WeChat has 590 million monthly users, Weibo 460 million; WeChat passed Weibo in September 2010.");
}
