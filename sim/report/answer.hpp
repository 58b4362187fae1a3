// The answer in one sentence, and the sentences below it.
#pragma once

#include <string>
#include <vector>

#include "model/comparison.hpp"
#include "model/recording.hpp"

namespace spillway {

struct Answer {
  std::string question;  ///< the other worlds' titles; empty for a single run
  std::string sentence;  ///< answers it; with several other worlds it starts with the title that it is about
  std::vector<std::string> details;
};

/// Of several worlds: the monthly active users that differ most, relative to the first world, at the end; else whatever else
/// differs beyond noise; else that nothing does. Details have a sentence for each further world, when they part and how to read
/// the page.
Answer answer_of(const Recording& ensemble, const Comparison& comparison);

/// Of one world: how many use each platform at the end, and when the first passed the second.
Answer answer_of(const Recording& ensemble);

}  // namespace spillway
