#include "study/run_failure.hpp"

#include <nlohmann/json.hpp>
#include <span>

#include "base/shell_word.hpp"
#include "input/source.hpp"
#include "store/commit.hpp"

namespace spillway {

namespace {
constexpr std::size_t largest_failure = std::size_t{1} << 20;  // chosen: a scenario's complaints take some kilobytes
}

void write_failure(const Sweep& sweep, SweepRun run, const std::string& message, const std::string& part) {
  const std::vector<std::string> sets = sets_of(sweep, run);
  std::string command = "spillway run " + shell_word(sweep.study().scenario);
  for (const std::string& set : sets) command += " --set " + shell_word(set);
  const nlohmann::ordered_json json{{"schema", "spillway-sweep-failure/1"},
                                    {"point", run.point},
                                    {"replicate", run.replicate},
                                    {"message", message},
                                    {"scenario", sweep.study().scenario},
                                    {"seed", sweep.loaded.base.scenario.seed},
                                    {"sets", sets},
                                    {"command", command}};
  const std::string text = json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  place_file(sweep.folder.failure(run), std::as_bytes(std::span(text)), part);
}

std::string failure_message(const SweepFolder& folder, SweepRun run) {
  try {
    return nlohmann::json::parse(read_file(folder.failure(run), largest_failure)).value("message", "");
  } catch (const std::exception&) {  // being forgotten or damaged: the run can be done again
    return {};
  }
}

}  // namespace spillway
