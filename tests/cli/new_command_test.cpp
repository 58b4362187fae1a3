// `spillway new`: what it writes checks and runs, from any folder, and nobody's work is replaced.
#include <catch2/catch.hpp>
#include <regex>
#include <sstream>

#include "cli/program.hpp"

using namespace spillway;
using Catch::Contains;
using test::Result;

namespace {
struct Program {
  test::TemporaryFolder folder;
  Result operator()(const std::string& arguments) const { return test::run_program(folder, arguments); }
  std::string text(const std::string& name) const {
    std::ostringstream all;
    all << std::ifstream(folder / name).rdbuf();
    return all.str();
  }
  /// The shipped scenarios, as a user who works in the project sees them.
  void link_scenarios() const { std::filesystem::create_directory_symlink(SPILLWAY_SOURCE_DIR "/scenarios", folder / "scenarios"); }
  void copy_scenarios() const {
    std::filesystem::copy(SPILLWAY_SOURCE_DIR "/scenarios", folder / "scenarios", std::filesystem::copy_options::recursive);
  }
};

/// Each commented line that is no prose, one at a time with its '#' taken away. Lines of a commented map go together.
std::vector<std::string> with_each_idea(const std::string& text) {
  std::vector<std::string> lines, found;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  const std::regex idea("^( *)# ( *[a-z_]+:.*)$");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::vector<std::string> changed = lines;
    std::size_t last = i;
    std::smatch match;
    while (last < lines.size() && std::regex_match(lines[last], match, idea)) {
      changed[last] = match[1].str() + match[2].str();
      const bool opens = std::regex_search(changed[last], std::regex(":\\s*$"));
      const bool inner = last > i || opens;
      ++last;
      if (!inner) break;
    }
    if (last == i) continue;
    std::string whole;
    for (const std::string& line : changed) whole += line + "\n";
    found.push_back(whole);
    i = last - 1;
  }
  return found;
}
}  // namespace

TEST_CASE("new writes a question that checks and runs", "[cli]") {
  const Program program;
  program.copy_scenarios();
  const Result result = program("new");
  CHECK(result.code == 0);
  CHECK(result.err.empty());
  CHECK_THAT(result.out, Catch::StartsWith("wrote my_question.yaml, which changes scenarios/history.yaml\nnext:\n  edit my_question.yaml"));
  CHECK_THAT(result.out,
             Contains("spillway check my_question.yaml") && Contains("spillway compare scenarios/history.yaml my_question.yaml"));
  CHECK_THAT(program.text("my_question.yaml"),
             Contains("\nextends: scenarios/history.yaml ") && Contains("\ntitle: What if weibo feed ads had come a year later?\n") &&
                 Contains("\n  weibo_feed_ads: {on: 2014-01-17} ") && Contains("  # moved; it was on 2013-01-17\n"));
  const Result checked = program("check my_question.yaml --strict");
  CHECK(checked.code == 0);
  CHECK(checked.err.empty());
  CHECK_THAT(program("diff my_question.yaml").out, Contains("\ninterventions.weibo_feed_ads.on  2013-01-17  2014-01-17\n\n1 key differs"));
  CHECK(program("run my_question.yaml -q --users 500 --set time.end=2010-01-01").code == 0);
}

TEST_CASE("every idea in the file is right once its # is gone", "[cli]") {
  const Program program;
  program.link_scenarios();
  for (const std::string how : {"a.yaml", "b.yaml --from total_ban", "c.yaml --standalone"}) {
    REQUIRE(program("new " + how).code == 0);
    const std::vector<std::string> ideas = with_each_idea(program.text(how.substr(0, 6)));
    CHECK(ideas.size() >= 4);
    for (const std::string& idea : ideas) {
      program.folder.write("idea.yaml", idea);
      const Result checked = program("check idea.yaml --strict");
      INFO(idea << checked.err);
      CHECK(checked.code == 0);
    }
  }
}

