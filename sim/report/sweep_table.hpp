// A gathered sweep as columns of numbers, with names in words: what its charts and sentences are made from.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/recording.hpp"
#include "model/sweep_view.hpp"
#include "report/document.hpp"

namespace spillway {

struct FactorColumn {
  SweepFactor factor;
  std::string label, keys, distribution;
  Role role = Role::lever;
  std::vector<double> values;  ///< by point
};

struct OutcomeColumn {
  std::string name, label, long_name, unit;
  bool percent = false;
  std::vector<double> runs;   ///< by point and replicate; NaN where a run failed, is missing or says nothing
  std::vector<double> means;  ///< by point, over the replicates that are there
};

struct SweepTable {
  std::size_t points = 0, replicates = 0;
  std::string design;
  std::vector<FactorColumn> factors;
  std::vector<OutcomeColumn> outcomes;

  /// Index of the factor of that name; Bug if there is none.
  std::size_t factor_index(const std::string& name) const;
  double run(const OutcomeColumn& outcome, std::size_t point, std::size_t replicate) const {
    return outcome.runs[point * replicates + replicate];
  }
};

SweepTable sweep_table(const Recording& sweep);

/// "0.31", "31 %", "590 million people": a value of an outcome in a sentence.
std::string outcome_value_text(const OutcomeColumn& outcome, double value);

}  // namespace spillway
