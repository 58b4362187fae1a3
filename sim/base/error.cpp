#include "base/error.hpp"

namespace spillway {

namespace {
// Chinese, Japanese and Korean characters are two cells wide on a terminal; the caret must move with them.
std::string caret_line(const std::string& line, int column) {
  std::string blanks;
  int characters = 1;
  for (std::size_t i = 0; characters < column; ++characters) {
    const unsigned char first = i < line.size() ? static_cast<unsigned char>(line[i]) : ' ';
    const bool wide = first >= 0xe2 && !(first == 0xe2 && static_cast<unsigned char>(line[i + 1]) < 0xba);  // from U+2E80
    blanks += wide ? "  " : " ";
    for (++i; i < line.size() && (static_cast<unsigned char>(line[i]) & 0xc0U) == 0x80U;) ++i;
  }
  return blanks + "^";
}
}  // namespace

std::string to_text(const Issue& issue) {
  std::string text;
  if (!issue.file.empty()) {
    text += issue.file;
    if (issue.line > 0) text += ":" + std::to_string(issue.line) + ":" + std::to_string(issue.column);
    text += ": ";
  }
  if (!issue.path.empty()) text += issue.path + ": ";
  text += issue.message;
  if (!issue.source_line.empty()) {
    text += "\n    " + issue.source_line;
    if (issue.column > 0) text += "\n    " + caret_line(issue.source_line, issue.column);
  }
  return text;
}

namespace {
std::string join(const std::vector<Issue>& issues) {
  std::string text;
  for (const Issue& issue : issues) text += (text.empty() ? "" : "\n") + to_text(issue);
  return text;
}
}  // namespace

InputError::InputError(std::vector<Issue> issues) : std::runtime_error(join(issues)), issues_(std::move(issues)) {}

}  // namespace spillway
