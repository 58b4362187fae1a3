#include "report/words.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace spillway;

TEST_CASE("numbers are said with two or three digits", "[report]") {
  CHECK(human_number(0) == "0");
  CHECK(human_number(853.4) == "853");
  CHECK(human_number(9'400) == "9400");
  CHECK(human_number(12'345) == "12 thousand");
  CHECK(human_number(1'040'000) == "1 million");
  CHECK(human_number(5'260'000) == "5.3 million");
  CHECK(human_number(588'123'456) == "588 million");
  CHECK(human_number(1.26e9) == "1.3 billion");
  CHECK(human_number(std::nan("")) == "unknown");
}

TEST_CASE("an axis has the decimals of its step", "[report]") {
  CHECK(plain_number(10, 5) == "10");
  CHECK(plain_number(0.25, 0.25) == "0.25");
  CHECK(plain_number(-2.5, 2.5) == "-2.5");
  CHECK(plain_number(-0.0, 5) == "0");
  CHECK(scale_for(6e8).word == "million");
  CHECK(scale_for(6e8).factor == 1e6);
  CHECK(scale_for(900).word.empty());
}

TEST_CASE("a percentage has the decimals that its interval deserves", "[report]") {
  CHECK(percent_with_interval(0.0312, 0.0108, 0.0514) == "3 % [1, 5]");
  CHECK(percent_with_interval(0.0263, 0.0241, 0.0284) == "2.6 % [2.4, 2.8]");
  CHECK(percent_with_interval(0.00312, 0.00308, 0.00316) == "0.31 % [0.31, 0.32]");
  CHECK(percent_with_interval(-0.0004, -0.012, 0.0112) == "0 % [-1, 1]");
  CHECK(percent_with_interval(0.2, NAN, NAN) == "20 %");
}

TEST_CASE("days and names in words", "[report]") {
  const Date day = make_date(2014, 11, 26);
  CHECK(month_of(day) == "November 2014");
  CHECK(day_of(day) == "26 November 2014");
  CHECK(day_in_year(day) == "26 November");
  CHECK(year_of(day) == 2014);
  CHECK(in_words("weibo_bans_wechat") == "weibo bans wechat");
}

TEST_CASE("a platform is called as the texts spell it", "[report]") {
  CHECK(spelled("wechat", {"What if Weibo had never banned the promotion of WeChat?"}) == "WeChat");
  CHECK(spelled("wechat", {"see no_wechat.yaml and wechats", "WECHAT"}) == "WECHAT");
  CHECK(spelled("plaza", {"nothing"}) == "Plaza");
  CHECK(spelled("big_plaza", {"The Big Plaza opens."}) == "Big Plaza");
  CHECK(spelled("微信", {"微信 opens"}) == "微信");
}

TEST_CASE("widths count characters, wide ones double", "[report]") {
  CHECK(characters("a微信").size() == 3);
  CHECK(text_width("微信") == 2.0);
  CHECK(text_width("ab") < text_width("微信"));
  CHECK(text_width("il") < text_width("MW"));
}
