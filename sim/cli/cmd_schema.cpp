// `spillway schema`: what editors need to complete and check scenarios and studies.
#include <fmt/format.h>

#include <memory>

#include "cli/command.hpp"
#include "input/schema.hpp"

namespace spillway {

Action set_up_schema(CLI::App& app) {
  auto study = std::make_shared<bool>(false);
  app.add_flag("--study", *study, "of study files, which `spillway sweep` takes");
  return [study] {
    fmt::print("{}", *study ? study_schema_json() : schema_json());
    return 0;
  };
}

}  // namespace spillway
