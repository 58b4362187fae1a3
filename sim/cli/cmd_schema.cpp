// `spillway schema`: what editors need to complete and check scenarios, studies and calibrations.
#include <fmt/format.h>

#include <memory>

#include "cli/command.hpp"
#include "input/schema.hpp"

namespace spillway {

Action set_up_schema(CLI::App& app) {
  struct Asked {
    bool study = false, calibration = false;
  };
  auto asked = std::make_shared<Asked>();
  auto* study = app.add_flag("--study", asked->study, "of study files, which `spillway sweep` takes");
  app.add_flag("--calibration", asked->calibration, "of calibration files, which `spillway calibrate` takes")->excludes(study);
  return [asked] {
    fmt::print("{}", asked->study ? study_schema_json() : asked->calibration ? calibration_schema_json() : schema_json());
    return 0;
  };
}

}  // namespace spillway
