// The reference of the result file, written from the tables that make it: output/README.md.
#pragma once

#include <string>

namespace spillway {

/// Markdown; a test compares it with the committed file.
std::string output_manual();

/// The phase table as text: order, scope, columns read and written.
std::string phases_text();

/// The observable table as text.
std::string observables_text();

}  // namespace spillway
