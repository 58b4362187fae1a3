#include "report/page.hpp"

#include "base/error.hpp"
#include "report/page_json.hpp"

namespace spillway {

namespace {
constexpr std::string_view placeholder = R"({"schema":"spillway-page/0"})", mark = R"({"schema":"spillway-page/)";

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

// Inside a script element "</" may end it and "<!--" may change what ends it. In JSON both stand in texts only.
std::string for_script(std::string json) {
  replace_all(json, "</", "<\\/");
  replace_all(json, "<!", "\\u003c!");
  return json;
}
}  // namespace

std::string page(const PageDocument& document, std::string_view page_template) {
  const std::size_t at = page_template.find(placeholder);
  require(at != std::string_view::npos, "the page's template has no place for the document");
  std::string text(page_template.substr(0, at));
  text += for_script(page_json(document));
  text += page_template.substr(at + placeholder.size());
  return text;
}

bool is_page(std::string_view text) { return text.find(mark) != std::string_view::npos; }

}  // namespace spillway
