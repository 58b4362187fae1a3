// Runs the published experiments and prints one table.
//   validation [ID...]     all, or those named: E1 E4
// Exit code 0 if every target is met but those that the model is known to miss, 1 if one is missed or a known miss is none any more,
// 2 for an unknown id.
#include <algorithm>
#include <cstdio>

#include "validation/experiment.hpp"

namespace spillway::validation {

namespace {
void print_row(const char* id, const char* what, const char* target, const char* result, const char* pass) {
  std::printf("%-4s %-62s %-24s %-24s %s\n", id, what, target, result, pass);
}

const char* verdict(const Finding& finding) {
  if (finding.lacking.empty()) return finding.holds ? "yes" : "NO";
  return finding.holds ? "no longer missed" : "NO, as known";
}

struct Misses {
  int known = 0;       ///< targets missed as stated
  int surprising = 0;  ///< missed, or not missed, against what is stated
};

Misses report(const Experiment& experiment) {
  Misses misses;
  const std::string id(experiment.id), title = std::string(experiment.what) + " " + std::string(experiment.source);
  std::printf("\n%-4s %s\n", id.c_str(), title.c_str());
  std::fflush(stdout);  // the title stands there while the experiment runs
  for (const Finding& finding : experiment.run()) {
    print_row(id.c_str(), finding.what.c_str(), finding.target.c_str(), finding.result.c_str(), verdict(finding));
    if (!finding.lacking.empty()) std::printf("%-4s   why: %s\n", id.c_str(), finding.lacking.c_str());
    misses.known += !finding.lacking.empty() && finding.as_stated() ? 1 : 0;
    misses.surprising += finding.as_stated() ? 0 : 1;
  }
  return misses;
}

std::string conclusion(const Misses& misses) {
  const std::string known = misses.known == 0 ? "" : text(" but %d that the model is known to miss", misses.known);
  if (misses.surprising == 0) return "every target is met" + known;
  return text("%d rows are not as they should be: missed, or no longer missed", misses.surprising);
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
  Misses all;
  for (const Experiment& e : table) {
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), e.id) == wanted.end()) continue;
    const Misses misses = report(e);
    all = {all.known + misses.known, all.surprising + misses.surprising};
  }
  std::printf("\n%s\n", conclusion(all).c_str());
  return all.surprising == 0 ? 0 : 1;
}
}  // namespace

}  // namespace spillway::validation

int main(int count, char** words) { return spillway::validation::validate({words + 1, words + count}); }
