#include "report/sweep_document.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "report/influence.hpp"
#include "report/sweep_answer.hpp"
#include "report/sweep_charts.hpp"
#include "report/sweep_table.hpp"
#include "report/sweep_words.hpp"
#include "report/words.hpp"

namespace spillway {

namespace {
std::size_t count_in(const Recording& sweep, std::string_view attribute) {
  return static_cast<std::size_t>(std::strtoull(sweep.attribute(attribute).c_str(), nullptr, 10));
}

/// Keys stand with blanks between.
std::string listed(const std::string& keys) {
  std::string text;
  for (const char c : keys) text += c == ' ' ? std::string(", ") : std::string(1, c);
  return text;
}

std::vector<PageFactor> factors_of(const SweepTable& table) {
  std::vector<PageFactor> found;
  for (const FactorColumn& f : table.factors) {
    const std::string keys = listed(f.keys);
    found.push_back(
        {f.factor.name, f.label, f.role, keys == f.factor.name ? "" : keys, f.distribution, plain_unit(f.factor.unit), f.factor.long_name});
  }
  return found;
}

std::vector<std::string> failures(const Recording& sweep) {
  const std::size_t done = count_in(sweep, "runs_done"), failed = count_in(sweep, "runs_failed"), missing = count_in(sweep, "runs_missing");
  std::vector<std::string> found;
  if (failed + missing == 0) return found;
  const std::string all = with_commas(std::to_string(done + failed + missing));
  if (failed > 0)
    found.push_back(fmt::format("{} of {} runs failed; means are over those that did not.", with_commas(std::to_string(failed)), all));
  if (missing > 0)
    found.push_back(
        fmt::format("{} of {} runs are not there yet: the sweep was gathered before its end.", with_commas(std::to_string(missing)), all));
  return found;
}

/// "saltelli design, 256 samples, seed 1; 2,560 points of 4 replicates": only what such a design has.
std::string design_text(const Recording& sweep, const SweepTable& table) {
  struct Part {
    std::string_view attribute, form, designs;
  };
  constexpr Part parts[] = {{"design_samples", ", {} samples", "random latin_hypercube sobol saltelli"},
                            {"design_trajectories", ", {} trajectories", "morris"},
                            {"design_levels", ", {} levels", "morris"},
                            {"design_seed", ", seed {}", "random latin_hypercube sobol saltelli morris"}};
  std::string text = in_words(table.design) + " design";
  for (const Part& part : parts)
    if (const std::string value = sweep.attribute(part.attribute);
        !value.empty() && part.designs.find(table.design) != std::string_view::npos)
      text += fmt::format(fmt::runtime(part.form), value);
  text += fmt::format("; {} points", with_commas(std::to_string(table.points)));
  return text + (table.replicates > 1 ? fmt::format(" of {} replicates", table.replicates) : ", one run each");
}

std::string how_to_read(const SweepTable& table, const Sensitivity* sensitivity) {
  std::string text = fmt::format("{} points of the design were run{}", with_commas(std::to_string(table.points)),
                                 table.replicates > 1 ? fmt::format(", {} times each with other luck", table.replicates) : ", once each");
  if (sensitivity == nullptr) return text + ".";
  return text +
         fmt::format("; {}, in brackets {:.3g} % bootstrap intervals.", method_name(sensitivity->method), 100 * sensitivity->confidence);
}

PageFooter footer_of(const Recording& sweep, const SweepTable& table, const Sensitivity* sensitivity) {
  PageFooter footer;
  footer.program = "spillway " + sweep.attribute("program_version");
  footer.model = sweep.attribute("model_version");
  footer.commit = sweep.attribute("git_commit");
  footer.seed = sweep.attribute("seed");
  footer.users = with_commas(sweep.attribute("agents"));
  for (const auto& [name, value] : sweep.timing)
    if (name == "created") footer.created = value;
  footer.confidence = sensitivity == nullptr ? "" : fmt::format("{:.3g} %", 100 * sensitivity->confidence);
  footer.design = design_text(sweep, table);
  return footer;
}
}  // namespace

PageDocument sweep_document(const Recording& sweep, const Sensitivity* sensitivity) {
  const SweepTable table = sweep_table(sweep);
  SweepAnswer answer = sweep_answer(table, sensitivity);
  PageDocument document;
  document.title = sweep.attribute("title");
  document.answer = std::move(answer.sentence);
  document.details = std::move(answer.details);
  document.details.push_back(how_to_read(table, sensitivity));
  document.caveat = sweep.attribute("caveat");
  document.warnings = failures(sweep);
  if (sensitivity != nullptr) document.warnings.insert(document.warnings.end(), sensitivity->warnings.begin(), sensitivity->warnings.end());
  document.factors = factors_of(table);
  document.sections = sweep_charts(table, sensitivity);
  document.footer = footer_of(sweep, table, sensitivity);
  return document;
}

}  // namespace spillway
