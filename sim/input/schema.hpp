// JSON Schema (draft-07) of scenario files, for editors: completion, hover texts, red lines while typing.
#pragma once

#include <string>

namespace spillway {

/// Accepts what the reader accepts key by key; rules that tie keys together are the reader's alone.
std::string schema_json();

}  // namespace spillway
