// --set assignments to a study's own keys: levers and outcomes have names with dots, and one design or form takes another's place.
#include <fmt/format.h>

#include <algorithm>

#include "input/study_draft.hpp"
#include "input/study_tables.hpp"

namespace spillway {

namespace {
bool is_group(const std::string& word) { return word == "levers" || word == "uncertainties" || word == "parameters"; }

bool names_range(std::string_view word) {
  return std::any_of(range_keys.begin(), range_keys.end(), [&](const FormRow& row) { return row.name == word; });
}

/// Whether the word says how a factor varies: "uniform", "steps", "keys".
bool is_form(std::string_view word) {
  const bool form = std::any_of(factor_forms.begin(), factor_forms.end(), [&](const FormRow& row) { return row.name == word; });
  return form || names_range(word) || word == "keys";
}

/// Length of the first key in `rest` where keys have dots of their own: one that is there, or all up to a word of forms.
std::size_t dotted_key(const Node* group, const std::string& rest, bool factors) {
  for (const Entry& entry : group != nullptr ? group->entries : std::vector<Entry>())
    if (rest == entry.key || rest.starts_with(entry.key + ".")) return entry.key.size();
  for (std::size_t dot = rest.find('.'); factors && dot != std::string::npos; dot = rest.find('.', dot + 1))
    if (is_form(rest.substr(dot + 1, rest.find('.', dot + 1) - dot - 1))) return dot;
  return rest.size();
}

/// "levers", "habit.memory", "uniform" of levers.habit.memory.uniform.
std::vector<std::string> split_path(const Node& root, const std::string& path) {
  std::vector<std::string> parts;
  std::string rest = path;
  const Node* node = &root;
  while (true) {
    std::size_t length = std::min(rest.find('.'), rest.size());
    const bool variant = parts.size() == 3 && parts[0] == "variants" && parts[2] == "set";
    if (variant || (parts.size() == 1 && (is_group(parts[0]) || parts[0] == "set" || parts[0] == "outcomes")))
      length = dotted_key(node, rest, is_group(parts[0]));
    parts.push_back(rest.substr(0, length));
    const Entry* entry = node != nullptr ? node->find(parts.back()) : nullptr;
    node = entry != nullptr ? &entry->value : nullptr;
    if (length == rest.size()) return parts;
    rest.erase(0, length + 1);
  }
}

Node* child(Node* node, const std::string& key) {
  if (node != nullptr)
    for (Entry& entry : node->entries)
      if (entry.key == key) return &entry.value;
  return nullptr;
}

/// A study has one design and a factor one form: an assignment replaces the other ones, where a map would merge with them.
void make_room(Node& root, std::vector<std::string>& parts, const std::string& value) {
  if (Node* design = child(&root, "design");
      design != nullptr && parts[0] == "design" && (parts.size() == 1 || child(design, parts[1]) == nullptr))
    design->entries.clear();
  if (!is_group(parts[0]) || parts.size() < 2) return;
  Node* factor = child(child(&root, parts[0]), parts[1]);
  if (factor == nullptr || factor->kind != NodeKind::map || value == "null") return;
  if (parts.size() == 2 && value.starts_with('[')) parts.emplace_back("values");  // keys stay
  const bool keys = parts.size() > 2 && parts[2] == "keys";
  const bool range = parts.size() == 3 && names_range(parts[2]);
  std::erase_if(factor->entries, [&](const Entry& entry) {
    const bool same = parts.size() > 2 && entry.key == parts[2];
    return !keys && !same && entry.key != "keys" && !(range && names_range(entry.key));
  });
  if (Node* values = parts.size() == 3 ? child(factor, "values") : nullptr; values != nullptr && parts[2] == "values")
    values->entries.clear();
}

}  // namespace

void apply_to_study(Tree& tree, const std::string& assignment) {
  const std::size_t equals = assignment.find('=');
  std::vector<std::string> parts = split_path(tree.root, assignment.substr(0, equals));
  if (equals != std::string::npos) make_room(tree.root, parts, assignment.substr(equals + 1));
  apply_set(tree, assignment, parts);
}

void add_set(const std::string& assignment, StudyDraft& draft) {
  const auto source = std::make_shared<Source>(Source{"--set", {}, assignment, {assignment}});
  const std::string key = assignment.substr(0, assignment.find('='));
  for (std::size_t i = 0; i < draft.study.sets.size(); ++i)
    if (draft.study.sets[i].starts_with(key + "=")) {
      draft.study.sets.erase(draft.study.sets.begin() + static_cast<std::ptrdiff_t>(i));
      draft.set_places.erase(draft.set_places.begin() + static_cast<std::ptrdiff_t>(i));
      break;
    }
  if (key == "replicate") draft.reading.problem({source, 0, 0}, key, replicate_problem(draft.calibration, true));
  draft.study.sets.push_back(assignment);
  draft.set_places.push_back({source, 0, 0});
}

std::string replicate_problem(bool calibration, bool assignment) {
  if (calibration)
    return fmt::format("is counted by the calibration itself; write {}", assignment ? "method.final_runs=4" : "method: {final_runs: 4}");
  return fmt::format("is counted by the study itself; write {}", assignment ? "replicates=10" : "replicates: 10");
}

std::string first_word(const std::string& assignment) { return assignment.substr(0, assignment.find_first_of(".=")); }

}  // namespace spillway
