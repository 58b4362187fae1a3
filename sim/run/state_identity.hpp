// Whether a saved state belongs to the run at hand.
#pragma once

#include <string>

#include "model/world.hpp"
#include "store/state_file.hpp"

namespace spillway {

/// Of a run before its first tick: the scenario as resolved, the program's model and what it stores.
StateIdentity identity_of(const World& world, const std::string& resolved, const std::string& contacts_hash);

enum class EndDate { same, free };  ///< free: time.end may differ, as nothing before it depends on it

/// Why a state cannot go on as the run `wanted`, "it belongs to another scenario: line 11 is ..."; empty if it can.
std::string mismatch(const StateIdentity& found, const StateIdentity& wanted, EndDate end);

}  // namespace spillway
