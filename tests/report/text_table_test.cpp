#include "report/text_table.hpp"

#include <catch2/catch.hpp>

using namespace spillway;

TEST_CASE("columns are as wide as their widest cell, in characters", "[text]") {
  CHECK(text_table({{"name", "n", "what"}, {"微博", "12", ""}, {"wechat", "3", "long"}}, {1}) ==
        "  name     n  what\n"
        "  微博      12\n"
        "  wechat   3  long\n");
  CHECK(text_table({{"a"}, {"b", "c"}}, {}, 0) == "a\nb  c\n");
  CHECK(text_table({}, {}).empty());
}
