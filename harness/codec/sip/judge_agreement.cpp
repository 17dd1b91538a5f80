/// What the parts of a message say of each other: CSeq and method, Content-Length and body, Via and transaction.
#include <fmt/format.h>

#include "base/text.hpp"
#include "codec/sip/judge_case.hpp"
#include "codec/sip/views.hpp"

namespace tollgate::sip {

static void judge_cseq(Case& it) {
  auto const sequence = cseq(it.fields());
  if (!sequence || !it.start || !it.is_request || sequence->method == it.start->method) return;
  it.add(sequence->method, "CSeq", "RFC 3261 8.1.1.5", Strength::must, bad_header,
         fmt::format("its method is not the request's, which is {}", printable(it.start->method)));
}

static void judge_content_length(Case& it) {
  constexpr std::string_view clause = "RFC 3261 18.3";
  auto const length = content_length(it.fields());
  bool const is_stream = it.framing == Framing::stream;
  if (!it.fields().value(Name::content_length) && it.body)
    return it.add(it.body->substr(0, 0), "Content-Length", is_stream ? clause : "RFC 3261 20.14",
                  is_stream ? Strength::must : Strength::should, is_stream ? bad_syntax : none, "missing");
  if (!length || !it.body || *length == it.body->size()) return;
  auto const where = *it.fields().value(Name::content_length);
  if (*length > it.body->size())
    return it.add(where, "Content-Length", clause, Strength::must, is_stream ? Effect{Outcome::reject, Stage::syntax, 0} : bad_syntax,
                  fmt::format("{} octets announced, {} there", *length, it.body->size()));
  if (!is_stream) it.add(it.body->substr(*length), "message-body", clause, Strength::may, none, "octets behind the body are ignored");
}

static void judge_branch(Case& it) {
  auto const via = top_via(it.fields());
  if (!via) return;
  auto const branch = via->branch();
  auto const where = branch.empty() ? *it.fields().value(Name::via) : branch;
  if (branch == magic_cookie)
    it.add(where, "via-branch", "RFC 3261 8.1.1.7", Strength::must, doubtful, "nothing behind the magic cookie");
  else if (!branch.starts_with(magic_cookie))
    it.add(where, "via-branch", "RFC 3261 8.1.1.7", Strength::must, none, "no magic cookie, as before RFC 3261");
}

/// Every via-parm: received in brackets is borne (RFC 5118 4.5), a response goes to nobody's broadcast.
static void judge_vias(Case& it) {
  auto const all = vias(it.fields());
  if (!all) return;
  for (auto const& via : *all) {
    auto const received = via.parameters.find("received");
    if (received && received->starts_with('['))
      it.add(*received, "via-received", "RFC 5118 4.5", Strength::may, none, "brackets that the grammar does not have");
    if (!it.is_request && via.host == "255.255.255.255")
      it.add(via.host, "sent-by", "RFC 4475 3.3.10", Strength::must, bad_header, "a broadcast address");
  }
  if (!it.is_request && all->size() > 1)
    it.add(*it.fields().value(Name::via), "Via", "RFC 3261 8.1.3.3", Strength::should, doubtful,
           "a UAC that finds more than one discards the response");
}

/// "*" in Contact removes all bindings: alone, and with Expires: 0 (RFC 3261 10.2.2).
static void judge_star(Case& it) {
  auto const fields = it.fields();
  for (std::size_t nth = 0; auto const value = fields.value(Name::contact, nth); ++nth)
    for (auto const element : List(*value)) {
      if (element != "*") continue;
      bool const is_alone = element.size() == value->size() && !fields.value(Name::contact, 1);
      auto const seconds = expires(fields);
      if (!it.is("REGISTER") || !is_alone || !seconds || *seconds != 0)
        it.add(element, "Contact", "RFC 3261 10.2.2", Strength::must, bad_header, "* stands alone, in a REGISTER, with Expires: 0");
    }
}

void judge_agreement(Case& it) {
  judge_cseq(it);
  judge_content_length(it);
  judge_branch(it);
  judge_vias(it);
  judge_star(it);
}

}  // namespace tollgate::sip
