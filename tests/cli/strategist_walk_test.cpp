// What the README promises to somebody who does not program: a question, a slip, its mending, an answer. Only commands that the README
// shows are used.
#include <catch2/catch.hpp>
#include <sstream>

#include "cli/program.hpp"

using namespace spillway;
using Catch::Contains;
using test::Result;

namespace {
std::string read(const std::string& path) {
  std::ostringstream all;
  all << std::ifstream(path).rdbuf();
  return all.str();
}

/// A working copy of what a strategist has: the scenarios, in a folder to work in.
class Walk {
 public:
  Walk() { std::filesystem::copy(SPILLWAY_SOURCE_DIR "/scenarios", folder_ / "scenarios", std::filesystem::copy_options::recursive); }

  Result operator()(const std::string& arguments) const {
    INFO("README.md shows: spillway " << arguments);
    CHECK(readme_.find("spillway " + arguments) != std::string::npos);
    return test::run_program(folder_, arguments);
  }

  std::string text(const std::string& file) const { return read(folder_ / file); }

  /// What an editor does.
  void edit(const std::string& file, const std::string& from, const std::string& to) const {
    std::string text = read(folder_ / file);
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    folder_.write(file, text.replace(at, from.size(), to));
  }

 private:
  test::TemporaryFolder folder_;
  std::string readme_ = read(SPILLWAY_SOURCE_DIR "/README.md");
};
}  // namespace

TEST_CASE("a strategist's walk: new, edit, check, mend, diff, compare, page", "[cli]") {
  const Walk spillway;
  const std::string mine = "scenarios/my_question.yaml";
  const Result made = spillway("new " + mine);
  CHECK(made.code == 0);
  CHECK_THAT(made.out, Contains("spillway check " + mine));

  // The date of the event is hers; the name slips.
  spillway.edit(mine, "weibo_feed_ads: {on: 2014-01-17}", "weibo_fede_ads: {on: 2015-01-17}");
  Result checked = spillway("check " + mine);
  CHECK(checked.code == 2);
  CHECK_THAT(checked.err, Contains(mine + ":") && Contains("did you mean 'weibo_feed_ads'?"));
  spillway.edit(mine, "weibo_fede_ads", "weibo_feed_ads");

  // One of the ideas; a key slips.
  spillway.edit(mine, "# habit: {memory: 40 d}", "habit: {memry: 40 d}");
  checked = spillway("check " + mine);
  CHECK(checked.code == 2);
  CHECK_THAT(checked.err, Contains("habit.memry: unknown key; did you mean 'memory'?"));
  spillway.edit(mine, "memry", "memory");

  checked = spillway("check " + mine);
  CHECK(checked.code == 0);
  CHECK(checked.err.empty());
  CHECK_THAT(spillway("diff " + mine).out, Contains("\nhabit.memory                     21 d        40 d\n") &&
                                               Contains("\ninterventions.weibo_feed_ads.on  2013-01-17  2015-01-17\n"));

  const Result compared = spillway("compare scenarios/history.yaml " + mine + " --users 1e5");
  CHECK(compared.code == 0);
  CHECK_THAT(compared.out, Contains("my_question: ") && Contains("monthly active users, wechat") && Contains("part from "));
  const Result page = spillway("report output/history-vs-my_question.h5");
  CHECK(page.code == 0);
  CHECK_THAT(page.out, Contains("at the end of 2016"));
  CHECK_THAT(spillway.text("output/history-vs-my_question.html"), Contains("monthly_active_users") && Contains("</html>"));
}
