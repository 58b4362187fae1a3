// What the page says of the scenarios: every key with its meaning, and what each world changes.
#pragma once

#include "model/recording.hpp"
#include "report/page_document.hpp"

namespace spillway {

/// From the resolved scenarios that an ensemble carries. A text that this version cannot read (an older file format) leaves the
/// facts empty: the curves are worth showing without them.
ScenarioFacts scenario_facts(const Recording& ensemble);

}  // namespace spillway
