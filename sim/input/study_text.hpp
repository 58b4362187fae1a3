// Parts of the canonical text that studies and calibrations share.
#pragma once

#include <string>
#include <vector>

#include "model/study.hpp"

namespace spillway::study_text {

/// In double quotes: JSON's are YAML's.
std::string quoted(const std::string& text);
/// As it is where YAML takes it for the same word, else in quotes.
std::string word(const std::string& text);
/// title, description and scenario, which stands there as the file's name unless `scenario` says what is to stand there.
std::string head(const Study& study, const std::string& scenario = {});
/// The map of the assignments under `key`, which stands at the indentation.
std::string sets(const std::string& key, const std::vector<std::string>& assignments, std::size_t indent = 0);
/// The group of those factors that are levers or not.
std::string factors(const std::string& group, const Study& study, bool levers);
std::string limits(const Limits& limits);

}  // namespace spillway::study_text
