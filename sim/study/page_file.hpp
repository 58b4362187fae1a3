// The page as a file: written whole, never over somebody's work, opened on demand.
#pragma once

#include <functional>
#include <string>

#include "report/document.hpp"

namespace spillway {

/// "output/x.h5" -> "output/x.html".
std::string page_path(const std::string& result_file);

/// A page is made anew as often as one likes; throws InputError for any other file that stands there.
void refuse_foreign_page(const std::string& path);

/// Throws FileError.
void write_page(const PageDocument& document, const std::string& path);

/// In the user's browser, by xdg-open; a note says what to do where there is none.
void open_page(const std::string& path, const std::function<void(const std::string&)>& notes);

}  // namespace spillway
