// The question what stands under a name, asked in one place.
#pragma once

#include <string>

#include "base/file_kind.hpp"

namespace spillway {

/// `missing` also for what cannot be opened, which the next reader explains better.
FileKind kind_of_file(const std::string& path);

/// Whether anything stands under the name; false for a name that no file can have, on which std::filesystem::exists throws.
bool is_there(const std::string& path);

/// FileError with a way out if the name is a folder's, a saved state's or a scenario's. What is unknown passes: it may be a damaged result.
void refuse_other_than_result(const std::string& path);

}  // namespace spillway
