#include "input/load.hpp"

#include <algorithm>
#include <filesystem>

#include "input/overlay.hpp"
#include "input/reader.hpp"
#include "model/validate.hpp"

namespace spillway {

namespace {
/// "time" of "time.end", "platforms.weibo" of "platforms.weibo.ads.load".
std::string section_of(const std::string& path) {
  const bool by_name = path.starts_with("platforms.") || path.starts_with("interventions.");
  std::size_t end = path.find('.');
  if (by_name) end = path.find('.', end + 1);
  return path.substr(0, end);
}

/// A rule that looks at keys which could not be read would accuse innocent ones.
bool is_consequence(const std::string& path, const std::vector<Issue>& issues) {
  const std::string section = section_of(path);
  return std::any_of(issues.begin(), issues.end(), [&](const Issue& issue) {
    const std::string broken = section_of(issue.path);
    return broken == section || (broken == "time" && section == "record") ||
           (broken == "platforms" && path.starts_with("interventions.")) || (path == "platforms" && broken.starts_with("platforms"));
  });
}

void check_rules(const Node& root, const Scenario& scenario, Reading& reading) {
  const std::vector<Issue> before = reading.issues;
  for (const Problem& problem : find_problems(scenario))
    if (!is_consequence(problem.path, before)) reading.problem(find_place(root, problem.path), problem.path, problem.message);
}

void throw_if_any(std::vector<Issue> issues, const std::vector<std::string>& files) {
  if (issues.empty()) return;
  sort_by_place(issues, files);
  throw InputError(std::move(issues));
}

/// `tree` becomes the scenario's own: it is changed by `sets`.
LoadedScenario read_tree(Tree tree, const std::vector<std::string>& sets, Reading& reading) {
  for (const std::string& assignment : sets) apply_set(tree, assignment);
  reading.issues.insert(reading.issues.end(), tree.issues.begin(), tree.issues.end());
  LoadedScenario loaded;
  loaded.scenario = read_scenario(tree.root, reading);
  complete(loaded.scenario);
  Population& population = loaded.scenario.population;
  for (DataSeries* series : {&population.people, &population.phones})  // a constant has no date: one form for the echo
    if (series->points.size() == 1) series->points[0].first = loaded.scenario.time.start;
  if (tree.root.kind == NodeKind::map) check_rules(tree.root, loaded.scenario, reading);
  loaded.files = std::move(tree.files);
  loaded.files.insert(loaded.files.end(), reading.files.begin(), reading.files.end());
  if (const std::string& path = loaded.scenario.contacts.path; !path.empty())
    loaded.contacts_path = resolve_path(find_place(tree.root, "contacts.path").source->directory, path);
  return loaded;
}

LoadedScenario load(Tree tree, const std::vector<std::string>& sets, const SeriesFiles* known) {
  Reading reading;
  reading.known_series = known;
  LoadedScenario loaded = read_tree(std::move(tree), sets, reading);
  throw_if_any(std::move(reading.issues), loaded.files);
  loaded.notes = std::move(reading.notes);
  sort_by_place(loaded.notes, loaded.files);
  return loaded;
}

Tree tree_of(const SourcePtr& source) {
  Tree tree = load_tree(source);
  if (!tree.root.place.source) tree.root.place.source = source;
  return tree;
}

std::string folder_of(const std::string& path) { return std::filesystem::path(path).parent_path().string(); }
}  // namespace

LoadedScenario load_scenario_text(std::string text, const std::string& file_name, const std::string& directory,
                                  const std::vector<std::string>& sets) {
  LoadedScenario loaded = load(tree_of(make_source(file_name, directory, text, largest_yaml)), sets, nullptr);
  loaded.source_text = std::move(text);
  loaded.directory = directory;
  return loaded;
}

LoadedScenario load_scenario(const std::string& path, const std::vector<std::string>& sets) {
  return load_scenario_text(read_file(path, largest_yaml), path, folder_of(path), sets);
}

struct ScenarioTemplate::Parsed {
  std::string source_text, directory;
  Tree tree;
  SeriesFiles series;
};

ScenarioTemplate::ScenarioTemplate(const std::string& path) {
  auto parsed = std::make_unique<Parsed>();
  parsed->source_text = read_file(path, largest_yaml);
  parsed->directory = folder_of(path);
  parsed->tree = tree_of(make_source(path, parsed->directory, parsed->source_text, largest_yaml));
  Reading reading;  // its issues come again in load(), where assignments may have mended them
  read_tree(parsed->tree, {}, reading);
  parsed->series = std::move(reading.series);
  parsed_ = std::move(parsed);
}

ScenarioTemplate::~ScenarioTemplate() = default;
ScenarioTemplate::ScenarioTemplate(ScenarioTemplate&&) noexcept = default;
ScenarioTemplate& ScenarioTemplate::operator=(ScenarioTemplate&&) noexcept = default;

LoadedScenario ScenarioTemplate::load(const std::vector<std::string>& sets) const {
  LoadedScenario loaded = spillway::load(parsed_->tree, sets, &parsed_->series);
  loaded.source_text = parsed_->source_text;
  loaded.directory = parsed_->directory;
  return loaded;
}

std::string extended_file(const std::string& path) {
  const Tree tree = load_tree(make_source(path, folder_of(path), read_file(path, largest_yaml), largest_yaml));
  return tree.files.size() > 1 ? tree.files[1] : std::string();
}

}  // namespace spillway
