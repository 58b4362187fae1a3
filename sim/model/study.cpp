#include "model/study.hpp"

#include <algorithm>
#include <iterator>

#include "model/sensitivity.hpp"

namespace spillway {

std::string_view to_text(DistributionKind kind) {
  static constexpr std::string_view words[] = {"uniform", "loguniform", "normal", "values"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view to_text(DesignKind kind) {
  static constexpr std::string_view words[] = {"grid",  "list",     "one_at_a_time", "random", "latin_hypercube",
                                               "sobol", "saltelli", "morris",        "file"};
  static_assert(std::size(words) == static_cast<std::size_t>(DesignKind::file) + 1);
  return words[static_cast<std::size_t>(kind)];
}

std::string_view to_text(SensitivityMethod method) {
  static constexpr std::string_view words[] = {"morris", "sobol", "prcc"};
  return words[static_cast<std::size_t>(method)];
}

std::vector<std::string> kept_series(const Study& study) {
  if (study.keep == Keep::none || !study.series.empty()) return study.keep == Keep::none ? std::vector<std::string>{} : study.series;
  std::vector<std::string> names;
  for (const Outcome& outcome : study.outcomes)
    if (std::find(names.begin(), names.end(), outcome.observable) == names.end()) names.push_back(outcome.observable);
  return names;
}

}  // namespace spillway
