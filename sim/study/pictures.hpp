// Charts as files for slides.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "report/document.hpp"

namespace spillway {

/// Writes each chart as NN-id.svg into the folder (made if missing), and through rsvg-convert, where that is installed, as NN-id.png
/// at twice the size. A note says what is missing. Returns the number of charts; throws FileError.
std::size_t write_pictures(const PageDocument& document, const std::string& folder, const std::function<void(const std::string&)>& notes);

}  // namespace spillway
