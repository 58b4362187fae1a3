#include "cli/print.hpp"

#include <fmt/format.h>

namespace spillway {

void print_json_document(const nlohmann::ordered_json& json) {
  fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace spillway
