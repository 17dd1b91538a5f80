#include "reports/html/frame.hpp"

#include "base/text.hpp"
#include "reports/escape.hpp"
#include "reports/hash.hpp"
#include "reports/html/style.hpp"

namespace tollgate::reports {

std::string_view class_of(Verdict verdict) {
  return to_string(verdict == Verdict::none ? Verdict::error : verdict);
}

std::string page_text(std::string_view text) {
  return markup(capped(text, text_most, "see the trace"));
}

/// RFC 3986 2.3.
static std::string percent_encoded(std::string_view path) {
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string out;
  for (char const c : path) out += plain.contains(c) ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return out;
}

std::string link_between(std::filesystem::path const& page, std::filesystem::path const& target) {
  auto const from = std::filesystem::absolute(page).lexically_normal().parent_path();
  return percent_encoded(std::filesystem::absolute(target).lexically_normal().lexically_relative(from).generic_string());
}

void HtmlWriter::put_fact(std::string_view name, std::string_view value) {
  if (!value.empty()) put("<dt>{}</dt><dd>{}</dd>", markup(name), page_text(value));
}

void HtmlWriter::put_head(std::string_view title, std::string_view own_style, std::string_view script, bool is_live) {
  auto const allowed =
      script.empty() ? ""
                     : fmt::format(" script-src 'sha256-{}';{}", to_base64(sha256_octets(script)), is_live ? " connect-src 'self';" : "");
  put(R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline';{} base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>tollgate: {}</title>
<style>
{}{}</style></head><body><main>)",
      allowed, title, html_style(), own_style);
}

void HtmlWriter::put_end(std::string_view script) {
  put("{}</main></body></html>", script.empty() ? "" : fmt::format("<script>{}</script>", script));
}

}  // namespace tollgate::reports
