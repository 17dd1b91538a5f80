/// Judges an MSRP message in one pass over its index.
///   headers       = To-Path CRLF From-Path CRLF 1*( header CRLF )
///   content-stuff = *( Other-Mime-header CRLF ) Content-Type 2CRLF data CRLF
///   msrp-response = resp-start headers end-line, with flag "$"   (RFC 4975 9, 7.1, 7.2)
#include "codec/msrp/judge.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "codec/cpim/judge.hpp"
#include "codec/deviations.hpp"
#include "codec/media_type.hpp"
#include "codec/msrp/ident.hpp"
#include "codec/msrp/index.hpp"
#include "codec/msrp/judge_fields.hpp"
#include "codec/msrp/views.hpp"

namespace tollgate::msrp {

namespace {

constexpr std::string_view grammar = "RFC 4975 9";

/// Whether anything at all may be answered to what the index shows (RFC 4975 7.1.2, 7.2).
bool is_answered(StartLine const& start, std::optional<std::string_view> failure_report) {
  return !start.method.empty() && start.method != "REPORT" && !iequals(failure_report.value_or("yes"), "no");
}

/// A message that cannot be cut from its stream.
Judgement judge_unframed(std::string_view octets, ParseError error, Context const& context) {
  std::optional<std::uint32_t> answer;
  auto const start = parse_start_line(octets, context.limits.start_line);
  if (start && is_answered(*start, std::nullopt) && error.what != What::need_more) answer = error.what == What::limit ? 413 : 400;
  if (error.what == What::need_more) error.detail = "the message does not end: the receiver waits for more";
  Deviations found;
  auto const line = octets.substr(std::min(error.offset, octets.size()));
  found.note(error, Outcome::reject, answer, std::min(line.find_first_of("\r\n"), line.size()));
  return std::move(found).take();
}

class Judge {
 public:
  Judge(Index const& index, Context const& context, Deviations& found) : index_(index), context_(context), found_(found) {}

  void start_line() {
    auto const& start = index_.start();
    if (!is_ident(start.transaction_id)) refuse(5, start.transaction_id.size(), "transact-id", grammar, "not 4 to 32 ident characters");
    constexpr std::array<std::string_view, 5> known = {"", "SEND", "REPORT", "AUTH", "NICKNAME"};
    if (std::ranges::find(known, start.method) != known.end()) return;
    note(offset_of(start.method), start.method.size(), "method", "RFC 4975 7.1", Strength::may, Outcome::accept, 501,
         "an extension, which a receiver that does not know it answers with 501");
  }

  void path_order() {
    constexpr std::array<std::string_view, 2> paths = {"To-Path", "From-Path"};
    auto const lines = index_.lines();
    for (std::size_t i = 0; i < paths.size(); ++i) {
      if (i < lines.size() && iequals(index_.name(lines[i]), paths[i])) continue;
      if (auto const* const elsewhere = index_.find(paths[i]))
        refuse(elsewhere->begin, elsewhere->end - elsewhere->begin, paths[i], "RFC 4975 7.1",
               i == 0 ? "not the first header field" : "not the second header field");
      else
        refuse(i < lines.size() ? lines[i].begin : index_.headers_end(), 0, paths[i], "RFC 4975 7.1", "missing");
    }
  }

  void content() {
    auto const lines = index_.lines();
    if (!index_.has_body()) {
      for (auto const& line : lines)
        if (iequals(index_.name(line).substr(0, 8), "Content-"))
          refuse(line.begin, line.end - line.begin, "content-stuff", "RFC 4975 7.1", "MIME header without a body");
      return;
    }
    auto const* const type = index_.find("Content-Type");
    if (type == nullptr) return refuse(index_.headers_end(), 0, "Content-Type", "RFC 4975 7.1", "body without a type");
    if (type != &lines.back())
      note(type->begin, type->end - type->begin, "Content-Type", "RFC 4975 7.1", Strength::must, Outcome::either, 400,
           "not the last header field");
  }

  void response() {
    if (!index_.start().method.empty()) return;
    if (index_.has_body()) refuse(index_.body_begin(), index_.body().size(), "msrp-response", grammar, "a response has no body");
    if (index_.flag() != '$') refuse(index_.flag_at(), 1, "continuation-flag", "RFC 4975 7.2", "a response ends with $");
    if (!is_one_of(context_.transactions, index_.start().transaction_id))
      refuse(5, index_.start().transaction_id.size(), "transact-id", "RFC 4975 7.2", "no request of ours has this id");
  }

  void wanted() {
    auto const method = index_.start().method;
    bool const is_report = method == "REPORT";
    if (!is_report && method != "SEND") return;
    want("Message-ID", is_report ? "RFC 4975 7.1.2" : "RFC 4975 7.1.1");
    if (!is_report) return;
    want("Byte-Range", "RFC 4975 7.1.2");
    want("Status", "RFC 4975 7.1.2");
    auto const id = index_.value("Message-ID");
    if (id && !is_one_of(context_.messages, *id))
      refuse(offset_of(*id), id->size(), "Message-ID", "RFC 4975 7.3.2", "no message of ours has this id");
  }

