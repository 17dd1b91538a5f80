// What is planted in the reading of SIP requests: D01 to D06 and D09.
#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "refserver/defects/planted/state.hpp"

namespace tollgate::refserver::defects {

using sip::Name;

/// Up to the end of a parameter's value.
static std::string_view value_at(std::string_view text, std::size_t at) {
  auto const value = text.substr(at);
  return value.substr(0, value.find_first_of(";, \t\r\n"));
}

/// D01.
[[gnu::noinline]] static void copy_branch(Planted& planted, std::string_view via) {
  constexpr std::string_view parameter = "branch=";
  auto const at = via.find(parameter);
  if (at == std::string_view::npos) return;
  auto const value = value_at(via, at + parameter.size());
  char branch[64];
  std::memcpy(branch, value.data(), value.size());
  planted.branch.assign(branch, value.size());
}

/// D02.
[[gnu::noinline]] static void read_from_tag(Planted& planted, std::string const& from) {
  char const* tag = ::strcasestr(from.c_str(), "tag=") + 4;
  planted.tag.clear();
  while (*tag != '\0' && *tag != ';') planted.tag += *tag++;
}

/// D03: a prefix of four octets for the length, and a NUL at the end.
[[gnu::noinline]] static void copy_body(Planted& planted, std::string_view length_text, std::string_view body) {
  constexpr std::uint32_t size_most = 1 << 20;
  auto const length = static_cast<std::uint32_t>(std::strtoull(std::string(length_text).c_str(), nullptr, 10));
  std::uint32_t const size = length + 5;
  if (size > size_most) return;
  auto* const copy = static_cast<char*>(std::malloc(size));
  std::memcpy(copy, &length, sizeof length);
  auto const octets = std::min<std::size_t>(length, body.size());
  std::memcpy(copy + 4, body.data(), octets);
  copy[4 + octets] = '\0';
  planted.part.assign(copy + 4);
  std::free(copy);
}

/// D04.
[[gnu::noinline]] static void unfold(Planted& planted, std::string_view value) {
  auto const first = value.find_first_of("\r\n");
  if (first == std::string_view::npos) return;
  auto* const line = static_cast<char*>(std::malloc(first + 1));
  std::size_t size = 0;
  for (char const c : value)
    if (c != '\r' && c != '\n') line[size++] = c;
  line[size] = '\0';
  planted.line = line;
  std::free(line);
}

/// D05: where the comment that starts at `at` ends.
[[gnu::noinline]] static std::size_t skip_comment(Planted& planted, std::string_view text, std::size_t at) {
  char comment[256];
  std::size_t size = 0;
  for (auto next = at + 1; next < text.size(); ++next) {
    if (text[next] == '(') {
      next = skip_comment(planted, text, next);
    } else if (text[next] == ')') {
      planted.comment.assign(comment, size);
      return next;
    } else if (size < sizeof comment) {
      comment[size++] = text[next];
    }
  }
  auto const end = skip_comment(planted, text, at);  // more of it may follow
  planted.comment.assign(comment, size);
  return end;
}

/// D06: the last one counts, and the first one is what is said.
[[gnu::noinline]] static void remember_maddr(Planted& planted, std::string_view via) {
  constexpr std::string_view parameter = ";maddr=";
  char* last = nullptr;
  char* said = nullptr;
  for (auto at = via.find(parameter); at != std::string_view::npos; at = via.find(parameter, at + 1)) {
    std::free(last);
    last = ::strdup(std::string(value_at(via, at + parameter.size())).c_str());
    if (said == nullptr) said = last;
  }
  if (said != nullptr) planted.maddr = said;
  std::free(last);
}

/// D09: `text` from the start line of a part of that boundary on, until the part that holds no other parts.
[[gnu::noinline]] static std::size_t read_part(Planted& planted, std::string_view text, std::string_view boundary) {
  constexpr std::string_view parameter = "boundary=";
  auto const delimiter = std::string("--").append(boundary);
  std::size_t parts = 0;
  for (auto at = text.find(delimiter); at != std::string_view::npos; at = text.find(delimiter, at + 1)) {
    auto const part = text.substr(at + delimiter.size(), text.find(delimiter, at + 1) - at - delimiter.size());
    auto const inner = part.find(parameter);
    parts += inner == std::string_view::npos ? 1 : read_part(planted, text, value_at(part, inner + parameter.size()));
    planted.part.assign(part);
  }
  return parts;
}

// Places.

void read_sip_octets(Planted& planted, std::string_view octets) {
  constexpr std::string_view name = "\r\nContent-Length:";
  auto const blank = octets.find("\r\n\r\n");
  auto const at = octets.substr(0, blank).find(name);
  if (!planted.has(Defect::D03_content_length_wrap) || at == std::string_view::npos) return;
  auto const value = octets.substr(at + name.size(), octets.find("\r\n", at + 2) - at - name.size());
  copy_body(planted, value, blank == std::string_view::npos ? std::string_view() : octets.substr(blank + 4));
}

void read_request_headers(Planted& planted, sip::Message const& request) {
  auto const via = request.value(Name::via);
  if (via && planted.has(Defect::D01_via_branch_overflow)) copy_branch(planted, *via);
  if (via && planted.has(Defect::D06_maddr_use_after_free)) remember_maddr(planted, *via);
  auto const from = request.value(Name::from);
  if (from && planted.has(Defect::D02_from_tag_null)) read_from_tag(planted, std::string(*from));
  for (auto const& field : request.fields()) {
    if (planted.has(Defect::D04_folded_value_overflow)) unfold(planted, field.value);
    auto const comment = field.value.find('(');
    if (planted.has(Defect::D05_open_comment_recursion) && comment != std::string::npos) (void)skip_comment(planted, field.value, comment);
  }
}

void read_multipart(Planted& planted, sip::Message const& request) {
  constexpr std::string_view parameter = "boundary=";
  auto const type = request.value(Name::content_type).value_or("");
  auto const at = type.find(parameter);
  if (!planted.has(Defect::D09_multipart_recursion) || !type.starts_with("multipart/") || at == std::string_view::npos) return;
  (void)read_part(planted, request.body(), value_at(type, at + parameter.size()));
}

}  // namespace tollgate::refserver::defects
