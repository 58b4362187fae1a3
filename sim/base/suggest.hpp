// "Did you mean": the nearest of a set of words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spillway {

/// Nearest candidate by edit distance (with transpositions), or empty when none is close enough to be meant.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace spillway
