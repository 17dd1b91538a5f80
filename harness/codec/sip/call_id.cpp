#include "codec/sip/call_id.hpp"

#include "codec/sip/characters.hpp"

namespace tollgate::sip {

Parsed<std::string_view> parse_call_id(std::string_view text) {
  constexpr std::string_view clause = "RFC 3261 20.8";
  auto end = word_set.run(text);
  if (end == 0) return invalid(0, "word", clause, text.empty() || text[0] == '@' ? "empty" : "unexpected character");
  if (end < text.size() && text[end] == '@') {
    auto const second = word_set.run(text, end + 1);
    if (second == 0) return invalid(end + 1, "word", clause, "empty");
    end += 1 + second;
  }
  if (end < text.size()) return invalid(end, "word", clause, "unexpected character");
  return text;
}

Parsed<std::string_view> call_id(Fields fields) {
  return one(fields, Name::call_id, "RFC 3261 8.1.1.4", parse_call_id);
}

Parsed<std::vector<std::string_view>> in_reply_to(Fields fields) {
  return every(fields, Name::in_reply_to, parse_call_id);
}

}  // namespace tollgate::sip
