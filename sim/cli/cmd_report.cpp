// `spillway report`: result files as a page that opens from disk, and as pictures for slides.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <sstream>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "report/page.hpp"
#include "report/page_template.hpp"
#include "store/commit.hpp"
#include "study/pictures.hpp"
#include "study/report_files.hpp"

namespace spillway {

namespace {
namespace fs = std::filesystem;

struct ReportOptions {
  std::vector<std::string> files;
  std::string output, images;
  bool open = false, force = false;
};

std::string default_output(const std::string& file) { return fs::path(file).replace_extension(".html").string(); }

// A page is made anew as often as one likes; any other file may be somebody's work.
void refuse_foreign_file(const std::string& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return;
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  if (!is_page(text.str())) throw InputError(path + " exists and is no page of Spillway's: give another -o FILE, or --force to replace it");
}

void note(const std::string& text) { fmt::print(stderr, "{}\n", text); }

void open_in_browser(const std::string& path) {
  if (const int code = run_tool({"xdg-open", path}); code != 0)
    note(fmt::format("note: cannot open a browser (xdg-open {}); open {} yourself", code == 127 ? "is not installed" : "failed", path));
}

int report(const ReportOptions& options) {
  const std::string output = options.output.empty() ? default_output(options.files[0]) : options.output;
  if (!options.force) refuse_foreign_file(output);
  const PageDocument document = document_of(read_report(options.files));
  const std::string text = page(document, page_template());
  commit_file(output, std::as_bytes(std::span(text)), [](const std::string&) {});
  if (document.worlds.size() > 1) fmt::print("{}\n", document.title);
  fmt::print("{}\npage: {}\n", document.answer, output);
  if (!options.images.empty()) {
    const std::size_t count = write_pictures(document, options.images, note);
    fmt::print("pictures: {} charts in {}\n", count, options.images);
  }
  if (options.open) open_in_browser(output);
  return 0;
}
}  // namespace

Action set_up_report(CLI::App& app) {
  auto options = std::make_shared<ReportOptions>();
  app.add_option(
         "files", options->files,
         "one result of compare, or results of run: those of one scenario are replicates of one world, the first world is the baseline")
      ->required()
      ->type_name("FILE");
  app.add_option("-o,--output", options->output, "the page; default: the first file's name with .html")->type_name("PAGE");
  app.add_option("--images", options->images, "also write each chart into this folder, as SVG and (with rsvg-convert) as PNG")
      ->type_name("DIR");
  app.add_flag("--open", options->open, "open the page in the browser");
  app.add_flag("--force", options->force, "replace a file that is not a page of Spillway's");
  return [options] { return report(*options); };
}

}  // namespace spillway
