// A calibration's result survives the file.
#include <catch2/catch.hpp>

#include "files.hpp"
#include "model/calibration_view.hpp"
#include "store/trajectory.hpp"
#include "support/made_calibration.hpp"

using namespace spillway;
