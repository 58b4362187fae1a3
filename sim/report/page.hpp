// One self-contained HTML page that opens from disk.
#pragma once

#include <string>
#include <string_view>

#include "report/document.hpp"

namespace spillway {

/// `page_template` with the document in its place. Bug if the template has no place for it.
std::string page(const PageDocument& document, std::string_view page_template);

/// Whether a file's text is such a page, so that it may be written anew.
bool is_page(std::string_view text);

}  // namespace spillway
