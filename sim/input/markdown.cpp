#include "input/markdown.hpp"

#include <fmt/format.h>

namespace spillway::markdown {

std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '|' ? "\\|" : std::string(1, c);
  return out;
}

std::string code(std::string_view text) { return text.empty() ? "" : fmt::format("`{}`", text); }

std::string key_table(std::span<const StudyKeyRow> rows) {
  std::string text = "| key | example | default | meaning |\n| --- | --- | --- | --- |\n";
  for (const StudyKeyRow& row : rows) {
    const bool plain = row.fallback.starts_with('*') || row.fallback.find(' ') != std::string_view::npos;
    text += fmt::format("| `{}` | {} | {} | {} |\n", row.name, code(row.form), plain ? std::string(row.fallback) : code(row.fallback),
                        cell(row.meaning));
  }
  return text;
}

}  // namespace spillway::markdown
