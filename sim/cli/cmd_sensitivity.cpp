// `spillway sensitivity`: which factor of a sweep moves what, and how surely.
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "analysis/sensitivity.hpp"
#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/print.hpp"
#include "input/quantity.hpp"
#include "model/sweep_view.hpp"
#include "report/sensitivity_text.hpp"
#include "report/sweep_document.hpp"
#include "store/commit.hpp"
#include "store/file_kind.hpp"
#include "store/trajectory.hpp"
#include "study/page_file.hpp"
#include "study/pictures.hpp"
#include "study/sweep_report.hpp"

namespace spillway {

namespace {
struct SensitivityArguments {
  std::string file, method, confidence, resamples, seed, output, images;
  std::vector<std::string> outcomes;
  bool json = false, open = false, force = false;
};

SensitivityOptions options_of(const SensitivityArguments& a) {
  SensitivityOptions options;
  options.outcomes = a.outcomes;
  for (const SensitivityMethod method : {SensitivityMethod::morris, SensitivityMethod::sobol, SensitivityMethod::prcc})
    if (a.method == to_text(method)) options.method = method;
  if (!a.method.empty() && !options.method) throw InputError(fmt::format("--method: '{}' is none of morris, sobol, prcc", a.method));
  if (!a.confidence.empty()) {
    const Quantity share = parse_quantity(a.confidence, Unit::share);
    if (!share.error.empty()) throw InputError("--confidence: " + share.error);
    if (!(share.value > 0.5 && share.value < 1)) throw InputError(fmt::format("--confidence: {} is not between 0.5 and 1", a.confidence));
    options.confidence = share.value;
  }
  if (!a.resamples.empty()) options.resamples = whole_option("--resamples", a.resamples, 100, 1'000'000);
  if (!a.seed.empty()) options.seed = whole_option("--seed", a.seed, 0, std::numeric_limits<std::uint32_t>::max());
  return options;
}

Recording read_sweep(const std::string& file) {
  refuse_other_than_result(file);
  Recording sweep = read_recording(file);
  if (!is_sweep(sweep)) throw InputError(file + " is no sweep: `spillway sensitivity` takes what `spillway sweep gather` writes");
  if (!has_sensitivity(sweep))
    throw InputError(
        fmt::format("{}: a {} design has no sensitivity indices: `spillway report` shows the outcomes along each factor; designs "
                    "for indices are morris, saltelli, latin_hypercube, sobol and random",
                    file, sweep.attribute("design")));
  return sweep;
}

/// Before the work: whether page and pictures may be written where they shall stand.
void check_places(const SensitivityArguments& a, const std::string& output) {
  if (std::error_code ignored; std::filesystem::equivalent(a.file, output, ignored))
    throw InputError(output + " is the result itself: give another -o PAGE");
  if (!output.empty() && !a.force) refuse_foreign_page(output);
  if (std::error_code ignored; std::filesystem::exists(a.images, ignored) && !std::filesystem::is_directory(a.images, ignored))
    throw FileError("--images: " + a.images + " is a file, not a folder: give another DIR");
}

int sensitivity(const SensitivityArguments& a) {
  const SensitivityOptions options = options_of(a);
  const std::string output = !a.output.empty() ? a.output : a.open ? page_path(a.file) : "";
  check_places(a, output);
  const Recording sweep = read_sweep(a.file);
  const Sensitivity found = sensitivity_of(sweep, options);
  if (a.json)
    print_json_document(sensitivity_json(found));
  else
    fmt::print("{}", sensitivity_text(found));
  if (output.empty() && a.images.empty()) return 0;
  const PageDocument document = sweep_document(sweep, &found);
  if (!output.empty()) {
    make_folder_of(output);
    write_page(document, output);
    if (!a.json) fmt::print("page: {}\n", output);
  }
  if (!a.images.empty()) {
    const std::size_t count = write_pictures(document, a.images, say);
    if (!a.json) fmt::print("pictures: {} charts in {}\n", count, a.images);
  }
  if (a.open) open_page(output, say);
  return 0;
}
}  // namespace

Action set_up_sensitivity(CLI::App& app) {
  auto a = std::make_shared<SensitivityArguments>();
  app.add_option("file", a->file, "gathered result of a sweep (HDF5)")->required()->type_name("RESULT");
  app.add_option("--method", a->method, "the indices; default: those that the design was made for, prcc of random ones")
      ->type_name("morris|sobol|prcc");
  app.add_option("--outcome", a->outcomes, "only these outcomes, several after one another; default all")->type_name("NAME");
  app.add_option("--confidence", a->confidence, "of the bootstrap intervals; default 95%")->type_name("SHARE");
  app.add_option("--resamples", a->resamples, "of the bootstrap; default 1000")->type_name("N");
  app.add_option("--seed", a->seed, "of the bootstrap; default 1")->type_name("N");
  app.add_option("-o,--output", a->output, "also write a page with charts")->type_name("PAGE");
  app.add_option("--images", a->images, "also write each chart into this folder, as SVG and (with rsvg-convert) as PNG")->type_name("DIR");
  app.add_flag("--open", a->open, "write the page (default: the result's name with .html) and open it in the browser");
  app.add_flag("--force", a->force, "replace a file that is not a page of Spillway's");
  app.add_flag("--json", a->json, "print as JSON");
  return [a] { return sensitivity(*a); };
}

}  // namespace spillway
