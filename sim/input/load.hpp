// The door of the room: a file (or text) and --set assignments in, a complete and valid Scenario out.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "model/scenario.hpp"

namespace spillway {

struct LoadedScenario {
  Scenario scenario;
  std::string source_text;         ///< of the file that was named, as it is on disk
  std::string directory;           ///< of that file
  std::vector<std::string> files;  ///< every file read: the scenario, what it extends, data series
  std::vector<Issue> notes;        ///< values outside the plausible ranges, by file and line
  std::string contacts_path;       ///< scenario.contacts.path resolved against the file that names it; empty if there is none
};

/// Throws InputError with all problems sorted by file and line, FileError if the file itself cannot be read.
LoadedScenario load_scenario(const std::string& path, const std::vector<std::string>& sets = {});

/// The same for text in memory; relative paths in it start at `directory`.
LoadedScenario load_scenario_text(std::string text, const std::string& file_name, const std::string& directory = {},
                                  const std::vector<std::string>& sets = {});

/// A scenario file parsed once, to be changed many times: load() gives what load_scenario(path, sets) gives, without reading files
/// again. May be used from several threads or forked processes at once.
class ScenarioTemplate {
 public:
  /// Throws InputError for what no assignment could mend (syntax, a missing base), FileError if the file cannot be read.
  explicit ScenarioTemplate(const std::string& path);
  ~ScenarioTemplate();
  ScenarioTemplate(ScenarioTemplate&&) noexcept;
  ScenarioTemplate& operator=(ScenarioTemplate&&) noexcept;

  /// Throws InputError with all problems, as load_scenario does.
  LoadedScenario load(const std::vector<std::string>& sets) const;

 private:
  struct Parsed;
  std::unique_ptr<const Parsed> parsed_;
};

/// What the scenario file `extends`, as a path that can be opened; empty if it stands alone. Throws as load_scenario does.
std::string extended_file(const std::string& path);

}  // namespace spillway
