/// ext-header = hname ":" SP hval CRLF
/// hname      = ALPHA *token, hval = utf8text   (RFC 4975 9)
#include "codec/msrp/judge_fields.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "codec/msrp/digest.hpp"
#include "codec/msrp/ident.hpp"
#include "codec/msrp/views.hpp"
#include "codec/utf8.hpp"

namespace tollgate::msrp {

namespace {

constexpr std::string_view grammar = "RFC 4975 9";

/// The error of a parser, whatever it reads.
using Check = std::optional<ParseError> (*)(std::string_view);

template <auto parse>
std::optional<ParseError> check(std::string_view text) {
  if (auto const value = parse(text); !value) return value.error();
  return std::nullopt;
}

struct KnownField {
  std::string_view name;
  Check check;
  bool only_once = true;
  Outcome outcome = Outcome::reject;  ///< what a receiver makes of a value that is malformed
};

/// A Message-ID is only compared, so one that is no ident does no harm to its receiver.
constexpr auto known_fields = std::to_array<KnownField>({
    {"To-Path", check<parse_path>},
    {"From-Path", check<parse_path>},
    {"Message-ID", check<parse_message_id>, true, Outcome::accept},
    {"Byte-Range", check<parse_byte_range>},
    {"Success-Report", check<parse_success_report>},
    {"Failure-Report", check<parse_failure_report>},
    {"Status", check<parse_report_status>},
    {"Content-Type", check<parse_media_type>},
    {"Content-Disposition", check<parse_disposition>, true, Outcome::either},
    {"Use-Path", check<parse_path>},
    {"Expires", check<parse_seconds>},
    {"Min-Expires", check<parse_seconds>},
    {"Max-Expires", check<parse_seconds>},
    {"WWW-Authenticate", check<parse_www_authenticate>, false},
    {"Authorization", check<parse_authorization>},
    {"Authentication-Info", check<parse_authentication_info>},
});

class FieldJudge {
 public:
  FieldJudge(Index const& index, std::optional<std::uint32_t> refusal, Deviations& found)
      : index_(index), refusal_(refusal), found_(found) {}

  void judge(Line const& line) {
    if (!has_form(line)) return;
    auto const name = index_.name(line);
    auto const* const known = std::ranges::find_if(known_fields, [&](auto const& k) { return iequals(k.name, name); });
    if (known == known_fields.end()) return;
    if (known->only_once && index_.find(name) != &line) return doubled(line, *known);
    if (auto error = known->check(index_.value(line))) {
      error->offset += index_.value_begin(line);
      auto const rest = line.end - std::min<std::size_t>(error->offset, line.end);
      auto const answer = error->what == What::limit && refusal_ ? std::optional<std::uint32_t>(413) : refusal_;
      found_.note(*error, known->outcome, known->outcome == Outcome::accept ? std::nullopt : answer, rest);
    }
  }

 private:
  void refuse(std::size_t offset, std::size_t size, std::string_view rule, std::string_view detail) {
    found_.note({offset, size, rule, grammar, Strength::must, std::string(detail)}, Outcome::reject, refusal_);
  }

  /// Whether the line is a name, ": " and text at all.
  bool has_form(Line const& line) {
    auto const text = index_.octets().substr(line.begin, line.end - line.begin);
    auto const name = index_.name(line);
    if (line.colon == line.end) {
      refuse(line.begin, text.size(), "header", "no colon");
    } else if (!is_token(name) || !is_alphanum(name.front()) || is_digit(name.front())) {
      refuse(line.begin, name.size(), "hname", "not a header name");
    } else if (index_.value_begin(line) != line.colon + 2) {
      refuse(line.colon, 1, "header", "no space after the colon");
    } else {
      return is_text(line);
    }
    return false;
  }

  bool is_text(Line const& line) {
    auto const value = index_.value(line);
    auto const end = std::min(run_end(value, 0, is_text_char), first_not_utf8(value));
    if (end == value.size()) return true;
    bool const is_line_end = value[end] == '\r' || value[end] == '\n';
    refuse(index_.value_begin(line) + end, 1, is_line_end ? "header" : "utf8text",
           is_line_end ? "bare CR or LF" : "control character or not UTF-8");
    return false;
  }

  void doubled(Line const& line, KnownField const& known) {
    bool const is_path = known.name == "To-Path" || known.name == "From-Path";
    found_.note({line.begin, line.end - line.begin, known.name, grammar, is_path ? Strength::must : Strength::should, "more than once"},
                is_path ? Outcome::reject : Outcome::either, refusal_);
  }

  Index const& index_;
  std::optional<std::uint32_t> refusal_;
  Deviations& found_;
};

}  // namespace

void judge_fields(Index const& index, std::optional<std::uint32_t> refusal, Deviations& found) {
  FieldJudge judge(index, refusal, found);
  for (auto const& line : index.lines()) judge.judge(line);
}

}  // namespace tollgate::msrp
