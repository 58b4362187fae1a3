// Everything that a page says, put together.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/comparison.hpp"
#include "model/recording.hpp"
#include "report/document.hpp"

namespace spillway {

/// What is said about the scenarios; read from their texts by those who can.
struct ScenarioFacts {
  std::vector<std::vector<KeyChange>> changes;                   ///< by world, against the first; may be empty
  std::vector<Assumption> assumptions;                           ///< changed ones first
  std::vector<std::pair<std::string, std::string>> event_texts;  ///< "world/event" -> what it sets
};

/// Of an ensemble; with one world `comparison` is not looked at.
PageDocument page_document(const Recording& ensemble, const Comparison& comparison, ScenarioFacts facts);

}  // namespace spillway
