// Everything that the page of a calibration says, put together.
#pragma once

#include "model/recording.hpp"
#include "report/document.hpp"

namespace spillway {

/// Of a calibration's Recording (model/calibration_view.hpp); its attributes id and git_commit and its timing go into the footer.
PageDocument calibration_document(const Recording& calibration);

}  // namespace spillway
