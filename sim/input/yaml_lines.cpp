#include "input/yaml_lines.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace spillway {

namespace {
constexpr std::string_view wide_colon = "\xef\xbc\x9a";

class LineScanner {
 public:
  explicit LineScanner(const Source& source) : source_(source) {}

  LineScan scan() {
    for (std::size_t i = 0; i < source_.lines.size(); ++i) {
      line_ = source_.lines[i];
      number_ = static_cast<int>(i) + 1;
      const bool inside = inside_block() || quote();
      result_.free_text.push_back(inside);
      if (!block_) scan_line();
    }
    if (!result_.unclosed && !open_.empty()) result_.unclosed = open_.back();
    return std::move(result_);
  }

 private:
  bool quote() const { return !open_.empty() && (open_.back().mark == '"' || open_.back().mark == '\''); }
  bool flow() const { return !open_.empty(); }
  char at(std::size_t i) const { return i < line_.size() ? line_[i] : ' '; }

  bool inside_block() {
    if (!block_) return false;
    const std::size_t indent = line_.find_first_not_of(' ');
    block_ = indent == std::string_view::npos || static_cast<int>(indent) > block_indent_;
    return block_;
  }

  void scan_line() {
    fresh_ = true;
    for (std::size_t i = 0; i < line_.size(); ++i) {
      if (quote())
        i = in_quote(i);
      else if (line_[i] == '#' && (i == 0 || at(i - 1) == ' ' || at(i - 1) == '\t'))
        return;
      else if (line_[i] != ' ' && line_[i] != '\t' && !token(i))
        return;
    }
  }

  std::size_t in_quote(std::size_t i) {
    const char mark = open_.back().mark;
    if (mark == '"' && line_[i] == '\\') return i + 1;
    if (line_[i] != mark) return i;
    if (mark == '\'' && at(i + 1) == '\'') return i + 1;
    open_.pop_back();
    fresh_ = false;
    return i;
  }

  /// One character outside quotes and comments; false when the rest of the line is a block scalar's header.
  bool token(std::size_t i) {
    const char c = line_[i];
    if (fresh_ && (c == '"' || c == '\'' || c == '[' || c == '{')) {
      open_.push_back({c, number_, column_of(line_, i)});
    } else if ((c == ']' || c == '}') && flow()) {
      if (open_.back().mark != (c == ']' ? '[' : '{') && !result_.unclosed) result_.unclosed = open_.back();
      open_.pop_back();
      fresh_ = false;
    } else if ((c == '|' || c == '>') && fresh_ && !flow()) {
      block_ = true;
      block_indent_ = static_cast<int>(line_.find_first_not_of(' '));
      return false;
    } else {
      const bool separator =
          (c == ',' && flow()) || (c == ':' && at(i + 1) == ' ') || ((c == '-' || c == '?') && fresh_ && at(i + 1) == ' ');
      fresh_ = separator;
    }
    return true;
  }

