#include "run/state_identity.hpp"

#include <sstream>

#include "base/hash.hpp"
#include "model/state.hpp"
#include "model/version.hpp"
#include "observe/observables.hpp"

namespace spillway {

namespace {
/// One line per thing stored whose absence or width would make an old state unreadable.
std::string layout_of(const World& world) {
  std::string text;
  for (const ColumnData& column : world.columns)
    text += "column " + column_name(column) + " " + std::to_string(static_cast<int>(column.cell)) + "\n";
  for (const Observable& row : observable_table())
    if (row.needed(world.scenario)) text += "series " + std::string(row.name) + "\n";
  for (const PolicyRow& row : policy_rows()) text += "policy " + row.name + "\n";
  return text + "counts " + std::to_string(count_kinds) + " columns " + std::to_string(column_count) + "\n";
}

/// First line in which two resolved scenarios differ, in words; empty if they agree.
std::string first_difference(const std::string& found, const std::string& wanted, EndDate end) {
  std::istringstream there(found), here(wanted);
  std::string block;
  for (int line = 1;; ++line) {
    std::string a, b;
    const bool more_there = static_cast<bool>(std::getline(there, a)), more_here = static_cast<bool>(std::getline(here, b));
    if (!more_there && !more_here) return {};
    if (!b.empty() && b[0] != ' ') block = b;
    if (end == EndDate::free && block == "time:" && a.starts_with("  end: ") && b.starts_with("  end: ")) continue;
    if (a == b) continue;
    const auto trimmed = [](const std::string& text) { return text.substr(std::min(text.find_first_not_of(' '), text.size())); };
    return "resolved line " + std::to_string(line) + " is '" + trimmed(a) + "' there and '" + trimmed(b) + "' here";
  }
}
}  // namespace

StateIdentity identity_of(const World& world, const std::string& resolved, const std::string& contacts_hash) {
  StateIdentity identity;
  identity.scenario = resolved;
  identity.scenario_id = hash_text(resolved);
  identity.contacts_hash = contacts_hash;
  identity.layout = layout_of(world);
  identity.program_version = program_version;
  identity.model_version = model_version;
  identity.date = to_text(world.scenario.time.start);
  return identity;
}

std::string mismatch(const StateIdentity& found, const StateIdentity& wanted, EndDate end) {
  if (found.model_version != wanted.model_version)
    return "it was made by model version " + std::to_string(found.model_version) + ", this program has " +
           std::to_string(wanted.model_version);
  if (const std::string difference = first_difference(found.scenario, wanted.scenario, end); !difference.empty())
    return "it belongs to another scenario: " + difference;
  if (found.contacts_hash != wanted.contacts_hash) return "it belongs to another contact network";
  if (found.layout != wanted.layout) return "it was made by another build of the program, which stores other columns or series";
  return {};
}

}  // namespace spillway
