/// Message-headers CRLF, blank line, MIME headers of the content, blank line, content (RFC 3862 2).
///   Header      = Header-name ":" *( ";" Parameter ) SP Header-value CRLF
///   Header-name = [ Name-prefix "." ] Name
///   Parameter   = Name "=" ( Token / Number / String )   (RFC 3862 3.6)
/// Message headers do not fold; content headers are MIME and may (RFC 2822 2.2.3). LF alone ends a line too, as stored
/// messages come that way.
#include "codec/cpim/message.hpp"

#include <algorithm>

namespace tollgate::cpim {

namespace {

constexpr std::string_view clause = "RFC 3862 3.6";
constexpr std::string_view structure = "RFC 3862 2";
constexpr std::size_t headers_max = 256;
constexpr std::size_t block_octets_max = 64 * 1024;

struct Line {
  std::string_view text;  ///< without its line end
  std::string_view raw;   ///< with it
};

/// The line that starts at `at`.
Parsed<Line> parse_line(std::string_view octets, std::size_t at) {
  auto const lf = octets.find('\n', at);
  if (lf == std::string_view::npos)
    return std::unexpected(ParseError{What::need_more, octets.size(), "Message-headers", structure, "no blank line"});
  auto const raw = octets.substr(at, lf - at + 1);
  auto const text = raw.substr(0, raw.size() - (raw.ends_with("\r\n") ? 2 : 1));
  if (auto const cr = text.find('\r'); cr != std::string_view::npos) return invalid(at + cr, "Header", clause, "bare CR");
  return Line{text, raw};
}

/// Where the value starts behind the parameters, which `after_colon` may begin with; a String may hold spaces.
Parsed<std::size_t> skip_parameters(std::string_view after_colon) {
  bool quoted = false;
  for (std::size_t at = 0; at < after_colon.size(); ++at) {
    char const c = after_colon[at];
    if (c == '"') quoted = !quoted;
    if (quoted && c == '\\') ++at;
    if (!quoted && c == ' ') return at;
  }
  return invalid(after_colon.size(), "Parameter", clause, quoted ? "open String" : "no space before the value");
}

Parsed<Header> parse_header(Line const& line, bool has_parameters) {
  auto const colon = line.text.find(':');
  if (colon == std::string_view::npos) return invalid(line.text.size(), "Header", clause, "no colon");
  if (line.text.find_first_of(" \t") < colon || colon == 0) return invalid(0, "Header-name", clause, "not a name");
  auto value = line.text.substr(colon + 1);
  if (has_parameters && value.starts_with(';')) {
    auto const size = skip_parameters(value);
    if (!size) return shifted(size.error(), colon + 1);
    value.remove_prefix(*size);
  }
  if (value.starts_with(' ')) value.remove_prefix(1);
  return Header{std::string(line.text.substr(0, colon)), std::string(value), std::string(line.raw)};
}

struct Block {
  std::vector<Header> headers;
  std::string end;  ///< the blank line
  std::size_t size = 0;
};

enum class Kind : std::uint8_t { message, content };

/// The headers that start at `begin`, with the blank line that ends them.
Parsed<Block> parse_block(std::string_view octets, std::size_t begin, Kind kind) {
  Block block;
  for (auto at = begin;;) {
    auto const line = parse_line(octets, at);
    if (!line) return std::unexpected(line.error());
    if (at - begin + line->raw.size() > block_octets_max) return over_limit(at, "Message-headers", structure, "too long");
    at += line->raw.size();
    if (line->text.empty()) {
      block.end = line->raw;
      block.size = at - begin;
      return block;
    }
    auto const line_at = at - line->raw.size();
    if (line->text.starts_with(' ') || line->text.starts_with('\t')) {
      if (kind == Kind::message || block.headers.empty()) return invalid(line_at, "Header", clause, "folded line");
      block.headers.back().value += line->text;
      block.headers.back().raw += line->raw;
      continue;
    }
    if (block.headers.size() == headers_max) return over_limit(line_at, "Message-headers", structure, "too many");
    auto header = parse_header(*line, kind == Kind::message);
    if (!header) return shifted(header.error(), line_at);
    block.headers.push_back(std::move(*header));
  }
}

void append(Octets& out, std::vector<Header> const& headers) {
  for (auto const& header : headers) {
    if (header.raw.empty())
      out.append(header.name).append(": ").append(header.value).append("\r\n");
    else
      out.append(header.raw);
  }
}

}  // namespace

Parsed<Message> Message::parse(std::string_view octets) {
  auto headers = parse_block(octets, 0, Kind::message);
  if (!headers) return std::unexpected(headers.error());
  auto content = parse_block(octets, headers->size, Kind::content);
  if (!content) return std::unexpected(content.error());
  return Message{.headers = std::move(headers->headers),
                 .content_headers = std::move(content->headers),
                 .content = std::string(octets.substr(headers->size + content->size)),
                 .headers_end = std::move(headers->end),
                 .content_headers_end = std::move(content->end)};
}

Octets Message::write() const {
  Octets out;
  append(out, headers);
  out.append(headers_end);
  append(out, content_headers);
  return out.append(content_headers_end).append(content);
}

std::optional<std::string_view> Message::value(std::string_view name) const {
  auto const header = std::ranges::find(headers, name, &Header::name);
  if (header == headers.end()) return std::nullopt;
  return header->value;
}

std::optional<std::string_view> Message::content_value(std::string_view name) const {
  auto const header = std::ranges::find_if(content_headers, [&](Header const& h) { return iequals(h.name, name); });
  if (header == content_headers.end()) return std::nullopt;
  return header->value;
}

}  // namespace tollgate::cpim
