// A text file in memory and places in it, so that every message can point at the character that caused it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace spillway {

struct Source {
  std::string name;                ///< as the user named it, or "--set"
  std::string directory;           ///< where relative paths written in it start; empty: the working directory
  std::string text;                ///< without byte-order mark, lines end in '\n'
  std::vector<std::string> lines;  ///< the same, line by line
};
using SourcePtr = std::shared_ptr<const Source>;

/// Lines and columns count from 1, columns in characters (not bytes); line 0: the whole source.
struct Place {
  SourcePtr source;
  int line = 0;
  int column = 0;
};

Issue issue_at(const Place& place, std::string path, std::string message);

/// "base.yaml:12", or "--set".
std::string to_text(const Place& place);

/// By the rank of their file in `files`, then by line and column.
void sort_by_place(std::vector<Issue>& issues, const std::vector<std::string>& files);

/// Character column of the byte at `byte` (from 0) in the line.
int column_of(std::string_view line, std::size_t byte);

/// Bytes to text: refuses what is no UTF-8 text, takes off a byte-order mark, makes line ends '\n'. Throws InputError.
SourcePtr make_source(std::string name, std::string directory, std::string bytes, std::size_t limit);

/// Whole file, at most limit + 1 bytes of it. Throws FileError.
std::string read_file(const std::string& path, std::size_t limit);

/// `path` as written in a file of `directory`.
std::string resolve_path(const std::string& directory, const std::string& path);

}  // namespace spillway
