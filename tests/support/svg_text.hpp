// Reading pictures back from their text.
#pragma once

#include <catch2/catch.hpp>
#include <regex>
#include <string>
#include <utility>
#include <vector>

namespace spillway::testing {

inline std::vector<std::smatch> all(const std::string& text, const std::regex& expression) {
  std::vector<std::smatch> found;
  for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) found.push_back(*at);
  return found;
}

/// Where the text stands; {x, y}.
inline std::pair<double, double> place_of(const std::string& picture, const std::string& words) {
  std::smatch match;
  const std::regex expression("<text x=\"([-0-9.]+)\" y=\"([-0-9.]+)\"[^>]*>" + words + "</text>");
  REQUIRE(std::regex_search(picture, match, expression));
  return {std::stod(match[1]), std::stod(match[2])};
}

}  // namespace spillway::testing
