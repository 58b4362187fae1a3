// Memory that the machine could give us now.
#pragma once

#include <cstdint>

namespace spillway {

/// In bytes, without pushing anything out of memory; 0 if the system does not say.
std::uint64_t free_memory();

}  // namespace spillway
