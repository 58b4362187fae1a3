// A market with closed curves of growth: one platform, no sellers; people join by themselves and after each other.
#pragma once

namespace spillway::testing {

inline constexpr const char* one_platform = R"(title: One platform
time: {start: 2010-01-01, end: 2012-06-30, step: 7 d}
population: {users: 3000, people: 3000000}
suppliers: {count: 0}
platforms:
  a: {launch: 2010-01-01, imitation_rate: 6, innovation_rate: 0.05}
)";

}  // namespace spillway::testing
