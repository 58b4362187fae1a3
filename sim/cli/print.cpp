#include "cli/print.hpp"

#include <fmt/format.h>

#include <cmath>

namespace spillway {

void say(const std::string& text) { fmt::print(stderr, "{}\n", text); }

nlohmann::ordered_json json_number(double x) { return std::isfinite(x) ? nlohmann::ordered_json(x) : nlohmann::ordered_json(nullptr); }

void print_json_document(const nlohmann::ordered_json& json) {
  fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace spillway
