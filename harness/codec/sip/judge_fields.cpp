/// Each header field by itself (RFC 3261 7.3.1, 20, 25.1), and which fields a message must have or may have once.
#include <array>
#include <fmt/format.h>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/header_rules.hpp"
#include "codec/sip/judge_case.hpp"
#include "codec/sip/views.hpp"

namespace tollgate::sip {

void judge_field(Case& it, FieldView const& field) {
  auto const token = token_size(field.spelling);
  if (token == 0 || token < field.spelling.size())
    it.add(field.raw.substr(0, field.spelling.size()), "header-name", "RFC 3261 7.3.1", Strength::must, bad_syntax, "not a token");
  if (auto const good = check_value(field.name, field.value); !good) it.add(field.value, good.error(), field.spelling);
}

namespace {

struct Needed {
  Name name;
  std::string_view clause;
};

/// Of these RFC 2543 already had each.
constexpr std::array<Needed, 5> needed_always{{
    {Name::via, "RFC 3261 8.1.1.7"},
    {Name::from, "RFC 3261 8.1.1.3"},
    {Name::to, "RFC 3261 8.1.1.2"},
    {Name::call_id, "RFC 3261 8.1.1.4"},
    {Name::cseq, "RFC 3261 8.1.1.5"},
}};

struct NeededBy {
  std::string_view method;
  Name name;
  std::string_view clause;
};
constexpr std::array<NeededBy, 5> needed_by_method{{
    {"SUBSCRIBE", Name::event, "RFC 6665 8.2.1"},
    {"NOTIFY", Name::event, "RFC 6665 8.2.1"},
    {"NOTIFY", Name::subscription_state, "RFC 6665 8.2.3"},
    {"PRACK", Name::rack, "RFC 3262 7.2"},
    {"REFER", Name::refer_to, "RFC 3515 2.4.2"},
}};

void judge_missing(Case& it, Name name, std::string_view clause, Effect effect) {
  if (it.fields().value(name)) return;
  it.add(it.end_of_header(), canonical(name), clause, Strength::must, effect, "missing");
}

void judge_repeated(Case& it) {
  std::array<bool, name_count> seen{};
  for (auto const& field : it.found) {
    auto& before = seen[static_cast<std::size_t>(field.name)];
    if (before && rule_of(field.name).shape == Shape::once)
      it.add(field.raw, canonical(field.name), "RFC 3261 7.3.1", Strength::must, bad_header, "stands more than once");
    before = true;
  }
}

/// From wants a tag always, To in every response but 100 (RFC 3261 8.1.1.3, 8.2.6.2).
void judge_tags(Case& it) {
  auto const fields = it.fields();
  if (auto const address = from(fields); address && address->tag().empty())
    it.add(*fields.value(Name::from), "tag-param", "RFC 3261 8.1.1.3", Strength::must, it.has_cookie() ? doubtful : none,
           "From has no tag");
  if (!it.start || it.start->status <= 100) return;
  if (auto const address = to(fields); address && address->tag().empty())
    it.add(*fields.value(Name::to), "tag-param", "RFC 3261 8.2.6.2", Strength::must, doubtful, "To has no tag");
}

}  // namespace

void judge_presence(Case& it) {
  for (auto const& [name, clause] : needed_always) judge_missing(it, name, clause, bad_header);
  for (auto const& [method, name, clause] : needed_by_method)
    if (it.is(method)) judge_missing(it, name, clause, bad_header);
  // RFC 3261 16.3 step 3 and RFC 2543 let these be missing; who bears the cookie should have known.
  if (it.is_request) judge_missing(it, Name::max_forwards, "RFC 3261 8.1.1.6", none);
  if (it.is("INVITE")) judge_missing(it, Name::contact, "RFC 3261 8.1.1.8", it.has_cookie() ? doubtful : none);
  judge_repeated(it);
  judge_tags(it);
}

}  // namespace tollgate::sip
