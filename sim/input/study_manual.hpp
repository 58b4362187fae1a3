// Part of the scenario manual: study files.
#pragma once

#include <string>

namespace spillway {

/// The section "Studies" as Markdown, with an empty line before it.
std::string study_manual();

}  // namespace spillway
