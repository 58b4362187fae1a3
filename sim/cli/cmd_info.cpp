// `spillway info`: what is in a result file.
#include <fmt/format.h>

#include <memory>

#include "cli/command.hpp"
#include "store/info.hpp"

namespace spillway {

Action set_up_info(CLI::App& app) {
  struct Options {
    std::string file;
    bool digest = false;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  app.add_option("file", options->file, "result file (HDF5)")->required();
  app.add_flag("--digest", options->digest, "print only the digest of everything but /timing: equal for equal runs");
  app.add_flag("--json", options->json, "print as JSON");
  return [options] {
    if (options->digest && options->json)
      fmt::print("{{\"schema\": \"spillway-digest/1\", \"digest\": \"{}\"}}\n", file_digest(options->file));
    else if (options->digest)
      fmt::print("{}\n", file_digest(options->file));
    else
      fmt::print("{}", options->json ? info_json(options->file) : info_text(options->file));
    return 0;
  };
}

}  // namespace spillway
