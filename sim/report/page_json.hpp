// The page's document as JSON (schema "spillway-page/1"), which the page draws and scripts may read.
#pragma once

#include <string>

#include "report/document.hpp"

namespace spillway {

/// Numbers have five significant digits; NaN is null. Valid UTF-8 whatever the texts hold.
std::string page_json(const PageDocument& document);

}  // namespace spillway
