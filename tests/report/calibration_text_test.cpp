#include "report/calibration_text.hpp"

#include <catch2/catch.hpp>

#include "support/made_calibration.hpp"

using namespace spillway;
using Catch::Contains;
using spillway::testing::made_calibration;

TEST_CASE("a calibration on the screen", "[calibration]") {
  const std::string text = calibration_text(made_calibration());
  CHECK(text.starts_with("Weibo and WeChat to the end of 2012\n9 of 10 fitted and 8 of 8 predicted values are within tolerance.\n"));
  CHECK(text.ends_with("note: The panel of 2013 counts phones only.\n"));
  for (const char* line : {
           "     3  1,000  88 %         14.5            0.2\n",
           "  parameter            prior, 90 %        best  posterior, 90 %    unit  identified  coverage\n",
           "  drag_rate            0.0056 to 0.0446  0.016  0.00664 to 0.0417  1/d   no              92 %\n",
           "  wechat_mau         2012-06-30  85.0 M  64.9 M   -24 %  10 %             fitted     missed\n",
           "  wechat_registered  2012-03-29   100 M  86.5 M   -13 %  10 % or 30 days  fitted     met, 5 days late\n",
           "  weibo_dau_mau      2013-12-31   0.480   0.482  +0.002  0.030            predicted  met\n",
           "  no_drag                      5      35            -2.3      +1.2  positive evidence for it\n",
           "  no_import                    4     116           +76.2     -38.1  very strong evidence against it\n",
           "  last_growth       193 %         27 %     8\n",
       })
    CHECK_THAT(text, Contains(line));
}

TEST_CASE("what a calibration lacks is not spoken of", "[calibration]") {
  CalibrationResult result = made_calibration();
  result.waves.clear(), result.variants.clear(), result.baselines.clear(), result.notes.clear();
  result.recovery_worlds = 0;
  const std::string text = calibration_text(result);
  for (const char* word : {"waves", "variants", "baseline", "coverage", "synthetic", "note"}) CHECK_THAT(text, !Contains(word));
  CalibrationResult nothing;
  nothing.title = "nothing";
  CHECK(calibration_text(nothing) == "nothing\nThere are no data.\n\n");
}
