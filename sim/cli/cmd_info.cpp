// `spillway info`: what is in a result file or a saved state.
#include <fmt/format.h>

#include <memory>

#include "cli/command.hpp"
#include "store/info.hpp"
#include "store/state_info.hpp"

namespace spillway {

Action set_up_info(CLI::App& app) {
  struct Options {
    std::string file;
    bool digest = false;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  app.add_option("file", options->file, "result file (HDF5) or saved state")->required()->type_name("FILE");
  app.add_flag("--digest", options->digest, "print only the digest of everything but /timing: equal for equal runs");
  app.add_flag("--json", options->json, "print as JSON");
  return [options] {
    const bool state = is_state(options->file);
    const std::string digest = !options->digest ? "" : state ? state_digest(options->file) : file_digest(options->file);
    if (options->digest && options->json)
      fmt::print("{{\"schema\": \"spillway-digest/1\", \"digest\": \"{}\"}}\n", digest);
    else if (options->digest)
      fmt::print("{}\n", digest);
    else if (state)
      fmt::print("{}", options->json ? state_json(options->file) : state_text(options->file));
    else
      fmt::print("{}", options->json ? info_json(options->file) : info_text(options->file));
    return 0;
  };
}

}  // namespace spillway
