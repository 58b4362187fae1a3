// A seal after a file's last byte: a hash of everything before it, so that a damaged file is known before anyone parses it.
// HDF5 and every reader tried ignore bytes after the end that the file itself names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace spillway {

enum class Seal {
  intact,
  broken,  ///< the content is not what was written
  none,    ///< cut off, written or rewritten by another program
};

/// How many bytes a seal takes.
inline constexpr std::size_t seal_size = 34;

std::uint64_t hash_bytes(std::span<const std::byte> bytes);

/// Appends the seal of the bytes.
void add_seal(std::vector<std::byte>& bytes);

/// Reads the whole file once. Throws FileError when it cannot be read.
Seal check_seal(const std::string& path);

}  // namespace spillway
