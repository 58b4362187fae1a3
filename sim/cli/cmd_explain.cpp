// `spillway explain KEY`.
#include <fmt/format.h>

#include <memory>

#include "cli/command.hpp"
#include "input/manual.hpp"

namespace spillway {

Action set_up_explain(CLI::App& app) {
  auto key = std::make_shared<std::string>();
  app.add_option("key", *key, "key with its sections, such as habit.memory; the last part alone is enough where it is unique")
      ->required()
      ->type_name("KEY");
  return [key] {
    fmt::print("{}", explain_key(*key));
    return 0;
  };
}

}  // namespace spillway
