#include "store/state_info.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "store/file_kind.hpp"
#include "store/state_file.hpp"

namespace spillway {

namespace {
using Rows = std::vector<std::pair<std::string, std::string>>;

/// The scenario's own "title: ..." line.
std::string title_of(const std::string& scenario) {
  constexpr std::string_view key = "title: ";
  return scenario.starts_with(key) ? scenario.substr(key.size(), scenario.find('\n') - key.size()) : "";
}

Rows rows_of(const std::string& path) {
  StateFile file(path);
  const std::uint64_t seal = file.verify();
  const StateIdentity& identity = file.identity();
  return {{"title", title_of(identity.scenario)},        {"date", identity.date},
          {"ticks", std::to_string(identity.ticks)},     {"id", fmt::format("{:016x}", identity.scenario_id)},
          {"program_version", identity.program_version}, {"model_version", std::to_string(identity.model_version)},
          {"contacts_hash", identity.contacts_hash},     {"digest", fmt::format("{:016x}", seal)}};
}
}  // namespace

bool is_state(const std::string& path) { return kind_of_file(path) == FileKind::state; }

std::string state_text(const std::string& path) {
  std::string text = fmt::format("{:<16} {}\n{:<16} saved state, intact\n", "file", path, "kind");
  for (const auto& [name, value] : rows_of(path))
    if (!value.empty()) text += fmt::format("{:<16} {}\n", name, value);
  return text;
}

std::string state_json(const std::string& path) {
  nlohmann::ordered_json json{{"schema", "spillway-state/1"}, {"file", path}};
  for (const auto& [name, value] : rows_of(path)) json[name] = value;
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string state_digest(const std::string& path) { return rows_of(path).back().second; }

}  // namespace spillway
