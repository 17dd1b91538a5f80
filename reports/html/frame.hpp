#pragma once
/// What our HTML pages have in common: they are written line by line, begin with the same head, and ask nothing of anybody.
#include <filesystem>
#include <fmt/format.h>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "rules/finding.hpp"

namespace tollgate::reports {

/// CSS class of a verdict: it sets the colour `--v`.
[[nodiscard]] std::string_view class_of(Verdict verdict);

/// Text of any origin as element text: legible, without markup, and not without end.
[[nodiscard]] std::string page_text(std::string_view text);

/// From a page at `page` to `target`, as a relative reference (RFC 3986 4.2); "" where none leads there.
[[nodiscard]] std::string link_between(std::filesystem::path const& page, std::filesystem::path const& target);

class HtmlWriter {
 protected:
  template <class... Args>
  void put(fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(html_), form, std::forward<Args>(args)...);
    html_ += '\n';
  }
  /// A row of a <dl>; none where there is nothing to say.
  void put_fact(std::string_view name, std::string_view value);
  /// Up to where the page's own begins. Of scripts only `script` runs; "" for none; with `is_live` it may talk to who served it. `title`
  /// is markup already.
  void put_head(std::string_view title, std::string_view own_style, std::string_view script, bool is_live = false);
  /// `script` again, and the end.
  void put_end(std::string_view script);
  /// What has been written since the last call.
  [[nodiscard]] std::string taken() { return std::exchange(html_, {}); }

 private:
  std::string html_;
};

}  // namespace tollgate::reports
