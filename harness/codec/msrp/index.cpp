/// Finds the end of an MSRP message: its length stands nowhere, only its end-line tells.
///   msrp-request      = req-start headers [content-stuff] end-line
///   content-stuff     = *( Other-Mime-header CRLF ) Content-Type 2CRLF data CRLF
///   end-line          = "-------" transact-id continuation-flag CRLF
///   continuation-flag = "+" / "$" / "#"   (RFC 4975 9, 7.1)
#include "codec/msrp/index.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "base/text.hpp"

namespace tollgate::msrp {

namespace {

constexpr std::string_view clause = "RFC 4975 9";
constexpr std::string_view crlf = "\r\n";
constexpr std::string_view hyphens = "-------";

std::unexpected<ParseError> more(std::size_t offset, std::string_view rule) {
  return std::unexpected(ParseError{What::need_more, offset, rule, clause, {}});
}

enum class Match : std::uint8_t { none, partial, whole };

/// Moves behind `word`, as far as `text` goes.
Match take(std::string_view& text, std::string_view word) {
  auto const common = std::min(text.size(), word.size());
  if (std::memcmp(text.data(), word.data(), common) != 0) return Match::none;
  text.remove_prefix(common);
  return common == word.size() ? Match::whole : Match::partial;
}

/// Whether `text`, which begins at a line start, begins with the end-line of that transaction.
Match match_end_line(std::string_view text, std::string_view transaction_id) {
  if (!text.empty() && text.front() != '-') return Match::none;
  for (auto const word : {hyphens, transaction_id})
    if (auto const match = take(text, word); match != Match::whole) return match;
  if (text.empty()) return Match::partial;
  if (text[0] != '$' && text[0] != '+' && text[0] != '#') return Match::none;
  text.remove_prefix(1);
  return take(text, crlf);
}

std::size_t end_line_size(std::string_view transaction_id) {
  return hyphens.size() + transaction_id.size() + 1 + crlf.size();
}

/// The offset of the first CRLF; the size when there is none.
std::size_t find_crlf(std::string_view text) {
  for (std::size_t from = 0;;) {
    auto const lf = text.find('\n', from);
    if (lf == std::string_view::npos) return text.size();
    if (lf > 0 && text[lf - 1] == '\r') return lf - 1;
    from = lf + 1;
  }
}

/// The offset of the CRLF before the end-line. `find` looks for the first octet with memchr, so a body is read about as
/// fast as it can be.
Parsed<std::size_t> end_of_body(std::string_view text, std::size_t begin, std::string_view transaction_id) {
  constexpr std::string_view needle = "\r\n-------";
  if (match_end_line(text.substr(begin), transaction_id) == Match::whole)
    return invalid(begin, "end-line", clause, "no CRLF between the blank line and the end-line");
  for (auto from = begin;;) {
    auto const found = text.find(needle, from);
    if (found == std::string_view::npos) return more(text.size(), "end-line");
    auto const match = match_end_line(text.substr(found + crlf.size()), transaction_id);
    if (match == Match::whole) return found;
    if (match == Match::partial) return more(text.size(), "end-line");
    from = found + crlf.size();
  }
}

}  // namespace

/// Answers the offset of what ends the header lines: the end-line or the blank line.
Parsed<std::size_t> Index::read_lines(std::string_view text, Limits const& limits) {
  auto const most = std::min(limits.fields, lines_max);
  auto const begin = start_.size;
  for (auto at = begin;;) {
    auto const rest = text.substr(at);
    auto const match = match_end_line(rest, start_.transaction_id);
    if (match == Match::whole || rest.starts_with(crlf)) return at;
    if (match == Match::partial || rest == "\r") return more(text.size(), "headers");
    if (line_count_ == most) return over_limit(at, "headers", clause, "too many header fields");
    auto const left = limits.header - (at - begin);
    auto const line = rest.substr(0, left);
    auto const size = find_crlf(line);
    if (size == line.size()) {
      if (rest.size() < left) return more(text.size(), "headers");
      return over_limit(begin + limits.header, "headers", clause, "header section too long");
    }
    auto const colon = std::min(line.substr(0, size).find(':'), size);
    lines_[line_count_++] = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + colon), static_cast<std::uint32_t>(at + size)};
    at += size + crlf.size();
  }
}

Parsed<void> Index::read(std::string_view stream, std::string_view text, Limits const& limits) {
  auto const start = parse_start_line(stream, limits.start_line);
  if (!start) return std::unexpected(start.error());
  if (start->size > text.size()) return more(text.size(), "req-start");
  start_ = *start;
  auto const headers_end = read_lines(text, limits);
  if (!headers_end) return std::unexpected(headers_end.error());
  headers_end_ = *headers_end;
  auto end_line = headers_end_;
  if (text.substr(end_line).starts_with(crlf)) {
    auto const body_end = end_of_body(text, body_begin(), start_.transaction_id);
    if (!body_end) return std::unexpected(body_end.error());
    body_end_ = *body_end;
    end_line = body_end_ + crlf.size();
  }
  octets_ = text.substr(0, end_line + end_line_size(start_.transaction_id));
  return {};
}

Parsed<Index> Index::parse(std::string_view stream, Limits const& limits) {
  constexpr std::size_t offsets_max = std::numeric_limits<std::uint32_t>::max();
  auto const most = std::min(limits.octets, offsets_max);
  Parsed<Index> index(std::in_place);  // the one that is returned: an index is not moved on the good path
  auto const read = index->read(stream, stream.substr(0, most), limits);
  if (!read) {
    bool const is_cut = read.error().what == What::need_more && stream.size() >= most;
    index = is_cut ? over_limit(most, "msrp-request", clause, "message too large") : std::unexpected(read.error());
  }
  return index;
}

std::string_view Index::body() const {
  return has_body() ? octets_.substr(body_begin(), body_end_ - body_begin()) : std::string_view();
}

std::string_view Index::name(Line const& line) const {
  return octets_.substr(line.begin, line.colon - line.begin);
}

std::size_t Index::value_begin(Line const& line) const {
  if (line.colon == line.end) return line.end;
  auto const behind = line.colon + 1;
  return octets_[behind] == ' ' ? behind + 1 : behind;
}

std::string_view Index::value(Line const& line) const {
  auto const begin = value_begin(line);
  return octets_.substr(begin, line.end - begin);
}

Line const* Index::find(std::string_view wanted) const {
  auto const all = lines();
  auto const found = std::ranges::find_if(all, [&](Line const& line) { return iequals(name(line), wanted); });
  return found == all.end() ? nullptr : &*found;
}

std::optional<std::string_view> Index::value(std::string_view wanted) const {
  auto const* const line = find(wanted);
  if (line == nullptr) return std::nullopt;
  return value(*line);
}

Framed frame(std::string_view stream, Limits limits) {
  auto const index = Index::parse(stream, limits);
  if (index) return Framed::message(index->octets().size());
  return index.error().what == What::need_more ? Framed::more() : Framed::bad(index.error());
}

}  // namespace tollgate::msrp
