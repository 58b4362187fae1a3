// The table of wrong scenarios, tests/input/bad_scenarios.txt. Each case:
//   === name            [whole]: the text is the whole file; otherwise a title and a platform `a` are added below it
//   $ --set argument    any number of lines
//   YAML lines          <TAB>, <CR>, <BYTE:ff> stand for bytes that an editor would not keep
//   >>>
//   the whole messages, one a line, in order
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace spillway::test {

struct BadCase {
  std::string name, yaml, expected;
  std::vector<std::string> sets;
};

inline std::string with_bytes(std::string text) {
  for (std::size_t at = 0; (at = text.find('<', at)) != std::string::npos; ++at) {
    const auto replace = [&](const std::string& mark, const std::string& by) {
      if (text.compare(at, mark.size(), mark) == 0) text.replace(at, mark.size(), by);
    };
    replace("<TAB>", "\t");
    replace("<CR>", "\r");
    if (text.compare(at, 6, "<BYTE:") == 0)
      text.replace(at, 9, std::string(1, static_cast<char>(std::stoi(text.substr(at + 6, 2), nullptr, 16))));
  }
  return text;
}

inline std::string with_a_platform(std::string text) { return text + "title: T\nplatforms: {a: {launch: 2010-01-01}}\n"; }

/// `complete` adds what a text lacks that is not the whole file.
inline std::vector<BadCase> read_cases(const std::string& path, std::string (*complete)(std::string) = with_a_platform) {
  std::ifstream file(path);
  std::vector<BadCase> cases;
  bool whole = false, expecting = false;
  const auto finish = [&] {
    if (cases.empty()) return;
    cases.back().yaml = with_bytes(cases.back().yaml);
    if (!whole) cases.back().yaml = complete(std::move(cases.back().yaml));
  };
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("=== ")) {
      finish();
      whole = line.ends_with(" [whole]");
      expecting = false;
      cases.push_back({line.substr(4), {}, {}, {}});
    } else if (cases.empty()) {
      continue;
    } else if (line == ">>>") {
      expecting = true;
    } else if (expecting) {
      cases.back().expected += line + "\n";
    } else if (line.starts_with("$ ")) {
      cases.back().sets.push_back(line.substr(2));
    } else {
      cases.back().yaml += line + "\n";
    }
  }
  finish();
  return cases;
}

}  // namespace spillway::test
