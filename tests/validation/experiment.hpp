// A published result that the simulator must show again: the rows of the table that `validation` prints.
#pragma once

#include <cstdio>
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
  std::string lacking = {};  ///< for a target that the model is known to miss: what it lacks. Such a row must go on missing
  bool as_stated() const { return holds == lacking.empty(); }
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
std::vector<Finding> star_leaves();
std::vector<Finding> network_bounds();

/// Text by a printf format, up to 255 characters.
template <class... Values>
std::string text(const char* format, Values... values) {
  char out[256];
  std::snprintf(out, sizeof out, format, values...);
  return out;
}

}  // namespace spillway::validation
