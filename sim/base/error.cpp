#include "base/error.hpp"

namespace spillway {

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
    if (issue.column > 0) text += "\n    " + std::string(static_cast<std::size_t>(issue.column - 1), ' ') + "^";
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
