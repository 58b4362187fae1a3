#include "report/page.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/ensemble.hpp"
#include "base/error.hpp"
#include "report/page_document.hpp"
#include "report/page_json.hpp"
#include "support/ensembles.hpp"

using namespace spillway;
using testing::MadeRun;
using Json = nlohmann::json;

namespace {
const std::string frame = R"(<script type="application/json" id="document">{"schema":"spillway-page/0"}</script>)";

PageDocument document_of_two() {
  MadeRun other;
  other.title = "What if </script> & <!-- were said?";
  other.users = [](std::size_t t, std::size_t k) { return 123456.789 * static_cast<double>(k + 1) + static_cast<double>(t); };
  other.events = {{"ban", 7.0}, {"weibo only", 8.0}};
  const Recording all = ensemble({{"history", {MadeRun{}.make()}}, {"said", {other.make()}}});
  Comparison comparison;
  comparison.baseline = "history";
  Difference d;
  d.outcome = "monthly_active_users", d.unit = "1", d.platform = "wechat", d.world = "said", d.moment = "end";
  d.baseline = 202, d.other = 246915.578, d.difference = 246713.578, d.low = NAN, d.high = NAN, d.relative = 1221.36;
  d.relative_low = NAN, d.relative_high = NAN, d.variance_ratio = NAN;
  comparison.differences = {d};
  ScenarioFacts facts;
  facts.changes = {{}, {{"a.b", "1", "2"}}};
  facts.assumptions = {{"a.b", {"1", "2"}, "d", "a length", true}};
  facts.event_texts = {{"said/weibo only", "platforms.weibo.ads.load = 0.1"}};
  return page_document(all, comparison, facts);
}
}  // namespace

TEST_CASE("the document says what the page draws", "[page]") {
  const Json json = Json::parse(page_json(document_of_two()));
  CHECK(json.at("schema") == "spillway-page/1");
  CHECK(json.at("title") == "What if </script> & <!-- were said?");
  CHECK(json.at("time").at("start") == "2010-01-01");
  CHECK(json.at("time").at("days") == Json({0, 7, 14}));
  CHECK(json.at("worlds").at(1).at("changes").at(0) == Json({{"key", "a.b"}, {"from", "1"}, {"to", "2"}}));
  CHECK(json.at("worlds").at(0).at("replicates") == 1);
  CHECK(json.at("platforms").at(0) == Json({{"id", "weibo"}, {"label", "Weibo"}}));
  CHECK(json.at("assumptions").at(0).at("values") == Json({"1", "2"}));
  CHECK(json.at("footer").at("users") == "1,000");
  const Json& chart = json.at("sections").at(0).at("charts").at(0);
  CHECK(chart.at("kind") == "lines");
  const Json& line = chart.at("lines").at(3);
  CHECK(line.at("mid").at(0) == 246910);  // 246913.578 with five digits
  CHECK(line.at("part").is_null());
  CHECK_FALSE(line.contains("low"));
}

TEST_CASE("events of several worlds are one, others say what they set", "[page]") {
  const Json events = Json::parse(page_json(document_of_two())).at("events");
  REQUIRE(events.size() == 2);
  CHECK(events.at(0).at("worlds") == Json({0, 1}));
  CHECK(events.at(1).at("worlds") == Json::array({1}));
  CHECK(events.at(1).at("label") == "Weibo only");
  CHECK(events.at(1).at("text") == "platforms.weibo.ads.load = 0.1");
  CHECK(events.at(1).at("day") == 8);
}

TEST_CASE("differences have the world's index, and null where nothing is known", "[page]") {
  const Json row = Json::parse(page_json(document_of_two())).at("differences").at(0);
  CHECK(row.at("outcome") == "monthly active users");
  CHECK(row.at("moment") == "at the end");
  CHECK(row.at("world") == 1);
  CHECK(row.at("low").is_null());
  CHECK(row.at("other") == 246920);
  CHECK(row.at("relative") == 1221.4);
}

TEST_CASE("numbers have five digits and no needless characters", "[page]") {
  PageDocument document;
  document.days = {0.1 + 0.2, 1234567.0, 1.0 / 3.0, 7.0, 1e-9 / 3.0, -0.5, INFINITY};
  CHECK(page_json(document).find(R"("days":[0.3,1234600,0.33333,7,3.3333e-10,-0.5,null])") != std::string::npos);
}

TEST_CASE("texts cannot leave the script element", "[page]") {
  const std::string text = page(document_of_two(), "<html>" + frame + "</html>");
  CHECK(text.find("</script>") == text.rfind("</script>"));
  CHECK(text.find("<!--") == std::string::npos);
  const std::size_t from = text.find('{'), to = text.find("</script>");
  CHECK(Json::parse(text.substr(from, to - from)).at("title") == "What if </script> & <!-- were said?");
  CHECK(is_page(text));
  CHECK_FALSE(is_page("<html>somebody's work</html>"));
  CHECK_THROWS_AS(page(document_of_two(), "<html></html>"), Bug);
}