  const Source& source_;
  LineScan result_;
  std::vector<OpenMark> open_;
  std::string_view line_;
  int number_ = 0;
  bool fresh_ = true;  ///< a value may start here
  bool block_ = false;
  int block_indent_ = 0;
};

bool word_character(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

std::optional<Issue> explain_wide_colon(const SourcePtr& source, const LineScan& scan, int last_line) {
  for (int i = std::min(last_line, static_cast<int>(source->lines.size())) - 1; i >= 0; --i) {
    if (scan.free_text[static_cast<std::size_t>(i)]) continue;
    const std::string& line = source->lines[static_cast<std::size_t>(i)];
    const std::size_t colon = find_wide_colon(line);
    if (colon != std::string::npos)
      return issue_at({source, i + 1, column_of(line, colon)}, {},
                      "a full-width colon '：' does not separate key and value; write ':' and a blank");
  }
  return std::nullopt;
}

std::size_t byte_of(const std::string& line, int column) {
  std::size_t byte = 0;
  while (byte < line.size() && column_of(line, byte) < column) ++byte;
  return byte;
}

std::string quote_hint(const std::string& line) {
  const std::size_t first = line.find(": ");
  if (first == std::string::npos || line.find(": ", first + 2) == std::string::npos) return {};
  const std::size_t key = line.find_first_not_of(" -");
  return fmt::format("a second ': ' in one line; put the text in quotes: {}: \"{}\"", line.substr(key, first - key),
                     line.substr(line.find_first_not_of(' ', first + 1)));
}

std::string sentence_for(std::string_view complaint, const std::string& line, int column) {
  const auto says = [&](std::string_view words) { return complaint.find(words) != std::string_view::npos; };
  if (says("illegal map value")) {
    const std::string hint = quote_hint(line);
    return hint.empty() ? "a ':' cannot stand here; check the indentation, and that the key in the line above ends in ': '" : hint;
  }
  const std::size_t byte = byte_of(line, column);
  if (byte > 0 && byte < line.size() && (line[byte - 1] == '"' || line[byte - 1] == '\''))
    return "text after a closing quote; write \\\" for a quote inside double quotes, or put single quotes around the whole";
  if (says("end of map not found") || says("end of sequence not found") || says("illegal map key") || says("illegal block entry"))
    return "this line does not fit the lines above; check its indentation and that each key ends in ': '";
  if (says("illegal flow end"))
    return "a closing bracket that nothing opened; remove it, or put a blank between ':' and the opening bracket";
  if (says("flow not found"))
    return "inside brackets entries are separated by commas and keys end in ': '; one of these is missing before this place";
  if (says("block scalar")) return "after '|' or '>' the text starts in the next line; put other text in quotes";
  if (says("escape")) return "an unknown escape in double quotes; write \\\\ for a backslash, or use single quotes";
  if (says("anchor is not defined")) return "a value cannot start with '*'; put it in quotes";
  if (says("unknown token")) return fmt::format("a value cannot start with '{}'; put it in quotes", line.substr(byte, 1));
  return fmt::format("this is not correct YAML ({})", complaint);
}
}  // namespace

LineScan scan_lines(const Source& source) { return LineScanner(source).scan(); }

std::size_t find_wide_colon(std::string_view text) {
  std::size_t i = text.find_first_not_of(" -");
  if (i == std::string_view::npos) return i;
  const std::size_t start = i;
  while (i < text.size() && word_character(text[i])) ++i;
  return i > start && text.substr(i).starts_with(wide_colon) ? i : std::string_view::npos;
}

std::string separator_problem(std::string_view text) {
  if (find_wide_colon(text) != std::string_view::npos)
    return "a full-width colon '：' does not separate key and value; write ':' and a blank";
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) return {};
  for (const char c : text.substr(0, colon))
    if (!word_character(c)) return {};
  return "a blank is missing after the ':'";
}

std::vector<Issue> find_line_problems(const SourcePtr& source, const LineScan& scan) {
  std::vector<Issue> issues;
  bool content = false;  // a '%' starts a directive only before the content
  for (std::size_t i = 0; i < source->lines.size(); ++i) {
    const std::string& line = source->lines[i];
    const std::size_t start = line.find_first_not_of(" \t");
    if (start == std::string::npos || line[start] == '#' || scan.free_text[i]) continue;
    const int number = static_cast<int>(i) + 1;
    const std::size_t tab = line.find('\t');
    if (tab < start) issues.push_back(issue_at({source, number, column_of(line, tab)}, {}, "a tab in the indentation; use blanks"));
    if (line[0] == '%' && !content)
      issues.push_back(issue_at({source, number, 1}, {}, "YAML directives ('%') are not supported; remove the line"));
    content = true;
  }
  return issues;
}

Issue explain_syntax_error(const SourcePtr& source, const LineScan& scan, Place place, std::string_view complaint) {
  if (auto wide = explain_wide_colon(source, scan, place.line)) return *wide;
  const bool about_lines =
      complaint.find("illegal map value") != std::string_view::npos && scan.unclosed && scan.unclosed->line > place.line;
  if (scan.unclosed && !about_lines) {
    const OpenMark& open = *scan.unclosed;
    const bool quote = open.mark == '"' || open.mark == '\'';
    const std::string close = open.mark == '[' ? "]" : open.mark == '{' ? "}" : std::string(1, open.mark);
    return issue_at(
        {source, open.line, open.column}, {},
        fmt::format("the {} {} opened here is not closed; add {} where it ends", quote ? "quote" : "bracket", open.mark, close));
  }
  const std::string& line = source->lines[static_cast<std::size_t>(place.line - 1)];
  return issue_at(place, {}, sentence_for(complaint, line, place.column));
}

}  // namespace spillway
