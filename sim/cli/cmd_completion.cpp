// `spillway completion`: scripts that teach a shell what can be typed.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "cli/command.hpp"
#include "cli/completion.hpp"

namespace spillway {

namespace {
struct Shell {
  std::string_view name;
  std::string (*script)();
};

constexpr Shell shells[] = {{"bash", bash_completion}, {"zsh", zsh_completion}, {"fish", fish_completion}};
}  // namespace

Action set_up_completion(CLI::App& app) {
  auto asked = std::make_shared<std::string>();
  app.add_option("shell", *asked, "whose script to print")->required()->type_name("bash|zsh|fish");
  return [asked] {
    const auto* shell = std::find_if(std::begin(shells), std::end(shells), [&](const Shell& s) { return s.name == *asked; });
    if (shell == std::end(shells)) {
      const std::string near = nearest(*asked, {"bash", "zsh", "fish"});
      throw InputError(fmt::format("there is no completion for '{}'; {}", *asked,
                                   near.empty() ? "shells are bash, zsh and fish" : fmt::format("did you mean '{}'?", near)));
    }
    fmt::print("{}", shell->script());
    return 0;
  };
}

}  // namespace spillway
