#include "store/file_kind.hpp"

#include <filesystem>
#include <fstream>

#include "base/error.hpp"

namespace spillway {

FileKind kind_of_file(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return FileKind::folder;
  std::ifstream file(path, std::ios::binary);
  if (!file) return FileKind::missing;
  std::string start(state_mark.size(), '\0');
  file.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(file.gcount()));
  return kind_of_bytes(start);
}

bool is_there(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

void refuse_other_than_result(const std::string& path) {
  const FileKind kind = kind_of_file(path);
  if (kind == FileKind::folder) throw FileError(path + " is a folder; name a result in it");
  if (kind == FileKind::state) throw FileError(path + " is a saved state, not a result: " + std::string(use_of_state));
  if (kind == FileKind::other && (path.ends_with(".yaml") || path.ends_with(".yml")))
    throw FileError(path + " is a scenario, not a result: `spillway run` or `spillway compare` it first");
}

}  // namespace spillway
