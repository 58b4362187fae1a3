// Putting a file in its place so that a reader, a kill or a power cut meets either the old file or the whole new one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "base/error.hpp"

namespace spillway {

/// "output/x.h5: cannot write: No space left on device (free some space or choose another folder)".
FileError file_error(const std::string& doing, const std::string& path, int error_number);

class Descriptor;

/// Lets `content` fill `path`.part in the same folder (about `size` bytes: so much must be free), fsyncs it, lets `verify` look
/// at it, renames it to `path` and fsyncs the folder. What stands under `path` is first renamed to `previous`, if one is named:
/// at each moment one of the two is whole. On failure (FileError, or whatever the functions throw) the part file is removed and
/// what stood under `path` stands there or under `previous`.
void commit_stream(const std::string& path, std::uint64_t size, const std::function<void(Descriptor&)>& content,
                   const std::function<void(const std::string& part)>& verify, const std::string& previous = {});

/// Writes `path`.part in the same folder, fsyncs it, lets `verify` look at it, renames it to `path` and fsyncs the folder.
/// On failure (FileError, or whatever `verify` throws) the part file is removed and an existing `path` stays as it was.
void commit_file(const std::string& path, std::span<const std::byte> bytes, const std::function<void(const std::string& part)>& verify);

/// The same for a text, which nobody looks at again.
void commit_text(const std::string& path, const std::string& text);

/// Writes `part`, which must be the caller's own, and renames it to `path`; two processes may do so at a time. Nothing is flushed to
/// the disk: after a power cut the file may be gone or torn, so its content must tell. For many small files that can be made again,
/// as flushing takes longer than making them. Throws FileError.
void place_file(const std::string& path, std::span<const std::byte> bytes, const std::string& part);

/// Makes the folder in which a file is to stand, before hours of work: also asks whether the name leaves room for what is made beside
/// the file on the way. Throws FileError.
void make_folder_of(const std::string& path);

/// Before long work: whether commit_file will be able to write there. Throws FileError.
void check_writable(const std::string& path);

}  // namespace spillway
