// Charts of the policies in which worlds differ.
#pragma once

#include "model/recording.hpp"
#include "report/document.hpp"

namespace spillway {

/// One chart for each policy that is not the same in all worlds at all times, of the platforms for which it is not. Of a single
/// world nothing. Of a world that ends early, only the common time is compared.
Section policy_section(const Recording& ensemble);

}  // namespace spillway
