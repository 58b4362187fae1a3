#include "cli/print.hpp"

#include <fmt/format.h>

#include <cmath>

namespace spillway {

void say(const std::string& text) { fmt::print(stderr, "{}\n", text); }

nlohmann::ordered_json json_number(double x) { return std::isfinite(x) ? nlohmann::ordered_json(x) : nlohmann::ordered_json(nullptr); }

void print_json_document(const nlohmann::ordered_json& json) {
  fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

nlohmann::ordered_json issues_json(const std::vector<Issue>& issues) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Issue& issue : issues)
    list.push_back(
        {{"file", issue.file}, {"line", issue.line}, {"column", issue.column}, {"path", issue.path}, {"message", issue.message}});
  return list;
}

std::string counted(std::uint64_t n, std::string_view one, std::string_view many) { return fmt::format("{} {}", n, n == 1 ? one : many); }

}  // namespace spillway
