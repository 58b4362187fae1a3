#include "study/sweep_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "analysis/outcomes.hpp"
#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/suggest.hpp"
#include "input/difference.hpp"
#include "input/resolved.hpp"
#include "input/source.hpp"
#include "model/version.hpp"
#include "run/lock.hpp"
#include "store/commit.hpp"
#include "store/graph_file.hpp"
#include "study/design_file.hpp"

namespace spillway {

namespace {
namespace fs = std::filesystem;
constexpr std::size_t largest_file = std::size_t{64} << 20;  // chosen: of plan, study and scenario; a data series may be long
constexpr std::size_t most_changes = 12;                     // chosen: what is read before going to look
constexpr std::uint64_t most_runs = 100'000'000;             // chosen: their records would fill any file system's tables

void write_text(const SweepFolder& folder, const std::string& name, const std::string& text) { commit_text(folder.file(name), text); }

/// The study without what its results do not depend on: more replicates may be added, failures met with other limits.
std::string text_that_counts(Study study) {
  study.title.clear();
  study.description.clear();
  study.replicates = 1;
  study.limits = {};
  return resolved_study(study);
}

std::string scenario_that_counts(Scenario scenario) {
  scenario.title.clear();
  scenario.description.clear();
  scenario.caveat.clear();
  return resolved_yaml(scenario);
}

nlohmann::ordered_json read_plan(const SweepFolder& folder) {
  const std::string path = folder.file("plan.json");
  try {
    return nlohmann::ordered_json::parse(read_file(path, largest_file));
  } catch (const nlohmann::json::exception&) {
    throw FileError(path + " is damaged: plan the study anew in another folder (-o DIR), or with --force here");
  }
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

bool counts(const std::string& line) {
  for (const char* key : {"title:", "description:", "replicates:", "limits:"})
    if (line.starts_with(key)) return false;
  return true;
}

/// Lines of one study that the other lacks.
void add_lines(const std::string& mark, const std::string& text, const std::string& other, std::vector<std::string>& changes) {
  const std::vector<std::string> known = lines_of(other);
  for (const std::string& line : lines_of(text))
    if (counts(line) && std::find(known.begin(), known.end(), line) == known.end()) changes.push_back(mark + line);
}

std::vector<std::string> changes_since(const SweepFolder& folder, const LoadedStudy& loaded, const std::string& design) {
  std::vector<std::string> changes;
  const std::string planned = read_plan(folder).value("model_version", "");
  if (planned != std::to_string(model_version))
    changes.push_back(fmt::format("model version {} then, {} now: the same scenario has other results", planned, model_version));
  const std::string then = read_file(folder.file("study.yaml"), largest_file), now = resolved_study(loaded.study);
  add_lines("study then: ", then, now, changes);
  add_lines("study now:  ", now, then, changes);
  const std::string base = read_file(folder.file("scenario.yaml"), largest_file);
  for (const KeyDifference& d : differences(load_scenario_text(base, folder.file("scenario.yaml")).scenario, loaded.base.scenario))
    if (!is_wording(d.key)) changes.push_back(fmt::format("scenario: {}: {} then, {} now", d.key, d.left, d.right));
  if (changes.empty() && read_plan(folder).value("design", "") != hex_text(hash_text(design)))
    changes.push_back("design.csv has other points");
  if (changes.empty()) changes.push_back("the contact network has other contents");
  return changes;
}

[[noreturn]] void refuse_change(const SweepFolder& folder, const LoadedStudy& loaded, const std::string& design,
                                const std::string& way_out) {
  std::vector<std::string> changes = changes_since(folder, loaded, design);
  const std::size_t more = changes.size() > most_changes ? changes.size() - most_changes : 0;
  changes.resize(changes.size() - more);
  std::string text = folder.path() + " holds a sweep of something else; " + way_out;
  for (const std::string& change : changes) text += "\n  " + change;
  if (more > 0) text += fmt::format("\n  and {} more", more);
  throw InputError(text);
}

/// Where the text begins in the line as a word of its own.
std::size_t find_word(const std::string& line, const std::string& text) {
  for (std::size_t at = line.find(text); at != std::string::npos; at = line.find(text, at + 1)) {
    const std::size_t end = at + text.size();
    if (end == line.size() || (std::isalnum(static_cast<unsigned char>(line[end])) == 0 && line[end] != '_')) return at;
  }
  return std::string::npos;
}

std::string unknown_series(const Recording& run, const std::string& name) {
  if (const Variable* found = run.find(name); found != nullptr && !found->dims.empty() && found->dims[0] == "time") return {};
  std::vector<std::string> known;
  for (const Variable& v : run.variables)
    if (v.group.empty() && v.dims.size() > 1 && v.dims[0] == "time") known.push_back(v.name);
  const std::string near = nearest(name, known);
  return "the scenario records no such series" + (near.empty() ? "" : "; did you mean '" + near + "'?");
}

/// Asks a small run for each outcome and series, so that a wrong name is known before a thousand runs.
void check_names(const Sweep& sweep) {
  const Recording run = probe(sweep);
  std::vector<Issue> issues;
  const auto problem = [&](const std::string& key, const std::string& text, const std::string& message) {
    Issue issue = place_of_text(text, sweep.loaded.source_text, sweep.loaded.files.at(0));
    issue.path = key + text;
    issue.message = message;
    issues.push_back(std::move(issue));
  };
  for (const Outcome& outcome : sweep.study().outcomes) {
    try {
      outcome_value(run, outcome);
    } catch (const InputError& error) {
      problem("outcomes: ", outcome.text, error.issues().front().message);
    }
  }
  for (const std::string& name : sweep.study().series)
    if (const std::string message = unknown_series(run, name); !message.empty()) problem("keep.series: ", name, message);
  if (!issues.empty()) throw InputError(std::move(issues));
}

Matrix points_of(const LoadedStudy& loaded) {
  const Study& study = loaded.study;
  const std::uint64_t rows = study.design.kind == DesignKind::file ? 1 : design_rows(study);
  if (rows > most_runs / study.replicates)
    throw InputError(
        fmt::format("{}: {} points with {} replicates are more than {} runs", loaded.files.at(0), rows, study.replicates, most_runs));
  return study.design.kind == DesignKind::file ? read_design(study, study.design.path) : design_points(study, loaded.base_values);
}

void remove_runs(const SweepFolder& folder) {
  std::error_code failed;
  for (const char* name : {"records", "failed", "running", "results.h5", "summary.csv"}) {
    fs::remove_all(folder.file(name), failed);
    if (failed) throw file_error("remove", folder.file(name), failed.value());
  }
}

void write_plan(const Sweep& sweep, const std::string& design) {
  const nlohmann::ordered_json plan{{"schema", "spillway-sweep/1"},
                                    {"id", sweep.id},
                                    {"model_version", std::to_string(model_version)},
                                    {"program_version", std::string(program_version)},
                                    {"design", hex_text(hash_text(design))},
                                    {"points", sweep.points.rows()},
                                    {"replicates", sweep.study().replicates}};
  write_text(sweep.folder, "design.csv", design);
  write_text(sweep.folder, "design.json", salib_problem(sweep.study()));
  write_text(sweep.folder, "study.yaml", resolved_study(sweep.study()));
  write_text(sweep.folder, "scenario.yaml", resolved_yaml(sweep.loaded.base.scenario));
  write_text(sweep.folder, "plan.json", plan.dump(2) + "\n");  // last: with it the sweep is planned
}
}  // namespace

Issue place_of_text(const std::string& text, const std::string& source_text, const std::string& file) {
  const std::vector<std::string> lines = lines_of(source_text);
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (const std::size_t at = find_word(lines[i], text); at != std::string::npos)
      return {file, static_cast<int>(i) + 1, column_of(lines[i], at), {}, {}, lines[i]};
  return {file, 0, 0, {}, {}, {}};
}

std::string sweep_identity(const LoadedStudy& loaded, const std::string& design) {
  std::uint64_t id = hash_text(text_that_counts(loaded.study));
  id = chain(id, hash_text(scenario_that_counts(loaded.base.scenario)));
  id = chain(id, hash_text(design));
  id = chain(id, static_cast<std::uint64_t>(model_version));
  const std::string& contacts = loaded.base.contacts_path;
  if (!contacts.empty()) id = chain(id, content_hash(read_graph(contacts, loaded.base.scenario.population.users)));
  return hex_text(id);
}

bool is_planned(const std::string& folder) {
  std::error_code unknown;
  return fs::is_regular_file(SweepFolder(folder).file("plan.json"), unknown);
}

Sweep plan_sweep(LoadedStudy loaded, const std::string& path, bool force, Simulation simulation) {
  const SweepFolder folder(path);
  Matrix points = points_of(loaded);
  const std::string design = design_csv(loaded.study, points);
  std::string id = sweep_identity(loaded, design);
  Sweep sweep{std::move(loaded), folder, std::move(id), std::move(points), std::move(simulation)};
  const bool planned = is_planned(path);
  if (planned && !force && read_plan(folder).value("id", "") != sweep.id && folder.started())
    refuse_change(folder, sweep.loaded, design, "give another -o DIR, or throw its runs away: spillway sweep plan STUDY --force");
  check_names(sweep);
  if (planned && force) remove_runs(folder);
  folder.make_folders(sweep.points.rows());
  const RunLock lock(folder.file("plan.lock"), folder.path());
  write_plan(sweep, design);
  return sweep;
}

Sweep open_sweep(LoadedStudy loaded, const std::string& path, Simulation simulation) {
  const SweepFolder folder(path);
  if (!is_planned(path))
    throw InputError(fmt::format("{} holds no planned sweep; first: spillway sweep plan {}", path, loaded.files.at(0)));
  const std::string design = read_file(folder.file("design.csv"), std::size_t{1} << 30);
  std::string id = sweep_identity(loaded, design);
  if (read_plan(folder).value("id", "") != id)
    refuse_change(folder, loaded, design, "plan it anew: spillway sweep plan " + loaded.files.at(0) + " -o DIR");
  Matrix points = read_design(loaded.study, folder.file("design.csv"));
  return {std::move(loaded), folder, std::move(id), std::move(points), std::move(simulation)};
}

}  // namespace spillway
