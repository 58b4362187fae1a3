// A folder with a base scenario and what stands beside it, for tests of study files.
#pragma once

#include <string>

#include "base/error.hpp"
#include "input/cases.hpp"
#include "support/temporary_folder.hpp"

namespace spillway::test {

struct StudyFolder {
  TemporaryFolder folder;
  StudyFolder() {
    folder.write("base.yaml",
                 "title: T\ntime: {start: 2010-01-01, end: 2012-12-31}\nplatforms: {a: {launch: 2010-01-01}, b: {launch: 2011-01-01}}\n"
                 "interventions: {ban: {on: 2011-06-01, set: {platforms.a.ban.strictness: 0.8}}}\n");
    folder.write("study.yaml", with_the_rest({}));
    folder.write("broken.yaml", "title: T\nplatforms: {a: {launch: soon}}\n");
    folder.write("syntax.yaml", "title: [T\n");
    folder.write("design.csv", "point,habit.memory\n0,7\n");
  }

  /// The text with the keys that a study must have, where it lacks them.
  static std::string with_the_rest(std::string text) {
    for (const char* line :
         {"scenario: base.yaml\n", "levers: {habit.memory: [7 d, 14 d]}\n", "design: grid\n", "outcomes: [members.a@end]\n"}) {
      const std::string key = std::string(line).substr(0, std::string(line).find(':') + 1);
      if (!text.starts_with(key) && text.find("\n" + key) == std::string::npos) text += line;
    }
    return text;
  }

  /// Names of files in a message as a person in that folder would read them.
  std::string without_folder(std::string text) const {
    const std::string prefix = folder.path() + "/";
    for (std::size_t at = 0; (at = text.find(prefix)) != std::string::npos;) text.erase(at, prefix.size());
    return text;
  }

  std::string messages(const InputError& error) const {
    std::string text;
    for (Issue issue : error.issues()) {
      issue.source_line.clear();
      text += without_folder(to_text(issue)) + "\n";
    }
    return text;
  }
};

}  // namespace spillway::test
