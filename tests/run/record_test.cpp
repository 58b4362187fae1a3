// scenarios/data/record.csv: whole rows, known grades, and nothing later than 2013.
#include <catch2/catch.hpp>
#include <set>

#include "base/date.hpp"
#include "run/record_rows.hpp"

using namespace spillway;
using namespace spillway::testing;

TEST_CASE("the record ends with 2013, and says of each figure what it counts and how sure it is") {
  const std::vector<RecordRow> rows = record_rows();
  CHECK(rows.size() > 60);
  std::set<std::string> series;
  std::string before;
  for (const RecordRow& row : rows) {
    INFO(row.series << " " << row.date);
    const auto date = parse_date(row.date);
    REQUIRE(date.has_value());
    CHECK(*date <= make_date(2013, 12, 31));
    CHECK(row.value > 0.0);
    CHECK((!row.unit.empty() && !row.definition.empty() && !row.source.empty()));
    CHECK(std::set<std::string>{"A", "A/B", "B", "C", "D"}.count(row.confidence) == 1);
    if (row.confidence == "D") CHECK(std::set<std::string>{"wechat_mau_restated", "wechat_mau_target"}.count(row.series) == 1);
    if (series.insert(row.series).second) before.clear();  // a series stands in one piece, dates rising
    CHECK(before < row.date);
    before = row.date;
  }
  for (const char* target :
       {"weibo_registered", "weibo_mau", "weibo_dau", "wechat_registered", "wechat_mau_target", "microblog_users", "weibo_ad_revenue_y"})
    CHECK(series.count(target) == 1);
}

TEST_CASE("what WeChat's targets take over from other series is the same there") {
  for (const RecordRow& row : record_rows()) {
    if (row.series != "wechat_mau_target" || row.date == "2013-12-31") continue;
    CHECK(row.value == recorded(row.date == "2012-06-30" ? "wechat_mau" : "wechat_mau_restated", row.date));
  }
}