  /// The body against what Byte-Range and the flag say of it.
  void range() {
    auto const* const line = index_.find("Byte-Range");
    if (line == nullptr) return;
    auto const range = parse_byte_range(index_.value(*line));
    if (!range) return;
    auto const claimed = std::max(range->total.value_or(0), std::max(range->end.value_or(0), range->start - 1));
    if (claimed > context_.message_octets_max)
      note(line->begin, line->end - line->begin, "Byte-Range", "RFC 4975 10.5", Strength::must, Outcome::reject, answer(413),
           "more octets than this receiver takes");
    if (index_.start().method == "SEND" && index_.has_body()) body_against(*range, *line);
  }

  void session() {
    auto const path = parse_path(index_.value("To-Path").value_or(""));
    if (!context_.sessions || index_.start().method.empty() || !path) return;
    auto const is_ours = [&](std::string const& text) {
      auto const ours = parse_uri(text);
      return ours && same(*ours, path->back());
    };
    if (!std::ranges::any_of(*context_.sessions, is_ours))
      note(offset_of(*index_.value("To-Path")), index_.value("To-Path")->size(), "To-Path", "RFC 4975 7.3", Strength::must, Outcome::reject,
           answer(481), "no session of ours has this URI");
  }

  void body() {
    auto const text = index_.value("Content-Type");
    if (index_.start().method != "SEND" || !index_.has_body() || !text) return;
    auto const type = parse_media_type(*text);
    if (!type) return;
    auto const accepts = [&](std::string const& range) { return type->is(range); };
    if (context_.accept_types && !std::ranges::any_of(*context_.accept_types, accepts))
      note(offset_of(*text), text->size(), "Content-Type", "RFC 4975 8.6", Strength::must, Outcome::reject, answer(415),
           "not among the accepted types");
    if (type->is("message/cpim") && is_whole()) found_.note(cpim::judge(index_.body()), index_.body_begin(), answer(400));
  }

 private:
  [[nodiscard]] std::optional<std::uint32_t> answer(std::uint32_t status) const {
    if (is_answered(index_.start(), index_.value("Failure-Report"))) return status;
    return std::nullopt;
  }
  void note(std::size_t offset, std::size_t size, std::string_view rule, std::string_view clause, Strength strength, Outcome outcome,
            std::optional<std::uint32_t> status, std::string_view detail) {
    found_.note({offset, size, rule, clause, strength, std::string(detail)}, outcome, status);
  }
  void refuse(std::size_t offset, std::size_t size, std::string_view rule, std::string_view clause, std::string_view detail) {
    note(offset, size, rule, clause, Strength::must, Outcome::reject, answer(400), detail);
  }
  [[nodiscard]] std::size_t offset_of(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - index_.octets().data());
  }
  static bool is_one_of(std::optional<std::vector<std::string>> const& known, std::string_view text) {
    return !known || std::ranges::find(*known, text) != known->end();
  }
  void want(std::string_view name, std::string_view clause) {
    if (index_.find(name) == nullptr) refuse(index_.headers_end(), 0, name, clause, "missing");
  }

  void body_against(ByteRange const& range, Line const& line) {
    auto const octets = index_.body().size();
    auto const wrong = [&](std::string_view rule, Outcome outcome, std::string_view detail) {
      note(line.begin, line.end - line.begin, rule, "RFC 4975 7.1.1", Strength::must, outcome,
           outcome == Outcome::accept ? std::nullopt : answer(400), detail);
    };
    auto const last = range.start - 1 + octets;
    bool const is_last = index_.flag() == '$';
    if (range.end && octets > *range.end + 1 - range.start) return wrong("range-end", Outcome::reject, "less than the body");
    if (range.end && octets < *range.end + 1 - range.start) {
      return is_last ? wrong("range-end", Outcome::reject, "more than the body")
                     : wrong("range-end", Outcome::either, "more than the body: an interrupted chunk has *");
    }
    if (range.total && last > *range.total) return wrong("total", Outcome::reject, "less than the body");
    if (range.total && is_last && last < *range.total) return wrong("total", Outcome::reject, "more than the last chunk ends with");
    constexpr std::size_t uninterruptible_max = 2048;
    if (range.end && octets > uninterruptible_max)
      wrong("range-end", Outcome::accept, "a chunk of more than 2048 octets must be interruptible: *");
  }

  [[nodiscard]] bool is_whole() const {
    auto const range = parse_byte_range(index_.value("Byte-Range").value_or("1-*/*"));
    return range && range->start == 1 && index_.flag() == '$';
  }

  Index const& index_;
  Context const& context_;
  Deviations& found_;
};

}  // namespace

Judgement judge(std::string_view octets, Context const& context) {
  auto const index = Index::parse(octets, context.limits);
  if (!index) return judge_unframed(octets, index.error(), context);
  Deviations found;
  Judge judge(*index, context, found);
  std::optional<std::uint32_t> refusal;
  if (is_answered(index->start(), index->value("Failure-Report"))) refusal = 400;
  judge.start_line();
  judge_fields(*index, refusal, found);
  judge.path_order();
  judge.content();
  judge.response();
  judge.wanted();
  judge.range();
  judge.session();
  judge.body();
  auto const size = index->octets().size();
  if (size != octets.size())
    found.note({size, octets.size() - size, "end-line", grammar, Strength::must, "octets after the end-line"}, Outcome::reject, refusal);
  return std::move(found).take();
}

}  // namespace tollgate::msrp
