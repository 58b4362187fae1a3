#include "report/page_template.hpp"

#include <catch2/catch.hpp>

using namespace spillway;

TEST_CASE("report: the page is built in, with one place for the document") {
  const std::string_view page = page_template();
  CHECK(page.substr(0, 15) == "<!doctype html>");
  CHECK(page.substr(page.size() - 8) == "</html>\n");
  CHECK(page.size() < 300'000);
  constexpr std::string_view placeholder = R"({"schema":"spillway-page/0"})";
  const std::size_t at = page.find(placeholder);
  REQUIRE(at != std::string_view::npos);
  CHECK(page.find(placeholder, at + 1) == std::string_view::npos);
}
