#include <array>

#include "validation/experiment.hpp"

namespace spillway::validation {

namespace {
constexpr std::array<Experiment, 5> table{{
    {"E1", "[Goli25]", "ads in internet radio: nine loads for 21 months", ad_load},
    {"E4", "[Allcott20] [Allcott22]", "weeks without a platform, or paid to use it less", abstinence},
    {"E7", "[Karsai14]", "how a free service spreads and is given up", spreading},
    {"E9", "[Kotaku19] [Foerderer25]", "a star leaves for a small rival", star_leaves},
    {"E17", "[Fibich10] [Fibich23]", "diffusion on networks between isolated pairs and complete mixing", network_bounds},
}};
}  // namespace

std::span<const Experiment> experiment_table() { return table; }

}  // namespace spillway::validation
