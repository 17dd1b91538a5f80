#include "reports/html_frame.hpp"

#include <utility>

#include "base/text.hpp"
#include "reports/hash.hpp"
#include "reports/html_style.hpp"

namespace tollgate::reports {

std::string_view class_of(Verdict verdict) {
  return to_string(verdict == Verdict::none ? Verdict::error : verdict);
}

void HtmlWriter::put_head(std::string_view title, std::string_view own_style, std::string_view script) {
  auto const allowed = script.empty() ? "" : fmt::format(" script-src 'sha256-{}';", to_base64(sha256_octets(script)));
  put(R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline';{} base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>tollgate: {}</title>
<style>
{}{}</style></head><body><main>)",
      allowed, title, html_style(), own_style);
}

std::string HtmlWriter::end(std::string_view script) {
  put("{}</main></body></html>", script.empty() ? "" : fmt::format("<script>{}</script>", script));
  return std::move(html_);
}

}  // namespace tollgate::reports
