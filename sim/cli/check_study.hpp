// `spillway check STUDY`: what would be run, in a sentence.
#pragma once

#include <string>

#include "input/study.hpp"

namespace spillway {

/// "2 levers, 7 x 6 = 42 points, 10 replicates: 420 runs of 100000 users". Throws InputError where design and factors do not go together.
std::string study_sentence(const LoadedStudy& loaded);

/// One line or a JSON document; `strict`: notes make it not ok.
void print_study_summary(const LoadedStudy& loaded, bool json, bool strict);

}  // namespace spillway
