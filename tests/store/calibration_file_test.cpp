// A calibration's result survives the file.
#include <catch2/catch.hpp>

#include "model/calibration_view.hpp"
#include "store/files.hpp"
#include "store/trajectory.hpp"
#include "support/made_calibration.hpp"

using namespace spillway;

TEST_CASE("store: a calibration comes back from its file", "[store]") {
  const TemporaryFolder folder;
  const Recording written = recording_of(testing::made_calibration());
  write_recording(written, folder / "calibration.h5");
  const Recording read = read_recording(folder / "calibration.h5");
  CHECK(digest(read) == digest(written));
  CHECK(digest(recording_of(calibration_result(read))) == digest(written));
  CHECK(is_calibration(read_outline(folder / "calibration.h5")));
}
