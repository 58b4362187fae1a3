#include "input/source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <tuple>

#include "base/file_kind.hpp"
#include "base/suggest.hpp"

namespace spillway {

namespace {
constexpr std::size_t longest_shown_line = 200;  // chosen: a caret is no help beyond the width of a screen

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

/// Bytes of the UTF-8 character that starts at `i`, or 0 if it is malformed, overlong, a surrogate or beyond U+10FFFF.
std::size_t character_length(std::string_view text, std::size_t i) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[i + k]); };
  const unsigned first = byte(0);
  const std::size_t length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length == 0 || i + length > text.size()) return 0;
  for (std::size_t k = 1; k < length; ++k)
    if (!continues(text[i + k])) return 0;
  if (length == 3 && ((first == 0xe0 && byte(1) < 0xa0) || (first == 0xed && byte(1) > 0x9f))) return 0;
  if (length == 4 && ((first == 0xf0 && byte(1) < 0x90) || (first == 0xf4 && byte(1) > 0x8f))) return 0;
  return length;
}

/// What is wrong with the byte at `i`; empty if nothing. Sets `length` to the bytes of a good character.
std::string byte_problem(std::string_view text, std::size_t i, std::size_t& length) {
  const auto byte = static_cast<unsigned char>(text[i]);
  if (byte == '\r' && (i + 1 >= text.size() || text[i + 1] != '\n'))
    return "a carriage return without a line feed; save the file with LF or CRLF line ends";
  if ((byte < 0x20 && byte != '\n' && byte != '\t' && byte != '\r') || byte == 0x7f)
    return fmt::format("byte 0x{:02x} is not text; save the file as UTF-8 text", byte);
  length = character_length(text, i);
  if (length == 0) return fmt::format("byte 0x{:02x} is not UTF-8; save the file as UTF-8", byte);
  return {};
}

void check_bytes(const std::string& name, std::string_view text) {
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
    throw InputError({Issue{name, 1, 1, {}, "the file is UTF-16; save it as UTF-8", {}}});
  int line = 1, column = 1;
  for (std::size_t i = 0, length = 1; i < text.size(); i += length) {
    std::string problem = byte_problem(text, i, length);
    if (!problem.empty()) throw InputError({Issue{name, line, column, {}, std::move(problem), {}}});
    ++column;
    if (text[i] == '\n') ++line, column = 1;
  }
}
}  // namespace

int column_of(std::string_view line, std::size_t byte) {
  int column = 1;
  for (std::size_t i = 0; i < byte && i < line.size(); ++i)
    if (!continues(line[i])) ++column;
  return column + static_cast<int>(byte > line.size() ? byte - line.size() : 0);
}

std::string to_text(const Place& place) {
  if (!place.source) return {};
  return place.line > 0 ? fmt::format("{}:{}", place.source->name, place.line) : place.source->name;
}

Issue issue_at(const Place& place, std::string path, std::string message) {
  Issue issue{{}, place.line, place.column, std::move(path), std::move(message), {}};
  if (!place.source) return issue;
  issue.file = place.source->name;
  const auto& lines = place.source->lines;
  if (place.line <= static_cast<int>(lines.size())) issue.source_line = lines[static_cast<std::size_t>(std::max(place.line, 1) - 1)];
  if (issue.source_line.size() > longest_shown_line) issue.source_line.clear();
  std::replace(issue.source_line.begin(), issue.source_line.end(), '\t', ' ');
  return issue;
}

void sort_by_place(std::vector<Issue>& issues, const std::vector<std::string>& files) {
  const auto rank = [&](const Issue& issue) { return std::find(files.begin(), files.end(), issue.file) - files.begin(); };
  std::stable_sort(issues.begin(), issues.end(), [&](const Issue& a, const Issue& b) {
    return std::tuple(rank(a), a.line, a.column) < std::tuple(rank(b), b.line, b.column);
  });
}

SourcePtr make_source(std::string name, std::string directory, std::string bytes, std::size_t limit) {
  const FileKind kind = kind_of_bytes(bytes);
  if (kind != FileKind::other)
    throw InputError({Issue{name,
                            0,
                            0,
                            {},
                            fmt::format("is a {}, not a scenario: {}", kind == FileKind::result ? "result" : "saved state",
                                        kind == FileKind::result ? use_of_result : use_of_state),
                            {}}});
  if (bytes.size() > limit)
    throw InputError({Issue{name, 0, 0, {}, fmt::format("the file is larger than {} MiB; is it the right one?", limit >> 20), {}}});
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.erase(0, 3);
  check_bytes(name, bytes);
  std::erase(bytes, '\r');
  auto source = std::make_shared<Source>(Source{std::move(name), std::move(directory), std::move(bytes), {}});
  std::string_view rest = source->text;
  while (true) {
    const std::size_t end = rest.find('\n');
    source->lines.emplace_back(rest.substr(0, end));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return source;
}

namespace {
std::string similar_file(const std::filesystem::path& path) {
  std::vector<std::string> names;
  std::error_code ignored;
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  for (std::filesystem::directory_iterator it(folder, ignored), end; it != end && names.size() < 1000; it.increment(ignored))
    names.push_back(it->path().filename().string());
  std::sort(names.begin(), names.end());
  const std::string near = nearest(path.filename().string(), names);
  return near.empty() ? near : "; did you mean '" + (path.parent_path() / near).string() + "'?";
}
}  // namespace

std::string read_file(const std::string& path, std::size_t limit) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) throw FileError(fmt::format("'{}' is a folder, not a file", path));
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    const int reason = errno;
    throw FileError(fmt::format("cannot open '{}' ({}){}", path, std::strerror(reason), reason == ENOENT ? similar_file(path) : ""));
  }
  std::string bytes;
  constexpr std::size_t piece = std::size_t{1} << 16;  // a pipe tells no size, and the limit may be far above it
  while (file && bytes.size() <= limit) {
    const std::size_t before = bytes.size();
    bytes.resize(std::min(before + std::max(before, piece), limit + 1));
    file.read(bytes.data() + before, static_cast<std::streamsize>(bytes.size() - before));
    bytes.resize(before + static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) throw FileError(fmt::format("cannot read '{}' ({})", path, std::strerror(errno)));
  return bytes;
}

std::string resolve_path(const std::string& directory, const std::string& path) {
  return (std::filesystem::path(directory) / path).lexically_normal().string();
}

}  // namespace spillway
