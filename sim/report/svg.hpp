// The page's charts as standalone pictures for slides and papers.
#pragma once

#include <string>

#include "report/document.hpp"

namespace spillway {

inline constexpr double picture_width = 960, picture_height = 540;  // 16:9, as slides are

/// One chart as an SVG file: title, note, axes, bands, labels at the ends of lines, events, source.
std::string svg(const PageDocument& document, const Chart& chart);

/// "03-members": the chart's place in the document, and its id.
struct PictureName {
  std::string name;
  const Chart* chart;
};
std::vector<PictureName> picture_names(const PageDocument& document);

}  // namespace spillway
