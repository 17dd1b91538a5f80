#include "codec/sip/judge.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"
#include "codec/sip/judge_case.hpp"
#include "codec/sip/via.hpp"

namespace tollgate::sip {

std::string_view Case::end_of_header() const {
  auto const end = body ? octets.size() - body->size() : octets.size();
  return octets.substr(end, 0);
}

bool Case::has_cookie() const {
  auto const via = top_via(fields());
  return via && via->branch().starts_with(magic_cookie);
}

void Case::add(std::string_view where, std::string_view rule, std::string_view clause, Strength strength, Effect effect,
               std::string detail) {
  auto const offset = static_cast<std::size_t>(where.data() - octets.data());
  findings_.push_back({{offset, where.size(), rule, clause, strength, std::move(detail)}, effect});
}

void Case::add(std::string_view text, ParseError const& error, std::string_view of, Effect effect) {
  auto const at = std::min(error.offset, text.size());
  add(text.substr(at, at < text.size() ? 1 : 0), error.rule, error.clause, Strength::must, effect, fmt::format("{}: {}", of, error.detail));
}

Judgement Case::judgement() const {
  Judgement judgement;
  auto const* deciding = static_cast<Effect const*>(nullptr);
  std::vector<Finding const*> in_order;  // of offset; of two at one place the first found comes first
  for (auto const& finding : findings_) in_order.push_back(&finding);
  std::ranges::sort(in_order, {}, [](Finding const* one) { return std::pair(one->diagnostic.offset, one); });
  for (auto const* finding : in_order) {
    auto const& [diagnostic, effect] = *finding;
    judgement.diagnostics.push_back(diagnostic);
    if (effect.outcome == Outcome::reject || judgement.outcome == Outcome::accept) judgement.outcome = effect.outcome;
    if (effect.status != 0 && (deciding == nullptr || effect.stage < deciding->stage)) deciding = &effect;
  }
  if (deciding != nullptr && is_request && !is("ACK")) judgement.answer = deciding->status;
  return judgement;
}

/// Line ends that are no CRLF: told once, for a message that has one often has no other.
static void judge_line_ends(Case& it, std::string_view head) {
  for (std::size_t i = 0; i < head.size(); ++i) {
    bool const is_pair = head.substr(i, 2) == "\r\n";
    if (is_pair)
      ++i;
    else if (head[i] == '\n' || head[i] == '\r')
      return it.add(head.substr(i, 1), "CRLF", "RFC 3261 7", Strength::must, bad_syntax,
                    head[i] == '\n' ? "a line ends with LF alone" : "a CR without LF");
  }
}

/// RFC 3261 generates ":::" before an IPv4 tail by mistake; it is borne (RFC 5118 4.10).
static void judge_triple_colon(Case& it, std::string_view head) {
  auto const at = head.find(":::");
  auto const open = head.rfind('[', at);
  bool const is_reference = at != std::string_view::npos && open != std::string_view::npos &&
                            head.substr(open, at - open).find_first_of("]\n") == std::string_view::npos;
  if (is_reference) it.add(head.substr(at, 3), "IPv6address", "RFC 5118 4.10", Strength::may, none, "three colons, read as two");
}

/// Reads all lines, the bad ones too.
static void read_lines(Case& it, Layout& layout) {
  for (FieldLine line;;) {
    auto const begin = layout.at();
    auto const step = layout.next(line);
    if (step == Layout::Step::blank_line) {
      it.body = it.octets.substr(layout.at());
      return;
    }
    if (step == Layout::Step::cut)
      return it.add(it.octets.substr(it.octets.size()), "generic-message", "RFC 3261 7", Strength::must, bad_syntax,
                    fmt::format("no blank line ends the header section that goes on at octet {}", begin));
    if (!line.has_colon) {
      it.add(it.octets, layout.missing_colon(line), "header field");
      continue;
    }
    it.found.push_back(layout.view(line));
    judge_field(it, it.found.back());
  }
}

Judgement judge(std::string_view octets, Framing framing) {
  Case it(octets, framing);
  Layout layout(octets);
  if (layout.start_begin() > 0 && framing == Framing::datagram)
    it.add(octets.substr(0, layout.start_begin()), "start-line", "RFC 3261 7.5", Strength::should, none,
           "line ends before it are borne on streams");
  auto const line = layout.start_line();
  it.is_request = !iequals(line.substr(0, 4), "SIP/");
  if (!layout.has_start_line()) {
    it.add(octets.substr(octets.size()), "start-line", "RFC 3261 7", Strength::must, bad_syntax, "no line end");
    return it.judgement();
  }
  judge_start_line(it, line);
  read_lines(it, layout);
  auto const head = octets.substr(layout.start_begin(), layout.at() - layout.start_begin());
  judge_line_ends(it, head);
  judge_triple_colon(it, head);
  judge_presence(it);
  judge_procedure(it);
  judge_agreement(it);
  judge_body(it);
  if (it.is_request) judge_request(it);
  return it.judgement();
}

}  // namespace tollgate::sip
