// Text that is to be typed.
#pragma once

#include <string>

namespace spillway {

/// A name as a shell takes it: as it is, or in quotation marks.
std::string shell_word(const std::string& text);

}  // namespace spillway
