#include "study/pictures.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <span>

#include "base/error.hpp"
#include "report/svg.hpp"
#include "store/commit.hpp"
#include "study/tool.hpp"

namespace spillway {

namespace {
void make_folder(const std::string& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) throw FileError("cannot make the folder " + folder + ": " + failed.message());
}

// The converter writes beside its target, so that no half picture stands there under the right name.
int convert(const std::string& from, const std::string& to) {
  const std::string part = to + ".part";
  const int code = run_tool({"rsvg-convert", "--zoom", "2", "--format", "png", "--output", part, from});
  std::error_code ignored;
  if (code == 0) std::filesystem::rename(part, to, ignored);
  if (code != 0 || ignored) std::filesystem::remove(part, ignored);
  return code;
}
}  // namespace

std::size_t write_pictures(const PageDocument& document, const std::string& folder, const std::function<void(const std::string&)>& notes) {
  make_folder(folder);
  const std::vector<PictureName> pictures = picture_names(document);
  bool converts = true;
  for (const PictureName& picture : pictures) {
    const std::string path = (std::filesystem::path(folder) / picture.name).string();
    commit_text(path + ".svg", svg(document, *picture.chart));
    if (!converts) continue;
    const int code = convert(path + ".svg", path + ".png");
    converts = code == 0;
    if (code == no_such_tool)
      notes(
          "note: no PNG files, as rsvg-convert is not installed: sudo apt install librsvg2-bin fonts-noto-cjk (the second for Chinese "
          "labels)");
    else if (code != 0)
      notes(fmt::format("note: no further PNG files, as rsvg-convert failed on {}.svg (exit code {})", path, code));
  }
  return pictures.size();
}

}  // namespace spillway
