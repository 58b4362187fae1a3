// JSON Schema (draft-07) of scenario, study and calibration files, for editors: completion, hover texts, red lines while typing.
#pragma once

#include <string>

namespace spillway {

/// Accepts what the reader accepts key by key; rules that tie keys together are the reader's alone.
std::string schema_json();

/// Of study files. Which keys can vary is a pattern of their names; whether a value is in the range of its key is the reader's to say.
std::string study_schema_json();

/// Of calibration files, likewise.
std::string calibration_schema_json();

}  // namespace spillway
