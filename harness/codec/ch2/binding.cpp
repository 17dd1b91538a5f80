#include "codec/ch2/binding.hpp"

#include "codec/ch2/document.hpp"
#include "codec/ch2/http.hpp"
#include "codec/deviations.hpp"
#include "codec/diameter/judge.hpp"

namespace tollgate::ch2 {

Binding binding_of(std::string_view octets) {
  return is_http(octets) ? Binding::http : Binding::diameter;
}

/// Where the body stands, as long as it is not in chunks.
static std::size_t body_at(std::string_view octets) {
  auto const end = octets.find("\r\n\r\n");
  return end == std::string_view::npos ? octets.size() : end + 4;
}

/// What the document in an HTTP message says, which these octets hold.
static Parsed<diameter::Message> read_body(HttpMessage const& message, std::string_view octets) {
  auto document = read_document(message.body);
  if (!document) return shifted(document.error(), body_at(octets));
  if (document->header.is_request() != message.is_request)
    return invalid(body_at(octets), "document", "ch2.xsd", "an EventRequest goes in a request, a Response in a response");
  return document;
}

Parsed<diameter::Message> read_message(std::string_view octets) {
  if (binding_of(octets) == Binding::diameter) return diameter::Message::parse(octets);
  auto const message = parse_http(octets);
  if (!message) return std::unexpected(message.error());
  return read_body(*message, octets);
}

/// All that is wrong with the document, where it stands as it was sent: chunks have it elsewhere.
static void judge_body(HttpMessage const& message, std::string_view octets, Deviations& found) {
  constexpr std::uint32_t bad_request = 400;
  auto const at = body_at(octets);
  auto judged = judge_document(message.body);
  bool const is_sound = judged.diagnostics.empty();
  auto const answer = judged.answer;
  found.note(std::move(judged), at, answer);
  if (!is_sound) return;
  if (auto const document = read_body(message, octets); !document) found.note(document.error(), Outcome::reject, bad_request);
}

static Judgement judge_http(std::string_view octets) {
  constexpr std::uint32_t bad_request = 400, method_not_allowed = 405, unsupported_type = 415;
  Deviations found;
  auto const message = parse_http(octets);
  if (!message) {
    found.note(message.error(), Outcome::reject, status_of(message.error()));
    return std::move(found).take();
  }
  if (message->is_request && message->method != "POST")
    found.note({0, message->method.size(), "method", "RFC 9110 9.3.3", Strength::must, "an EventRequest is POSTed"}, Outcome::reject,
               method_not_allowed);
  if (message->is_request && !message->has_host)
    found.note({0, 0, "Host", "RFC 9112 3.2", Strength::must, "missing, or more than one"}, Outcome::reject, bad_request);
  if (message->content_type != content_type)  // whoever reads a response may look at what is there
    found.note({0, 0, "Content-Type", "RFC 9110 8.3", Strength::must, "not application/xml"},
               message->is_request ? Outcome::reject : Outcome::either, unsupported_type);
  if (!message->content_encoding.empty())  // whose octets are no document before somebody undoes it
    found.note({0, 0, "Content-Encoding", "RFC 9110 8.4", Strength::must, "a coding that no document has here"},
               message->is_request ? Outcome::reject : Outcome::either, unsupported_type);
  judge_body(*message, octets, found);
  return std::move(found).take();
}

Judgement judge(std::string_view octets, Binding binding) {
  return binding == Binding::http ? judge_http(octets) : diameter::judge(octets);
}

Judgement judge(std::string_view octets) {
  return judge(octets, binding_of(octets));
}

}  // namespace tollgate::ch2
