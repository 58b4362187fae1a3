#include "report/forecast_text.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <sstream>

#include "support/made_calibration.hpp"

using namespace spillway;
using Catch::Contains;
using spillway::testing::made_calibration;

TEST_CASE("ranges stand on one scale", "[calibration]") {
  CHECK(range_text(3.15e8, 4.01e8, "1") == "315 to 401 million");
  CHECK(range_text(6.17e7, 6.82e7, "USD") == "61.7 to 68.2 million USD");
  CHECK(range_text(0.42, 0.54, "1") == "0.42 to 0.54");
  CHECK(range_text(std::nan(""), 1, "1") == "-");
}

TEST_CASE("the forecast on the screen has a table for each quantity", "[calibration]") {
  const CalibrationResult result = made_calibration();
  const std::string text = forecast_text(result);
  CHECK_THAT(text, Contains("Weibo, advertising revenue\n  date        model            50 % interval"));
  CHECK_THAT(text,
             Contains("  2013-12-31  358 million  341 to 376 million  315 to 401 million  315 million     287 million      483 million"
                      "         355 million\n"));
  CHECK(forecast_rows(result, 3).size() == 5);
  CHECK(forecast_rows(result, 3)[1][4] == "-");
  CHECK(forecast_text(CalibrationResult{}).empty());
}

TEST_CASE("the forecast for spreadsheets reads back to the same bits", "[calibration]") {
  const CalibrationResult result = made_calibration();
  std::istringstream lines(forecast_csv(result));
  std::string line;
  std::getline(lines, line);
  CHECK(line == "quantity,title,unit,date,model_median,model_5,model_25,model_75,model_95,bass,logistic,last_growth,record");
  std::getline(lines, line);
  const std::string start = "wechat_mau,\"WeChat, monthly active accounts\",1,2013-12-31,";
  REQUIRE(line.starts_with(start));
  CHECK(std::stod(line.substr(start.size())) == result.forecast[0].model.median);
  CHECK(line.ends_with(",355000000"));
  std::size_t rows = 1;
  while (std::getline(lines, line)) ++rows;
  CHECK(rows == result.forecast.size());
  CHECK_THAT(line = forecast_csv(result), Contains(",,"));  // of the revenue two curves know nothing
}
