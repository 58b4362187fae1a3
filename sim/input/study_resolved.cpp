// The study as one canonical text, every default written out.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "input/study.hpp"
#include "input/study_tables.hpp"
#include "input/study_text.hpp"

namespace spillway {

namespace {
using study_text::quoted;
using study_text::word;

std::string design_text(const Design& design) {
  if (design.kind == DesignKind::file)
    return fmt::format("design: {{file: {}}}\n", quoted(std::filesystem::path(design.path).filename().string()));
  const DesignRow& row = design_rows_table()[static_cast<std::size_t>(design.kind)];
  if (row.options.empty()) return fmt::format("design: {}\n", to_text(design.kind));
  std::vector<std::string> options;
  for (const DesignOption& option : row.options)
    options.push_back(option.flag != nullptr ? fmt::format("{}: {}", option.name, design.*option.flag)
                                             : fmt::format("{}: {}", option.name, design.*option.number));
  return fmt::format("design: {{{}: {{{}}}}}\n", to_text(design.kind), fmt::join(options, ", "));
}

std::string keep_text(const Study& study) {
  const std::string_view kept = keep_words[static_cast<std::size_t>(study.keep)];
  if (study.series.empty()) return fmt::format("keep: {}\n", kept);
  std::vector<std::string> series;
  for (const std::string& name : study.series) series.push_back(word(name));
  return fmt::format("keep: {{trajectories: {}, series: [{}]}}\n", kept, fmt::join(series, ", "));
}

}  // namespace

std::string resolved_study(const Study& study, const std::string& scenario) {
  std::string text = study_text::head(study, scenario) + study_text::sets("set", study.sets);
  text += study_text::factors("levers", study, true) + study_text::factors("uncertainties", study, false) + design_text(study.design);
  text += fmt::format("replicates: {}\ncommon_random_numbers: {}\noutcomes:\n", study.replicates, study.common_random_numbers);
  const bool named = std::any_of(study.outcomes.begin(), study.outcomes.end(), [](const Outcome& o) { return o.name != o.text; });
  for (const Outcome& outcome : study.outcomes)
    text += fmt::format("  {} {}\n", named ? word(outcome.name) + ":" : "-", quoted(outcome.text));
  return text + keep_text(study) + study_text::limits(study.limits);
}

}  // namespace spillway
