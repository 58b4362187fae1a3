// `spillway schema`: what editors need to complete and check scenarios.
#include <fmt/format.h>

#include "cli/command.hpp"
#include "input/schema.hpp"

namespace spillway {

Action set_up_schema(CLI::App&) {
  return [] {
    fmt::print("{}", schema_json());
    return 0;
  };
}

}  // namespace spillway
