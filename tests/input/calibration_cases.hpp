// A folder with a base scenario and a record beside it, for tests of calibration files.
#pragma once

#include <string>

#include "input/study_cases.hpp"

namespace spillway::test {

struct CalibrationFolder : StudyFolder {
  CalibrationFolder() {
    folder.write("plain.csv", "date,value\n2010-12-31,1e6\n2011-12-31,2e6\n2012-06-30,3e6\n");
    folder.write("record.csv",
                 "# the record\nseries,date,value,source,confidence\nusers_a,2011-12-31,2,\"S, 2012\",B\nusers_b,2011-12-31,1,,\n"
                 "users_a,2010-12-31,1,,\nearly,2009-06-30,1,,\nlate,2012-06-30,1,,\nlate,2013-06-30,2,,\nlate,2013-12-31,3,,\n"
                 "late,2014-06-30,4,,\nzero,2010-12-31,0,,\nzero,2011-12-31,1,,\nfalling,2010-12-31,3,,\nfalling,2011-06-30,2,,\n"
                 "falling,2011-12-31,3,,\nfalling,2012-06-30,4,,\n");
    std::string many = "series,date,value\n";
    for (int i = 10; i < 25; ++i) many += "s" + std::to_string(i) + ",2011-12-31,1\n";
    folder.write("many.csv", many);
    folder.write("headless.csv", "2011-12-31,1\n");
    folder.write("misspelt.csv", "series,date,vlue\na,2011-12-31,1\n");
    folder.write("empty.csv", "");
    folder.write("rowless.csv", "series,date,value\n");
    folder.write("wrong.csv", "series,date,value\na,2011-13-31,1\na,2011-12-31,many\nb,soon,many\na,2012-01-31\na,2012-02-29,2\n");
    folder.write("twice.csv", "series,date,value\na,2011-12-31,1\nb,2011-12-31,1\na,2010-12-31,2\na,2011-12-31,2\n");
    folder.write("old/record.csv", "");
    folder.write("calibration.yaml", complete({}));
  }

  /// The text with the keys that a calibration must have, where it lacks them.
  static std::string complete(std::string text) {
    for (const char* line : {"scenario: base.yaml\n", "parameters: {habit.memory: {uniform: [7 d, 60 d]}}\n",
                             "targets: {users: {outcome: members.a, data: plain.csv, tolerance: 10%}}\n"}) {
      const std::string key = std::string(line).substr(0, std::string(line).find(':') + 1);
      if (!text.starts_with(key) && text.find("\n" + key) == std::string::npos) text += line;
    }
    return text;
  }
};

}  // namespace spillway::test
