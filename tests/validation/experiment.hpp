// A published result that the simulator must show again: the rows of the table that `validation` prints.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spillway::validation {

/// One number of an experiment beside what the publication (or theory) says it is.
struct Finding {
  std::string what;
  std::string target;
  std::string result;
  bool holds;
};

struct Experiment {
  std::string_view id;      ///< as in the list of published results
  std::string_view source;  ///< names as in sim/ODD.md
  std::string_view what;
  std::vector<Finding> (*run)();
};

/// All experiments, in order of their ids.
std::span<const Experiment> experiment_table();

// One file each.
std::vector<Finding> ad_load();
std::vector<Finding> abstinence();
std::vector<Finding> spreading();
std::vector<Finding> network_bounds();

/// Text by a printf format.
std::string text(const char* format, ...) __attribute__((format(printf, 1, 2)));

}  // namespace spillway::validation