TEST_CASE("the base is found from below, beside and above", "[cli]") {
  const Program program;
  program.copy_scenarios();
  std::filesystem::create_directories(program.folder / "studies/deep");
  const auto extends = [&](const std::string& name) {
    const std::string text = program.text(name);
    const std::size_t at = text.find("\nextends: ") + 10;
    return text.substr(at, text.find(' ', at) - at);
  };
  CHECK(program("new studies/deep/q").code == 0);
  CHECK(extends("studies/deep/q.yaml") == "../../scenarios/history.yaml");
  CHECK(program("check studies/deep/q.yaml").code == 0);
  CHECK(program("new scenarios/q.yaml").code == 0);
  CHECK(extends("scenarios/q.yaml") == "history.yaml");
  const test::TemporaryFolder elsewhere;
  CHECK(program("new '" + elsewhere.path() + "/q.yaml'").code == 0);  // the working folder's scenarios
  CHECK(program("check '" + elsewhere.path() + "/q.yaml'").code == 0);
  CHECK(test::run_program(program.folder, "--version; cd studies && '" SPILLWAY_BINARY_DIR "/spillway' new --from no_ban").code == 0);
  CHECK(extends("studies/my_question.yaml") == "../scenarios/no_ban.yaml");
  CHECK(program("new studies/deep").out.find("wrote studies/deep/my_question.yaml, ") == 0);
  CHECK(program("new own.yaml --from scenarios/tiny.yaml").code == 0);
  CHECK(extends("own.yaml") == "scenarios/tiny.yaml");
}

TEST_CASE("the values in the remarks are those of the day", "[cli]") {
  const Program program;
  program.copy_scenarios();
  REQUIRE(program("new").code == 0);
  const std::string text = program.text("my_question.yaml");
  // Promoted posts of 2012 are there already; feed ads are moved beyond that day.
  CHECK_THAT(text, Contains("share of impressions that are ads; 0.05 on that day"));
}

TEST_CASE("names with spaces are quoted in what to type next", "[cli]") {
  const Program program;
  program.copy_scenarios();
  const Result result = program("new 'my question.yaml'");
  CHECK(result.code == 0);
  CHECK_THAT(result.out,
             Contains("  spillway check 'my question.yaml'") && Contains("  spillway compare scenarios/history.yaml 'my question.yaml'"));
}

TEST_CASE("a result or a state in a scenario's place is called by its name", "[cli]") {
  const Program program;
  REQUIRE(program("new small.yaml").code == 0);
  REQUIRE(program("run small.yaml -q -o x.h5 --users 200 --set time.end=2010-02-01 --save-state 2010-01-15").code == 0);
  for (const std::string command : {"check x.h5", "run x.h5", "new y.yaml --from x.h5"}) {
    const Result result = program(command);
    CHECK(result.code == 2);
    CHECK(result.err == "x.h5: is a result, not a scenario: `spillway report`, `info`, `diff`, `compare` and `export` read it\n");
  }
  for (const std::string command : {"check ", "run ", "new y.yaml --from "})
    CHECK_THAT(program(command + "x-2010-01-15.state").err, Contains("is a saved state, not a scenario: `spillway info` tells of it"));
  for (const std::size_t length : {300, 245}) {  // the second leaves no room for states beside it: better said before the run than after
    const Result name = program("run small.yaml --users 200 -o " + std::string(length, 'n') + ".h5");
    CHECK(name.code == 3);
    CHECK(name.err.find(".h5: cannot write: File name too long (give a shorter name)\n") != std::string::npos);
  }
}

TEST_CASE("without scenarios above a whole market is written", "[cli]") {
  const Program program;
  CHECK(program("new market.yaml").out.find("wrote market.yaml\nnext:\n") == 0);
  const std::string text = program.text("market.yaml");
  CHECK(text.find("\nextends:") == std::string::npos);
  CHECK(program("check market.yaml --strict").code == 0);
  const Result run = program("run market.yaml -o m.h5 --users 5000");
  CHECK(run.code == 0);
  CHECK_THAT(run.out, Contains("A square and a messenger"));
}

TEST_CASE("new replaces nothing and says what it cannot find", "[cli]") {
  const Program program;
  program.link_scenarios();
  program.folder.write("my_question.yaml", "title: My work\n");
  const Result taken = program("new");
  CHECK(taken.code == 2);
  CHECK(taken.err == "my_question.yaml exists already, and is left as it is; give another name\n");
  CHECK(program.text("my_question.yaml") == "title: My work\n");
  CHECK(program("new x.yaml --from no_bna").err ==
        "--from: no scenarios/no_bna.yaml is found in this folder or above; did you mean 'no_ban'?\n");
  CHECK(program("new x.yaml --from nowhere.yaml").code == 3);
  CHECK(program("new x.yaml --from no_ban --standalone").code == 2);
  CHECK(program("new nowhere/x.yaml").err == "spillway: there is no folder 'nowhere'; make it first\n");
  CHECK(program("new nowhere/x.yaml").code == 3);
}
