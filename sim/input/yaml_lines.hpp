// What can be said about YAML text without a parser: which lines are free text, which bracket or quote stays open. Used to
// refuse tabs and to turn a parser's complaint into a sentence; never to decide what a correct file means.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "input/source.hpp"

namespace spillway {

struct OpenMark {
  char mark = 0;  ///< one of ' " [ {
  int line = 0;
  int column = 0;
};

struct LineScan {
  std::vector<bool> free_text;       ///< per line: inside a block scalar or a quoted text that began on an earlier line
  std::optional<OpenMark> unclosed;  ///< innermost quote or bracket still open at the end, or closed by the wrong bracket
};

LineScan scan_lines(const Source& source);

/// Tabs in indentation and directives; empty if the lines are fine.
std::vector<Issue> find_line_problems(const SourcePtr& source, const LineScan& scan);

/// A parser's complaint, told so that a person can act on it.
Issue explain_syntax_error(const SourcePtr& source, const LineScan& scan, Place place, std::string_view complaint);

/// "：" (a Chinese keyboard's colon) directly after a word; position of the colon in bytes, or npos.
std::size_t find_wide_colon(std::string_view text);

/// What keeps "strength:1" or "strength：1" from being a key and a value; empty if the text does not look like both.
std::string separator_problem(std::string_view text);

}  // namespace spillway
