// Numbers, days and names as people read them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"

namespace spillway {

/// "590 million", "1.2 billion", "850": two to three digits.
std::string human_number(double value);

/// "13,824" of "13824".
std::string with_commas(std::string digits);

/// A scale for a chart's axis: divide by `factor` and say `word` ("million"; empty for 1).
struct Scale {
  double factor = 1;
  std::string_view word;
};
Scale scale_for(double largest);

/// As many decimals as a step of an axis needs: "0.25", "10", "2.5"; never "-0".
std::string plain_number(double value, double step);

/// "3 % [1, 5]" from shares; as many decimals as the interval deserves. Without an interval (NaN) "3 %".
std::string percent_with_interval(double value, double low, double high);

/// "October 2012", "26 November 2014", "26 November".
std::string month_of(Date date);
std::string day_of(Date date);
std::string day_in_year(Date date);
int year_of(Date date);

/// "weibo_bans_wechat" -> "weibo bans wechat".
std::string in_words(std::string_view name);

/// "A share" of "a share".
std::string capitalised(std::string text);

/// Whether `words` stand in `text` at `at` as whole words, in any case.
bool stands_at(std::string_view text, std::size_t at, std::string_view words);

/// A platform's name as the texts spell it ("WeChat" for wechat), else in words with a capital.
std::string spelled(const std::string& name, const std::vector<std::string>& texts);

/// Code points of UTF-8 text; a broken byte counts as one.
std::vector<std::string_view> characters(std::string_view text);

/// Width of a text in units of the font's size, rather too large than too small: letters as wide as those of DejaVu Sans, Chinese,
/// Japanese and Korean characters a full unit.
double text_width(std::string_view text);

}  // namespace spillway
