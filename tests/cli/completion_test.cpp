// The scripts in real shells: bash is asked what it would offer, zsh and fish at least parse theirs.
#include <catch2/catch.hpp>
#include <sstream>

#include "cli/program.hpp"

using namespace spillway;
using test::Result;

namespace {
// What the library knows of the commands stands in the program alone, so the tests ask the program.
struct Shell {
  test::TemporaryFolder folder;
  Shell() {
    folder.write("mine.yaml", "");
    folder.write("other file.yaml", "");
    folder.write("result.h5", "");
    folder.write("notes.txt", "");
    folder.write("sub/x.yaml", "");
    REQUIRE(test::run_program(folder, "completion bash > script.bash").code == 0);
  }

  /// Offers for the words, the last of which is being typed; one a line, sorted.
  std::string offers(const std::vector<std::string>& words) const {
    std::string line = "source ./script.bash\nCOMP_WORDS=(spillway";
    for (const std::string& word : words) line += " '" + word + "'";
    line += ")\nCOMP_CWORD=" + std::to_string(words.size()) + "\n_spillway spillway\nprintf '%s\\n' \"${COMPREPLY[@]}\" | LC_ALL=C sort\n";
    folder.write("ask.bash", line);
    const Result result = test::run_program(folder, "--version >/dev/null; bash --norc ask.bash");
    CHECK(result.err.empty());
    return result.out;
  }
};

bool has_line(const std::string& text, const std::string& line) { return ("\n" + text).find("\n" + line + "\n") != std::string::npos; }
}  // namespace

TEST_CASE("bash completes commands and options", "[cli]") {
  const Shell shell;
  CHECK(shell.offers({"ch"}) == "check\n");
  CHECK(has_line(shell.offers({""}), "export"));
  CHECK(shell.offers({"check", "--re"}) == "--resolved\n");
  CHECK(shell.offers({"run", "--save"}) == "--save-every\n--save-state\n");
  CHECK(has_line(shell.offers({"run", "mine.yaml", "-"}), "-o"));
  CHECK(shell.offers({"nonsense", "--"}) == "\n");
}

TEST_CASE("bash completes files of the right kind", "[cli]") {
  const Shell shell;
  CHECK(shell.offers({"check", ""}) == "mine.yaml\nother file.yaml\nsub\n");
  CHECK(shell.offers({"check", "oth"}) == "other file.yaml\n");
  CHECK(shell.offers({"export", ""}) == "result.h5\nsub\n");
  CHECK(has_line(shell.offers({"run", "mine.yaml", "-o", ""}), "notes.txt"));
  CHECK(shell.offers({"run", "mine.yaml", "--users", ""}) == "\n");
}

TEST_CASE("bash completes keys of scenarios", "[cli]") {
  const Shell shell;
  CHECK(shell.offers({"run", "mine.yaml", "--set", "platforms.weibo.ads.l"}) == "platforms.weibo.ads.load=\n");
  CHECK(shell.offers({"run", "mine.yaml", "--set", "=", "habit.m"}) == "habit.memory=\n");  // --set=habit.m
  CHECK(shell.offers({"run", "mine.yaml", "--set", "habit.memory", "=", "7"}) == "\n");     // a value is the user's own
  CHECK(shell.offers({"run", "mine.yaml", "--set", "marketplace.link_openness.we"}) ==
        "marketplace.link_openness.wechat=\nmarketplace.link_openness.weibo=\n");
  CHECK(shell.offers({"explain", "adoption.ho"}) == "adoption.homing\n");
  CHECK(shell.offers({"explain", "ha"}) == "habit\nhabit.friends_feed_strength\nhabit.memory\nhabit.strength\n");
}

TEST_CASE("bash completes words", "[cli]") {
  const Shell shell;
  CHECK(shell.offers({"describe", "p"}) == "parameters\nphases\npolicies\n");
  CHECK(shell.offers({"completion", ""}) == "bash\nfish\nzsh\n");
}

TEST_CASE("the scripts of the other shells parse", "[cli]") {
  const test::TemporaryFolder folder;
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    INFO(shell);
    REQUIRE(test::run_program(folder, "completion " + shell + " > script." + shell).code == 0);
    const Result there = test::run_program(folder, "--version >/dev/null; command -v " + shell);
    if (there.code != 0) continue;  // scripts/setup --all installs them
    const Result parsed = test::run_program(folder, "--version >/dev/null; " + shell + " -n script." + shell);
    CHECK(parsed.code == 0);
    CHECK(parsed.err.empty());
  }
}

TEST_CASE("fish offers what the program takes", "[cli]") {
  const test::TemporaryFolder folder;
  if (test::run_program(folder, "--version >/dev/null; command -v fish").code != 0) return;
  folder.write("mine.yaml", "");
  REQUIRE(test::run_program(folder, "completion fish > script.fish").code == 0);
  const auto offers = [&](const std::string& line) {
    return test::run_program(
               folder,
               "--version >/dev/null; HOME=\"$PWD\" fish --no-config -c 'source script.fish; complete -C \"spillway " + line + "\"'")
        .out;
  };
  CHECK(offers("che").find("check\t") == 0);
  CHECK(offers("check --res").find("--resolved\t") == 0);
  CHECK(offers("check mi").find("mine.yaml") == 0);
  CHECK(offers("run mine.yaml --set habit.m").find("habit.memory=") == 0);
  CHECK(offers("explain habit.s").find("habit.strength") == 0);
}

TEST_CASE("completion knows three shells", "[cli]") {
  const test::TemporaryFolder folder;
  CHECK(test::run_program(folder, "completion bahs").err == "there is no completion for 'bahs'; did you mean 'bash'?\n");
  CHECK(test::run_program(folder, "completion tcsh").code == 2);
  CHECK(test::run_program(folder, "completion").code == 2);
}
