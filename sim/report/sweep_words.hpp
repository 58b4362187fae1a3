// Names of factors and outcomes of a sweep in plain words.
#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"
#include "model/recording.hpp"
#include "model/sweep_view.hpp"

namespace spillway {

/// Speaks of one sweep: platforms are spelled as its texts spell them.
class SweepWords {
 public:
  explicit SweepWords(const Recording& sweep);

  /// "platforms.weibo.ads.load" -> "Weibo’s ads load", "interventions.weibo_bans_wechat.on" -> "date of “Weibo bans WeChat”".
  std::string factor(const std::string& name) const;

  /// Of an outcome's text: "monthly_active_users.wechat@end" -> "WeChat’s monthly active users at the end". A name of the study's own
  /// is taken as it is, with blanks for underscores.
  std::string outcome(const std::string& name, const std::string& text) const;

  /// "weibo bans wechat" -> "Weibo bans WeChat".
  std::string spelled_names(const std::string& words) const;

 private:
  std::vector<std::pair<std::string, std::string>> platforms_;  ///< in words, and as spelled
};

/// An outcome's text in its parts: "monthly_active_users.wechat.share@end" is that observable, {"wechat"}, a share, "@end".
struct OutcomeText {
  std::string observable;
  std::vector<std::string> labels;
  bool share = false;
  std::string statistic;  ///< "@end", "@2013-12-31", "mean", "first_above(1e8)"
};
OutcomeText outcome_parts(const std::string& text);

/// "26 Nov 2014": short enough for an axis.
std::string short_day(Date date);

/// A value of a factor as an axis has it: "0.3", "1.2 million", "26 Nov 2014", or the word.
std::string factor_value_text(const SweepFactor& factor, double value);

/// "8" -> "eight" up to twelve.
std::string count_word(std::size_t count);

/// Unit of results as people say it: "" for "1", "days" for "d", "yuan" for "CNY".
std::string plain_unit(const std::string& unit);

}  // namespace spillway
