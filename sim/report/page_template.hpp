// The page that shows results, as `npm run build` in report/page/ made it, before anything is filled in.
#pragma once

#include <string_view>

namespace spillway {

/// One HTML file that needs nothing else. Holds the placeholder {"schema":"spillway-page/0"} once, where the document goes.
std::string_view page_template();

}  // namespace spillway
