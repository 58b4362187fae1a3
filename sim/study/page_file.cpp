#include "study/page_file.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <span>
#include <sstream>

#include "base/error.hpp"
#include "report/page.hpp"
#include "report/page_template.hpp"
#include "store/commit.hpp"
#include "study/tool.hpp"

namespace spillway {

std::string page_path(const std::string& result_file) { return std::filesystem::path(result_file).replace_extension(".html").string(); }

void refuse_foreign_page(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return;  // anything else is refused when it is written
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  if (!is_page(text.str())) throw InputError(path + " exists and is no page of Spillway's: give another -o FILE, or --force to replace it");
}

void write_page(const PageDocument& document, const std::string& path) {
  const std::string text = page(document, page_template());
  commit_text(path, text);
}

void open_page(const std::string& path, const std::function<void(const std::string&)>& notes) {
  const int code = run_tool({"xdg-open", path});
  if (code != 0)
    notes(fmt::format("note: cannot open a browser (xdg-open {}); open {} yourself", code == no_such_tool ? "is not installed" : "failed",
                      path));
}

}  // namespace spillway
