// Runs the published experiments and prints one table.
//   validation [ID...]     all, or those named: E1 E4
// Exit code 0 if every target is met, 1 if one is missed, 2 for an unknown id.
#include <algorithm>
#include <cstdio>

#include "validation/experiment.hpp"

namespace spillway::validation {

namespace {
void print_row(const char* id, const char* what, const char* target, const char* result, const char* pass) {
  std::printf("%-4s %-62s %-24s %-24s %s\n", id, what, target, result, pass);
}

/// Number of targets missed.
int report(const Experiment& experiment) {
  int missed = 0;
  const std::string id(experiment.id), title = std::string(experiment.what) + " " + std::string(experiment.source);
  std::printf("\n%-4s %s\n", id.c_str(), title.c_str());
  std::fflush(stdout);  // the title stands there while the experiment runs
  for (const Finding& finding : experiment.run()) {
    print_row(id.c_str(), finding.what.c_str(), finding.target.c_str(), finding.result.c_str(), finding.holds ? "yes" : "NO");
    missed += finding.holds ? 0 : 1;
  }
  return missed;
}

int validate(const std::vector<std::string>& wanted) {
  const auto table = experiment_table();
  for (const std::string& id : wanted) {
    if (std::any_of(table.begin(), table.end(), [&](const Experiment& e) { return e.id == id; })) continue;
    std::fprintf(stderr, "no experiment is called '%s'; there are:", id.c_str());
    for (const Experiment& e : table) std::fprintf(stderr, " %s", std::string(e.id).c_str());
    std::fprintf(stderr, "\n");
    return 2;
  }
  print_row("id", "what", "target", "result", "pass");
  int missed = 0;
  for (const Experiment& e : table)
    if (wanted.empty() || std::find(wanted.begin(), wanted.end(), e.id) != wanted.end()) missed += report(e);
  std::printf("\n%s\n", missed == 0 ? "every target is met" : text("%d targets are missed", missed).c_str());
  return missed == 0 ? 0 : 1;
}
}  // namespace

}  // namespace spillway::validation

int main(int count, char** words) { return spillway::validation::validate({words + 1, words + count}); }
