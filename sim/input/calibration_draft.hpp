// A calibration while it is being read: what the parts of the reader share. The study in it is read by the study's parts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "input/calibration.hpp"
#include "input/csv.hpp"
#include "input/study_draft.hpp"

namespace spillway {

struct TargetDraft {
  Target target;
  std::string path;  ///< "targets.wechat_mau"
  Place place;
  std::vector<Place> row_places;  ///< of target.rows
  bool sound = false;             ///< its rows could be read
};

struct VariantDraft {
  Variant variant;
  std::string path;  ///< "variants.no_moments"
  Place place;
  std::vector<Place> set_places, without_places;
};

struct CalibrationDraft {
  StudyDraft study;
  std::vector<TargetDraft> targets;
  std::vector<VariantDraft> variants;
  Calibration calibration;  ///< fit_until and method; the rest is filled in at the end
  Place fit_until_place, points_place;
  std::map<std::string, SourcePtr> data;  ///< data files by path, in memory

  Reading& reading() { return study.reading; }
};

/// The group `targets`.
void read_targets(const Node& node, CalibrationDraft& draft);
/// "10%", "0.03" or "30 d" into target.kind and target.tolerance.
void read_tolerance(const Node& node, const std::string& at, Target& target, Reading& reading);
/// Rows of `data` and `series`, or of `rows`, between `from` and `until`: fills target.rows.
void read_rows(const Node& node, TargetDraft& target, CalibrationDraft& draft);
/// Whether each row can be held against a run: its value for the target's tolerance, its date within the scenario's time.
void check_rows(const StudyBase& base, CalibrationDraft& draft);

/// The group `variants`.
void read_variants(const Node& node, CalibrationDraft& draft);
/// Whether each can be set in the scenario and leaves something to fit.
void check_variants(const StudyBase& base, CalibrationDraft& draft);

void read_method(const Node& node, CalibrationDraft& draft);
/// Whether there are runs enough for the parameters, and rows to fit.
void check_method(CalibrationDraft& draft);

}  // namespace spillway
