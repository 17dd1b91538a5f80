#include "codec/multipart.hpp"

#include "base/text.hpp"

namespace tollgate {

namespace {

constexpr std::size_t parts_most = 64;

/// Where the next line that begins "--boundary" begins, from `at`; npos for none.
std::size_t next_delimiter(std::string_view body, std::string_view boundary, std::size_t at) {
  for (; at < body.size(); ++at) {
    at = body.find("--", at);
    if (at == std::string_view::npos) return at;
    bool const begins_line = at == 0 || body[at - 1] == '\n';
    if (begins_line && body.substr(at + 2).starts_with(boundary)) return at;
  }
  return std::string_view::npos;
}

BodyPart part_of(std::string_view text) {
  if (text.starts_with("\r\n")) return {.head = text.substr(0, 0), .body = text.substr(2)};
  auto const blank = text.find("\r\n\r\n");
  if (blank == std::string_view::npos) return {.head = text, .body = {}};
  return {.head = text.substr(0, blank + 2), .body = text.substr(blank + 4)};
}

}  // namespace

std::string_view BodyPart::value(std::string_view name) const {
  for (auto const line : split(head, '\n')) {
    auto const colon = line.find(':');
    if (colon != std::string_view::npos && iequals(trim(line.substr(0, colon)), name)) return trim(line.substr(colon + 1));
  }
  return "";
}

std::vector<BodyPart> parts_of(std::string_view body, std::string_view boundary) {
  std::vector<BodyPart> out;
  if (boundary.empty()) return out;
  auto at = next_delimiter(body, boundary, 0);
  while (at != std::string_view::npos && out.size() < parts_most) {
    auto const behind = at + 2 + boundary.size();
    if (body.substr(behind).starts_with("--")) break;  // the closing delimiter
    auto const begin = std::min(body.find('\n', behind), body.size() - 1) + 1;
    at = next_delimiter(body, boundary, begin);
    auto text = body.substr(begin, at == std::string_view::npos ? at : at - begin);
    if (at != std::string_view::npos && text.ends_with("\r\n")) text.remove_suffix(2);  // it belongs to the delimiter
    out.push_back(part_of(text));
  }
  return out;
}

}  // namespace tollgate
