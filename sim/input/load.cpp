#include "input/load.hpp"

#include <algorithm>
#include <filesystem>
#include <tuple>

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

void sort_by_place(std::vector<Issue>& issues, const std::vector<std::string>& files) {
  const auto rank = [&](const Issue& issue) { return std::find(files.begin(), files.end(), issue.file) - files.begin(); };
  std::stable_sort(issues.begin(), issues.end(), [&](const Issue& a, const Issue& b) {
    return std::tuple(rank(a), a.line, a.column) < std::tuple(rank(b), b.line, b.column);
  });
}

void throw_if_any(std::vector<Issue> issues, const std::vector<std::string>& files) {
  if (issues.empty()) return;
  sort_by_place(issues, files);
  throw InputError(std::move(issues));
}

LoadedScenario load(const SourcePtr& source, const std::vector<std::string>& sets) {
  Tree tree = load_tree(source);
  for (const std::string& assignment : sets) apply_set(tree, assignment);
  Reading reading{std::move(tree.issues), {}, {}};
  if (!tree.root.place.source) tree.root.place.source = source;
  LoadedScenario loaded;
  loaded.scenario = read_scenario(tree.root, reading);
  complete(loaded.scenario);
  auto& points = loaded.scenario.population.people.points;
  if (points.size() == 1) points[0].first = loaded.scenario.time.start;  // a constant has no date: one form for the echo
  if (tree.root.kind == NodeKind::map) check_rules(tree.root, loaded.scenario, reading);
  loaded.files = std::move(tree.files);
  loaded.files.insert(loaded.files.end(), reading.files.begin(), reading.files.end());
  throw_if_any(std::move(reading.issues), loaded.files);
  loaded.notes = std::move(reading.notes);
  sort_by_place(loaded.notes, loaded.files);
  if (const std::string& path = loaded.scenario.contacts.path; !path.empty())
    loaded.contacts_path = resolve_path(find_place(tree.root, "contacts.path").source->directory, path);
  return loaded;
}
}  // namespace

LoadedScenario load_scenario_text(std::string text, const std::string& file_name, const std::string& directory,
                                  const std::vector<std::string>& sets) {
  LoadedScenario loaded = load(make_source(file_name, directory, text, largest_yaml), sets);
  loaded.source_text = std::move(text);
  loaded.directory = directory;
  return loaded;
}

LoadedScenario load_scenario(const std::string& path, const std::vector<std::string>& sets) {
  return load_scenario_text(read_file(path, largest_yaml), path, std::filesystem::path(path).parent_path().string(), sets);
}

std::string extended_file(const std::string& path) {
  const std::string directory = std::filesystem::path(path).parent_path().string();
  const Tree tree = load_tree(make_source(path, directory, read_file(path, largest_yaml), largest_yaml));
  return tree.files.size() > 1 ? tree.files[1] : std::string();
}

}  // namespace spillway
