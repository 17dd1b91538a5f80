#include "codec/sdp/attributes.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/char_set.hpp"
#include "base/text.hpp"
#include "codec/sdp/words.hpp"

namespace tollgate::sdp {

namespace {

template <class E, std::size_t N>
using Spellings = std::array<std::pair<E, std::string_view>, N>;

constexpr Spellings<Setup, 4> setups{
    {{Setup::active, "active"}, {Setup::passive, "passive"}, {Setup::actpass, "actpass"}, {Setup::holdconn, "holdconn"}}};
constexpr Spellings<ConnectionUse, 2> uses{{{ConnectionUse::new_connection, "new"}, {ConnectionUse::existing, "existing"}}};
constexpr Spellings<Direction, 4> directions{{{Direction::sendrecv, "sendrecv"},
                                              {Direction::sendonly, "sendonly"},
                                              {Direction::recvonly, "recvonly"},
                                              {Direction::inactive, "inactive"}}};

template <class E, std::size_t N>
std::string_view spelled(Spellings<E, N> const& spellings, E value) {
  auto const found = std::ranges::find(spellings, value, &std::pair<E, std::string_view>::first);
  return found == spellings.end() ? std::string_view() : found->second;
}

/// The value as one of `spellings`.
template <class E, std::size_t N>
Parsed<E> read_word(Piece value, std::string_view rule, Spellings<E, N> const& spellings, std::string_view clause) {
  for (auto const& [meaning, spelling] : spellings)
    if (value.text == spelling) return meaning;
  return invalid(value.offset, rule, clause, "none of its values");
}

/// The attribute `name` of the media or else of the session, as `parse` reads it.
template <class E>
Parsed<std::optional<E>> inherited(Section const& session, Section const& media, std::string_view name, Parsed<E> (*parse)(Piece)) {
  for (auto const* const section : {&media, &session}) {
    auto const value = section->attribute(name);
    if (!value) return std::unexpected(value.error());
    if (!*value) continue;
    auto const read = parse(**value);
    return read ? Parsed<std::optional<E>>(*read) : std::unexpected(read.error());
  }
  return std::optional<E>();
}

}  // namespace

std::string_view to_string(Setup setup) {
  return spelled(setups, setup);
}
std::string_view to_string(ConnectionUse use) {
  return spelled(uses, use);
}
std::string_view to_string(Direction direction) {
  return spelled(directions, direction);
}

Parsed<Setup> parse_setup(Piece value) {
  return read_word(value, "setup", setups, "RFC 4145 4");
}
Parsed<ConnectionUse> parse_connection_use(Piece value) {
  return read_word(value, "connection", uses, "RFC 4145 5");
}
std::optional<Direction> direction_named(std::string_view name) {
  for (auto const& [direction, spelling] : directions)
    if (spelling == name) return direction;
  return std::nullopt;
}

Parsed<std::optional<Setup>> setup(Section const& session, Section const& media) {
  return inherited(session, media, "setup", parse_setup);
}
Parsed<std::optional<ConnectionUse>> connection_use(Section const& session, Section const& media) {
  return inherited(session, media, "connection", parse_connection_use);
}

Parsed<std::optional<Direction>> direction(Section const& session, Section const& media) {
  for (auto const* const section : {&media, &session}) {
    std::optional<Direction> found;
    for (std::size_t i = 0; i < section->size(); ++i) {
      auto const named = section->type(i) == 'a' ? direction_named(section->text(i)) : std::nullopt;
      if (named && found) return invalid(section->at(i).offset, "direction", "RFC 8866 6.7", "more than one");
      if (named) found = named;
    }
    if (found) return found;
  }
  return std::optional<Direction>();
}

Parsed<Fingerprint> parse_fingerprint(Piece value) {
  constexpr std::string_view clause = "RFC 8122 5";
  constexpr CharSet uhex_set = CharSet::range('0', '9') | CharSet::range('A', 'F');
  constexpr std::array<std::pair<std::string_view, std::size_t>, 6> sizes{
      {{"sha-1", 20}, {"sha-224", 28}, {"sha-256", 32}, {"sha-384", 48}, {"sha-512", 64}, {"md5", 16}}};
  constexpr std::size_t octet_size = 3;  // two digits and a colon
  Words words(value);
  auto const function = words.next_or_end();
  if (function.text.empty() || words.at_end()) return invalid(function.offset, "hash-func", clause, "expected a token and SP");
  auto const& [text, offset] = words.rest();
  for (std::size_t i = 0; i <= text.size(); ++i) {
    bool const is_colon = i % octet_size == 2;
    if (i == text.size() && is_colon) break;
    bool const is_good = i < text.size() && (is_colon ? text[i] == ':' : uhex_set.contains(text[i]));
    if (!is_good) return invalid(offset + i, "fingerprint", clause, "expected pairs of upper-case digits with : between");
  }
  for (auto const& [name, octets] : sizes)
    if (iequals(function.text, name) && text.size() + 1 != octets * octet_size)
      return invalid(offset, "fingerprint", clause, "not as long as its hash function makes it");
  return Fingerprint{function.text, text};
}

Parsed<std::vector<Fingerprint>> fingerprints(Section const& session, Section const& media) {
  std::vector<Fingerprint> all;
  auto const& from = media.find_attribute("fingerprint") ? media : session;
  for (std::size_t nth = 0; auto const value = from.find_attribute("fingerprint", nth); ++nth) {
    auto const read = parse_fingerprint(*value);
    if (!read) return std::unexpected(read.error());
    all.push_back(*read);
  }
  return all;
}

Parsed<std::string_view> parse_format_list(Piece value) {
  Words words(value);
  while (auto const entry = words.next()) {
    auto const& text = entry->text;
    auto const slash = text.find('/');
    auto const type_end = std::min(text.find(';'), text.size());
    bool const is_type = slash != std::string_view::npos && slash > 0 && slash + 1 < type_end;
    if (text != "*" && !is_type) return invalid(entry->offset, "format-entry", "RFC 4975 8.6", "neither a media type nor *");
  }
  return value.text;
}

Parsed<std::uint64_t> parse_max_size(Piece value) {
  auto const size = to_number<std::uint64_t>(value.text);
  if (!size) return invalid(value.offset, "max-size", "RFC 4975 8.6", "not a number of octets");
  return *size;
}

}  // namespace tollgate::sdp
