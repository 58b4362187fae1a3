// Everything that the page of a sweep says, put together.
#pragma once

#include "model/recording.hpp"
#include "model/sensitivity.hpp"
#include "report/document.hpp"

namespace spillway {

/// Of a gathered sweep (model/sweep_view.hpp). `sensitivity` may be null: for designs that no index is made for, or where there are too
/// few points; its warnings become the page's.
PageDocument sweep_document(const Recording& sweep, const Sensitivity* sensitivity);

}  // namespace spillway
