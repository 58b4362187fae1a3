// `spillway report`: result files as a page that opens from disk, and as pictures for slides.
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/print.hpp"
#include "store/commit.hpp"
#include "study/page_file.hpp"
#include "study/pictures.hpp"
#include "study/report_files.hpp"

namespace spillway {

namespace {
struct ReportOptions {
  std::vector<std::string> files;
  std::string output, images;
  bool open = false, force = false;
};

int report(const ReportOptions& options) {
  const std::string output = options.output.empty() ? page_path(options.files[0]) : options.output;
  for (const std::string& file : options.files)
    if (std::error_code ignored; std::filesystem::equivalent(file, output, ignored))
      throw InputError(output + " is the result itself: give another -o FILE");
  if (!options.force) refuse_foreign_page(output);
  if (std::error_code ignored; std::filesystem::exists(options.images, ignored) && !std::filesystem::is_directory(options.images, ignored))
    throw FileError("--images: " + options.images + " is a file, not a folder: give another DIR");
  const PageDocument document = report_document(options.files);
  make_folder_of(output);
  write_page(document, output);
  if (document.worlds.size() != 1) fmt::print("{}\n", document.title);
  fmt::print("{}\n", document.answer);
  for (const std::string& warning : document.warnings) fmt::print("warning: {}\n", warning);
  fmt::print("page: {}\n", output);
  if (!options.images.empty()) {
    const std::size_t count = write_pictures(document, options.images, say);
    fmt::print("pictures: {} charts in {}\n", count, options.images);
  }
  if (options.open) open_page(output, say);
  return 0;
}
}  // namespace

Action set_up_report(CLI::App& app) {
  auto options = std::make_shared<ReportOptions>();
  app.add_option("files", options->files,
                 "one result of compare, of a sweep or of a calibration, or results of run: those of one scenario are replicates of one "
                 "world, the first world is "
                 "the baseline")
      ->required()
      ->type_name("RESULT");
  app.add_option("-o,--output", options->output, "the page; default: the first file's name with .html")->type_name("PAGE");
  app.add_option("--images", options->images, "also write each chart into this folder, as SVG and (with rsvg-convert) as PNG")
      ->type_name("DIR");
  app.add_flag("--open", options->open, "open the page in the browser");
  app.add_flag("--force", options->force, "replace a file that is not a page of Spillway's");
  return [options] { return report(*options); };
}

}  // namespace spillway
