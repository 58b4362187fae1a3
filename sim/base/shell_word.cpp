#include "base/shell_word.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace spillway {

std::string shell_word(const std::string& text) {
  constexpr std::string_view plain = "-_./+,:@%=";
  const auto is_plain = [&](char c) {  // letters beyond ASCII are whole to every shell
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || (static_cast<unsigned char>(c) & 0x80U) != 0 ||
           plain.find(c) != std::string_view::npos;
  };
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace spillway
