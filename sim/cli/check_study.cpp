#include "cli/check_study.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "analysis/design.hpp"
#include "cli/print.hpp"

namespace spillway {

namespace {
std::string factors_text(const Study& study) {
  const auto levers =
      static_cast<std::size_t>(std::count_if(study.factors.begin(), study.factors.end(), [](const Factor& f) { return f.lever; }));
  std::vector<std::string> parts;
  if (levers > 0) parts.push_back(counted(levers, "lever", "levers"));
  if (levers < study.factors.size()) parts.push_back(counted(study.factors.size() - levers, "uncertainty", "uncertainties"));
  return fmt::format("{}", fmt::join(parts, " and "));
}

std::string points_text(const Study& study, std::uint64_t points) {
  const std::string count = counted(points, "point", "points");
  if (study.design.kind != DesignKind::grid) return fmt::format("{} ({})", count, to_text(study.design.kind));
  std::vector<std::size_t> lengths;
  for (const Factor& factor : study.factors) lengths.push_back(factor.distribution.values.size());
  return lengths.size() == 1 ? count : fmt::format("{} = {}", fmt::join(lengths, " x "), count);
}

std::uint64_t points_of(const Study& study) { return study.design.kind == DesignKind::file ? 0 : design_rows(study); }
}  // namespace

std::string study_sentence(const LoadedStudy& loaded) {
  const Study& study = loaded.study;
  const std::string replicates = counted(study.replicates, "replicate", "replicates");
  if (study.design.kind == DesignKind::file)
    return fmt::format("{}, the points of {}, {}", factors_text(study), std::filesystem::path(study.design.path).filename().string(),
                       replicates);
  const std::uint64_t points = points_of(study);
  return fmt::format("{}, {}, {}: {} of {} users", factors_text(study), points_text(study, points), replicates,
                     counted(points * study.replicates, "run", "runs"), loaded.base.scenario.population.users);
}

void print_study_summary(const LoadedStudy& loaded, bool json, bool strict) {
  const Study& study = loaded.study;
  if (!json) {
    fmt::print("ok: {}: {}{}\n", study.title, study_sentence(loaded),
               loaded.notes.empty() ? "" : "; " + counted(loaded.notes.size(), "note", "notes"));
    return;
  }
  nlohmann::ordered_json document{{"schema", "spillway-check/1"},
                                  {"ok", !strict || loaded.notes.empty()},
                                  {"kind", "study"},
                                  {"title", study.title},
                                  {"scenario", study.scenario},
                                  {"design", std::string(to_text(study.design.kind))},
                                  {"replicates", study.replicates},
                                  {"users", loaded.base.scenario.population.users}};
  if (study.design.kind != DesignKind::file) document["points"] = points_of(study);
  document["factors"] = nlohmann::ordered_json::array();
  for (const Factor& factor : study.factors)
    document["factors"].push_back({{"name", factor.name}, {"role", factor.lever ? "lever" : "uncertainty"}, {"keys", factor.keys}});
  document["outcomes"] = nlohmann::ordered_json::array();
  for (const Outcome& outcome : study.outcomes) document["outcomes"].push_back(outcome.name);
  document["files"] = loaded.files;
  document["notes"] = issues_json(loaded.notes);
  print_json_document(document);
}

}  // namespace spillway
