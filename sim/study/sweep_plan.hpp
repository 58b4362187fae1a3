// From a study to a planned sweep: points computed once and written down, so that whoever runs a part only reads them.
#pragma once

#include <cstdint>
#include <string>

#include "study/sweep.hpp"

namespace spillway {

/// Computes the design and writes the folder's plan. A folder that holds this very plan stays as it is; more replicates may be asked
/// for. Throws InputError, with the difference, where runs of another study stand there, and where an outcome or a kept series does not
/// exist; FileError. `force` throws the old runs away.
Sweep plan_sweep(LoadedStudy loaded, const std::string& folder, bool force, Simulation simulation = simulate_market);

/// The sweep that plan_sweep wrote. Throws InputError where there is no plan, or where study, scenario, design or program changed
/// since, with the difference.
Sweep open_sweep(LoadedStudy loaded, const std::string& folder, Simulation simulation = simulate_market);

/// Where in the study's file the text stands first as a word of its own; nowhere after --set.
Issue place_of_text(const std::string& text, const std::string& source_text, const std::string& file);

/// Hash of everything that results of this study at these points (the text of design.csv) depend on. Throws FileError.
std::string sweep_identity(const LoadedStudy& loaded, const std::string& design);

/// Whether a plan stands in the folder.
bool is_planned(const std::string& folder);

}  // namespace spillway
