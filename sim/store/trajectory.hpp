// Recordings to and from HDF5 files that xarray, R, browsers and h5dump read without us.
#pragma once

#include <cstddef>
#include <string>

#include "model/recording.hpp"

namespace spillway {

/// Writes the whole file and puts it in its place at once (commit.hpp); what stands under `path` afterwards has been read
/// back and compared. Throws FileError; an existing file then stays as it was.
void write_recording(const Recording& recording, const std::string& path, int threads = 1);

/// How large the file would be, in bytes; nothing is written.
std::size_t file_size(const Recording& recording, int threads = 1);

/// Everything that write_recording wrote: digest(read_recording(p)) is the digest of what was written. Throws FileError for
/// a missing, damaged or foreign file and for one of a newer format.
Recording read_recording(const std::string& path);

/// As read_recording, but only coordinate variables have values; for a look at large files. Lengths of other variables
/// follow from their dimensions.
Recording read_outline(const std::string& path);

/// Whether the file starts as HDF5 does; false if it cannot be read, which the next reader explains better.
bool is_result_file(const std::string& path);

}  // namespace spillway
