#pragma once
/// What our HTML pages have in common: they are written line by line, begin with the same head, and ask nothing of anybody.
#include <fmt/format.h>
#include <iterator>
#include <string>
#include <string_view>

#include "rules/finding.hpp"

namespace tollgate::reports {

/// CSS class of a verdict: it sets the colour `--v`.
[[nodiscard]] std::string_view class_of(Verdict verdict);

class HtmlWriter {
 protected:
  template <class... Args>
  void put(fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(html_), form, std::forward<Args>(args)...);
    html_ += '\n';
  }
  /// Up to where the page's own begins. Of scripts only `script` runs; "" for none. `title` is markup already.
  void put_head(std::string_view title, std::string_view own_style, std::string_view script);
  /// `script` again, and the end.
  [[nodiscard]] std::string end(std::string_view script);

 private:
  std::string html_;
};

}  // namespace tollgate::reports
