#include "codec/sip/call_id.hpp"

#include "base/text.hpp"
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

/// `text` without the linear white space around it.
static std::string_view spaceless(std::string_view text) {
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text.substr(space_size(text));
}

/// callid *( COMMA callid ), where they lie in `text`
static Parsed<std::vector<std::string_view>> call_ids(std::string_view text) {
  std::vector<std::string_view> all;
  for (auto const part : split(text, ',')) {
    all.push_back(spaceless(part));
    if (auto const read = parse_call_id(all.back()); !read) return shifted(read.error(), offset_in(text, all.back()));
  }
  return all;
}

Parsed<std::string_view> parse_in_reply_to(std::string_view text) {
  auto const all = call_ids(text);
  return all ? Parsed<std::string_view>(text) : std::unexpected(all.error());
}

Parsed<std::string_view> call_id(Fields fields) {
  return one(fields, Name::call_id, "RFC 3261 8.1.1.4", parse_call_id);
}

Parsed<std::vector<std::string_view>> in_reply_to(Fields fields) {
  std::vector<std::string_view> all;
  for (std::size_t nth = 0; auto const value = fields.value(Name::in_reply_to, nth); ++nth) {
    auto const here = call_ids(*value);
    if (!here) return std::unexpected(here.error());
    all.insert(all.end(), here->begin(), here->end());
  }
  return all;
}

}  // namespace tollgate::sip
