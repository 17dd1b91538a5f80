/// Content-Type = "Content-Type:" SP media-type
/// media-type   = type "/" subtype *( ";" gen-param )
/// gen-param    = pname [ "=" pval ], pval = token / quoted-string   (RFC 4975 9)
/// Spaces before a parameter are read as MIME lets them stand (RFC 2045 5.1), as in "text/plain; charset=utf-8".
#include "codec/media_type.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codec/msrp/ident.hpp"

namespace tollgate {

namespace {

using msrp::is_token_char;
using msrp::run_end;

constexpr std::string_view clause = "RFC 4975 9";

/// The offset behind a token or quoted-string at `at`, or `at` when there is none.
std::size_t value_end(std::string_view text, std::size_t at) {
  if (at == text.size() || text[at] != '"') return run_end(text, at, is_token_char);
  for (auto end = at + 1; end < text.size(); ++end) {
    if (text[end] == '\\')
      ++end;
    else if (text[end] == '"')
      return end + 1;
  }
  return at;
}

Parsed<std::vector<GenericParameter>> parse_parameters(std::string_view text, std::size_t at) {
  std::vector<GenericParameter> all;
  while (at < text.size()) {
    if (text[at] != ';') return invalid(at, "gen-param", clause, "octet not allowed");
    at = run_end(text, at + 1, [](char c) { return c == ' ' || c == '\t'; });
    auto const name_end = run_end(text, at, is_token_char);
    if (name_end == at) return invalid(at, "pname", clause, "no name");
    GenericParameter parameter{.name = text.substr(at, name_end - at), .value = {}};
    at = name_end;
    if (at < text.size() && text[at] == '=') {
      auto const end = value_end(text, ++at);
      if (end == at) return invalid(at, "pval", clause, "no value");
      bool const quoted = text[at] == '"';
      parameter.value = quoted ? text.substr(at + 1, end - at - 2) : text.substr(at, end - at);
      at = end;
    }
    all.push_back(parameter);
  }
  return all;
}

}  // namespace

std::optional<std::string_view> MediaType::at(std::string_view name) const {
  auto const found = std::ranges::find_if(parameters, [&](auto const& p) { return iequals(p.name, name); });
  if (found == parameters.end()) return std::nullopt;
  return found->value;
}

bool MediaType::is(std::string_view range) const {
  if (range == "*") return true;
  auto const slash = range.find('/');
  if (slash == std::string_view::npos || !iequals(range.substr(0, slash), type)) return false;
  return range.substr(slash + 1) == "*" || iequals(range.substr(slash + 1), subtype);
}

bool names_media_type(std::string_view text, std::string_view name) {
  return iequals(trim(text.substr(0, text.find(';'))), name);
}

Parsed<MediaType> parse_media_type(std::string_view text) {
  auto const type = run_end(text, 0, is_token_char);
  if (type == 0) return invalid(0, "type", clause, "not a token");
  if (type == text.size() || text[type] != '/') return invalid(type, "media-type", clause, "no /");
  auto const subtype = run_end(text, type + 1, is_token_char);
  if (subtype == type + 1) return invalid(subtype, "subtype", clause, "not a token");
  auto parameters = parse_parameters(text, subtype);
  if (!parameters) return std::unexpected(parameters.error());
  return MediaType{text.substr(0, type), text.substr(type + 1, subtype - type - 1), std::move(*parameters)};
}

Parsed<Disposition> parse_disposition(std::string_view text) {
  auto const type = run_end(text, 0, is_token_char);
  if (type == 0) return invalid(0, "disposition-type", "RFC 2183 2", "not a token");
  auto parameters = parse_parameters(text, type);
  if (!parameters) return std::unexpected(parameters.error());
  return Disposition{text.substr(0, type), std::move(*parameters)};
}

}  // namespace tollgate
