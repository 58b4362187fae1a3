// `spillway export`: the numbers of a result as tables.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/print.hpp"
#include "report/tables.hpp"
#include "store/commit.hpp"
#include "store/trajectory.hpp"

namespace spillway {

namespace {
namespace fs = std::filesystem;

struct ExportOptions {
  std::string file, output;
  std::vector<std::string> series;
  bool csv = false, force = false, json = false;
};

struct Written {
  fs::path path;
  Table table;
};

void write(const Written& file) { commit_text(file.path.string(), file.table.csv); }

/// Where each table goes: one file of the given name, or a folder with one for each set of dimensions.
std::vector<Written> lay_out(const ExportOptions& options, const Recording& recording) {
  const std::vector<std::string> paths = exported(recording, options.series);
  if (options.output.ends_with(".csv")) return {{options.output, one_table(recording, paths)}};
  const fs::path folder = options.output.empty() ? fs::path(options.file).replace_extension() += "-csv" : fs::path(options.output);
  std::vector<Written> files;
  for (Table& table : tables(recording, paths)) {
    const fs::path path = folder / (table.name + ".csv");
    files.push_back({path, std::move(table)});
  }
  return files;
}

void refuse_existing(const std::vector<Written>& files) {
  std::error_code ignored;
  for (const Written& file : files)
    if (fs::exists(file.path, ignored))
      throw InputError(fmt::format("{} exists already; give another -o, or --force to replace it", file.path.string()));
}

void make_folder(const fs::path& folder) {
  std::error_code failure;
  if (fs::exists(folder, failure) && !fs::is_directory(folder, failure))
    throw FileError(fmt::format("{} is a file, not a folder: give another -o, a DIR or a FILE.csv", folder.string()));
  fs::create_directories(folder, failure);
  if (failure) throw FileError(fmt::format("cannot make the folder '{}' ({})", folder.string(), failure.message()));
}

void print(const std::vector<Written>& files, bool as_json) {
  if (!as_json) {
    std::size_t width = 0;
    for (const Written& file : files) width = std::max(width, file.path.string().size());
    for (const Written& file : files) fmt::print("{:<{}}  {:>9} rows\n", file.path.string(), width, file.table.rows);
    return;
  }
  nlohmann::ordered_json json{{"schema", "spillway-export/1"}, {"files", nlohmann::ordered_json::array()}};
  for (const Written& file : files) json["files"].push_back({{"file", file.path.string()}, {"rows", file.table.rows}});
  print_json_document(json);
}

int export_tables(const ExportOptions& options) {
  const std::vector<Written> files = lay_out(options, read_recording(options.file));
  if (!options.force) refuse_existing(files);
  for (const Written& file : files) {
    if (file.path.has_parent_path()) make_folder(file.path.parent_path());
    write(file);
  }
  print(files, options.json);
  return 0;
}
}  // namespace

Action set_up_export(CLI::App& app) {
  auto options = std::make_shared<ExportOptions>();
  app.add_option("file", options->file, "result, comparison or sweep (HDF5)")->required()->type_name("RESULT");
  app.add_flag("--csv", options->csv, "comma-separated tables in long form; the only form, so it may be left out");
  app.add_option("-o,--output", options->output,
                 "folder with one table for each set of dimensions, default <file>-csv; or one FILE.csv with everything")
      ->type_name("DIR|FILE.csv");
  app.add_option("--series", options->series,
                 "only these variables, several after one another; default all but single users, snapshots and hashes")
      ->type_name("NAME");
  app.add_flag("--force", options->force, "replace tables that exist");
  app.add_flag("--json", options->json, "print the names of the files as JSON");
  return [options] { return export_tables(*options); };
}

}  // namespace spillway
