/// header: *( SEMI generic-param ),  generic-param = token [ EQUAL gen-value ],  gen-value = token / host /
///         quoted-string; received=2001:db8::1 has no brackets (RFC 3261 25.1 via-received), hence ":" in a value
/// uri:    *( ";" uri-parameter ),   other-param = pname [ "=" pvalue ],  pname, pvalue = 1*paramchar,
///         paramchar = param-unreserved / unreserved / escaped                                      (RFC 3261 25.1)
#include "codec/sip/parameters.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/escapes.hpp"
#include "codec/sip/host_port.hpp"

namespace tollgate::sip {

static constexpr std::string_view clause = "RFC 3261 25.1";
static constexpr std::size_t parameters_max = 64;
static constexpr CharSet paramchar_set = unreserved_set | "[]/:&+$%";
static constexpr CharSet host_or_token_set = token_set | "[]:";

namespace {

/// Goes through a text parameter by parameter.
struct Reader {
  std::string_view text;
  ParametersOf of;
  std::size_t at;  ///< of a SEMI, or the end
  Parameter parameter = {};
  std::size_t name_at = 0;
  ParseError error = {};  ///< set where `next` fails

  /// False at what is no parameter.
  bool next() {
    if (text[at] != ';') return fail("SEMI", "expected ; before a parameter");
    ++at;
    skip();
    name_at = at;
    auto const name = is_uri() ? paramchar_set.run(text, at) : token_size(text, at);
    if (name == 0) return fail(is_uri() ? "pname" : "generic-param", "expected a name");
    parameter = {text.substr(at, name), std::nullopt};
    at += name;
    skip();
    return at == text.size() || text[at] != '=' || read_value();
  }

 private:
  [[nodiscard]] bool is_uri() const { return of == ParametersOf::uri; }
  void skip() {
    if (!is_uri()) at += space_size(text, at);
  }
  bool fail(std::string_view rule, std::string_view detail) {
    error = {What::invalid, at, rule, clause, detail};
    return false;
  }

  /// The value behind the "=" at `at`.
  bool read_value() {
    ++at;
    skip();
    bool const is_quoted = !is_uri() && at < text.size() && text[at] == '"';
    auto const size = is_quoted ? quoted_size(text, at) : is_uri() ? paramchar_set.run(text, at) : plain_size();
    if (size == 0) return is_quoted ? fail("quoted-string", "the quote does not end") : bad_value();
    parameter.value = text.substr(at, size);
    at += size;
    skip();
    return true;
  }
  /// Octets of a token or a host; 0 when neither stands here.
  [[nodiscard]] std::size_t plain_size() const {
    auto const token = token_size(text, at);
    auto const size = token + host_or_token_set.run(text, at + token);
    if (size == token) return token;
    auto const host = text.substr(at, size);
    return is_ipv6_address(host) || parse_host_port(host) ? size : 0;
  }
  bool bad_value() {
    if (is_uri()) return fail("pvalue", "expected a value");
    bool const is_there = host_or_token_set.run(text, at) > 0;
    return fail("gen-value", is_there ? "neither a token, a host nor a quoted-string" : "expected a value");
  }
};

/// The offset of a "%" that starts no escape.
std::optional<std::size_t> bad_escape(std::string_view text) {
  for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1))
    if (!is_escape(text.substr(at))) return at;
  return std::nullopt;
}

}  // namespace

void Parameters::Iterator::read_on() {
  if (at_ == 0 && all_->of_ == ParametersOf::header) at_ = space_size(all_->text_);
  is_end_ = at_ >= all_->text_.size();
  if (is_end_) return;
  Reader reader{all_->text_, all_->of_, at_};
  is_end_ = !reader.next();
  parameter_ = reader.parameter;
  at_ = reader.at;
}

void Parameters::keep(Parameter const& parameter, std::size_t next) {
  constexpr std::size_t offset_max = 0xffff;
  if (kept_ == slots_max || next > offset_max) return;
  auto const small = [](std::size_t number) { return static_cast<std::uint16_t>(number); };
  auto const at = [&](std::string_view part) { return small(static_cast<std::size_t>(part.data() - text_.data())); };
  auto const value = parameter.value.value_or(std::string_view());
  slots_[kept_++] = {at(parameter.name), small(parameter.name.size()), parameter.value ? at(value) : small(0), small(value.size())};
  rest_at_ = small(next);
}

std::size_t Parameters::size() const {
  std::size_t count = 0;
  for (auto it = begin(); it != end(); ++it) ++count;
  return count;
}

std::optional<std::string_view> Parameters::find(std::string_view name) const {
  for (auto const& parameter : *this)
    if (iequals(parameter.name, name)) return parameter.value.value_or(std::string_view());
  return std::nullopt;
}

Parsed<Parameters> parse_parameters(std::string_view text, ParametersOf of) {
  Parsed<Parameters> parameters;
  if (text.empty()) return parameters;
  if (auto const read = parameters->read(text, of); !read) parameters = std::unexpected(read.error());
  return parameters;
}

Parsed<void> Parameters::read(std::string_view text, ParametersOf of) {
  bool const is_uri = of == ParametersOf::uri;
  of_ = of;
  Reader reader{text, of, is_uri ? 0 : space_size(text)};
  for (std::size_t count = 0; reader.at < text.size(); ++count) {
    text_ = text.substr(0, reader.at);
    if (!reader.next()) return std::unexpected(reader.error);
    if (count > 0 && has(reader.parameter.name))
      return invalid(reader.name_at, is_uri ? "uri-parameter" : "generic-param", is_uri ? "RFC 3261 19.1.1" : "RFC 3261 7.3.1",
                     "appears twice");
    if (count == parameters_max) return over_limit(reader.name_at, "generic-param", clause, "too many");
    text_ = text;
    keep(reader.parameter, reader.at);
  }
  if (auto const bad = is_uri ? bad_escape(text) : std::nullopt) return invalid(*bad, "escaped", clause, "expected two hexadecimal digits");
  text_ = text;
  return {};
}

std::string_view unquoted(std::string_view value) {
  bool const is_quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  return is_quoted ? value.substr(1, value.size() - 2) : value;
}

}  // namespace tollgate::sip
