// The grammar of `dictionary.dia`; members are written as in the RFCs' Command Code Format (RFC 6733 3.2).
//
//   dictionary = *( "@vendor" number / "@application" number / "@avp" *avp / "@enum" name *( name number )
//                   / "@at-most" number *name
//                   / "@grouped" *( name "::=" "<" "AVP" "Header" ":" number [ "," number ] ">" *member )
//                   / "@command" name name clause
//                     name "::=" "<" "Diameter" "Header" ":" number *( "," flag ) ">" *member )
//   avp        = name number type ( "M" / "may" / "no" ) clause
//   member     = [ [ number ] "*" [ number ] ] ( "<" name ">" / "{" name "}" / "[" name "]" )
//   flag       = "REQ" / "PXY" / "ERR"
#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "codec/diameter/dictionary.hpp"
#include "codec/diameter/dictionary_text.hpp"

namespace tollgate::diameter {
namespace {

constexpr std::string_view where = "dictionary.dia";
constexpr std::uint32_t no_bound = std::numeric_limits<std::uint32_t>::max();

constexpr auto type_names = std::to_array<std::pair<std::string_view, Type>>({
    {"OctetString", Type::octet_string},
    {"Integer32", Type::integer32},
    {"Integer64", Type::integer64},
    {"Unsigned32", Type::unsigned32},
    {"Unsigned64", Type::unsigned64},
    {"Grouped", Type::grouped},
    {"Address", Type::address},
    {"Time", Type::time},
    {"UTF8String", Type::utf8_string},
    {"DiameterIdentity", Type::diameter_identity},
    {"DiameterURI", Type::diameter_uri},
    {"Enumerated", Type::enumerated},
    {"IPFilterRule", Type::octet_string},
});

constexpr auto flag_rules = std::to_array<std::pair<std::string_view, FlagRule>>({
    {"M", FlagRule::must},
    {"may", FlagRule::may},
    {"no", FlagRule::must_not},
});

/// "RFC6733-5.3.1" as "RFC 6733 5.3.1".
std::string spelled_clause(std::string_view word) {
  std::string clause;
  for (char const c : word) {
    bool const digit = c >= '0' && c <= '9';
    bool const after_letter = !clause.empty() && clause.back() >= 'A' && clause.back() <= 'Z';
    if (digit && after_letter) clause += ' ';
    clause += c == '-' ? ' ' : c;
  }
  return clause;
}

/// Reads the text once. The functions answer false when `error` is set.
class Reader {
 public:
  explicit Reader(std::string_view text) : tokens_(text) {}

  bool dictionary() {
    while (!tokens_.at_end()) {
      if (!section()) return false;
    }
    return std::ranges::all_of(uses_, [this](Token const& name) {
      return name.is("AVP") || avp_index_.contains(name.text) || fail(name, "member", "no AVP has this name");
    });
  }

  std::vector<AvpRule> avps;
  std::vector<CommandRule> commands;
  ParseError error;

 private:
  bool fail(Token const& token, std::string_view rule, std::string_view detail) {
    error = {What::invalid, token.offset, rule, where, detail};
    return false;
  }

  bool section() {
    if (!sign("@", "section")) return false;
    auto const keyword = tokens_.take();
    if (keyword.is("vendor")) return number(vendor_, "@vendor");
    if (keyword.is("application")) return number(application_, "@application");
    if (keyword.is("avp")) return avp_section();
    if (keyword.is("enum")) return enum_section();
    if (keyword.is("at-most")) return at_most_section();
    if (keyword.is("grouped")) return grouped_section();
    if (keyword.is("command")) return command();
    return fail(keyword, "section", "unknown keyword");
  }

  bool sign(std::string_view expected, std::string_view rule) {
    return tokens_.take_if(expected) || fail(tokens_.peek(), rule, "another sign belongs here");
  }

  bool word(Token& to, std::string_view rule) {
    to = tokens_.take();
    return to.is_word() || fail(to, rule, "a word belongs here");
  }

  template <class N>
  bool number(N& to, std::string_view rule) {
    auto const token = tokens_.take();
    auto const value = to_number<N>(token.text);
    if (!value) return fail(token, rule, "a number belongs here");
    to = *value;
    return true;
  }

  template <class Table, class Value>
  bool one_of(Table const& table, Value& to, std::string_view rule) {
    auto const token = tokens_.take();
    auto const found = std::ranges::find(table, token.text, &Table::value_type::first);
    if (found == table.end()) return fail(token, rule, "unknown word");
    to = found->second;
    return true;
  }

  bool avp_section() {
    while (tokens_.peek().is_word()) {
      if (!avp()) return false;
    }
    return true;
  }

  bool avp() {
    AvpRule rule;
    Token name, clause;
    rule.vendor = vendor_;
    if (!word(name, "AVP name") || !number(rule.code, "AVP code") || !one_of(type_names, rule.type, "AVP type") ||
        !one_of(flag_rules, rule.mandatory, "M-rule") || !word(clause, "clause")) {
      return false;
    }
    rule.name = name.text;
    rule.clause = spelled_clause(clause.text);
    if (!avp_index_.emplace(name.text, avps.size()).second) return fail(name, "AVP name", "defined twice");
    if (!codes_.emplace(rule.vendor, rule.code).second) return fail(name, "AVP code", "defined twice");
    avps.push_back(std::move(rule));
    return true;
  }

  AvpRule* defined_avp(Token const& name, std::string_view rule) {
    auto const found = avp_index_.find(name.text);
    if (found != avp_index_.end()) return &avps[found->second];
    fail(name, rule, "no AVP has this name");
    return nullptr;
  }

  bool enum_section() {
    auto* const rule = defined_avp(tokens_.take(), "@enum");
    if (rule == nullptr) return false;
    while (tokens_.peek().is_word()) {
      EnumValue value;
      value.name = tokens_.take().text;
      if (!number(value.value, "value")) return false;
      rule->values.push_back(std::move(value));
    }
    return true;
  }

  bool at_most_section() {
    std::uint64_t most = 0;
    if (!number(most, "@at-most")) return false;
    while (tokens_.peek().is_word()) {
      auto* const rule = defined_avp(tokens_.take(), "@at-most");
      if (rule == nullptr) return false;
      rule->most = most;
    }
    return true;
  }

  bool grouped_section() {
    while (tokens_.peek().is_word()) {
      auto const name = tokens_.take();
      auto* const rule = defined_avp(name, "@grouped");
      if (rule == nullptr) return false;
      std::uint32_t code = 0, vendor = 0;
      if (!header_start("AVP") || !number(code, "AVP code")) return false;
      if (tokens_.take_if(",") && !number(vendor, "vendor")) return false;
      if (!sign(">", "AVP Header")) return false;
      if (rule->type != Type::grouped) return fail(name, "@grouped", "the AVP is not Grouped");
      if (rule->code != code || rule->vendor != vendor) return fail(name, "AVP Header", "the AVP has another code");
      if (!members(rule->members)) return false;
    }
    return true;
  }

  /// `::= < AVP Header:` or `::= < Diameter Header:`
  bool header_start(std::string_view kind) {
    return sign("::=", "grammar") && sign("<", "Header") && sign(kind, "Header") && sign("Header", "Header") && sign(":", "Header");
  }

  bool command() {
    CommandRule rule;
    Token abbreviation, name, clause, repeated;
    rule.application = application_;
    if (!word(abbreviation, "@command") || !word(name, "@command") || !word(clause, "clause") || !word(repeated, "@command")) {
      return false;
    }
    if (!repeated.is(abbreviation.text)) return fail(repeated, "@command", "the grammar has another name");
    if (!header_start("Diameter") || !number(rule.code, "command code") || !command_flags(rule)) return false;
    rule.abbreviation = abbreviation.text;
    rule.name = name.text;
    rule.clause = spelled_clause(clause.text);
    if (!command_codes_.emplace(rule.code, rule.request).second) return fail(name, "@command", "defined twice");
    if (!members(rule.avps)) return false;
    commands.push_back(std::move(rule));
    return true;
  }

  bool command_flags(CommandRule& rule) {
    while (tokens_.take_if(",")) {
      auto const flag = tokens_.take();
      if (flag.is("REQ")) {
        rule.request = true;
      } else if (flag.is("PXY")) {
        rule.proxiable = true;
      } else if (flag.is("ERR")) {
        rule.error = true;
      } else {
        return fail(flag, "command flag", "unknown word");
      }
    }
    return sign(">", "Diameter Header");
  }

  /// Members stand until the next name or section; only they begin with a number, `*` or a bracket.
  bool members(std::vector<Occurrence>& to) {
    auto const begins_member = [](Token const& token) {
      return token.is("<") || token.is("{") || token.is("[") || token.is("*") || to_number<std::uint32_t>(token.text);
    };
    while (begins_member(tokens_.peek())) {
      if (to.size() == Grammar::slots_max) return fail(tokens_.peek(), "member", "too many");
      if (!member(to)) return false;
    }
    return true;
  }

  bool member(std::vector<Occurrence>& to) {
    std::optional<std::uint32_t> const least = bound();
    bool const repeated = tokens_.take_if("*");
    if (least && !repeated) return fail(tokens_.peek(), "qualifier", "`*` belongs here");
    std::optional<std::uint32_t> const most = repeated ? bound() : std::nullopt;

    auto const open = tokens_.take();
    Occurrence occurrence;
    occurrence.fixed = open.is("<");
    bool const optional = open.is("[");
    if (!optional && !occurrence.fixed && !open.is("{")) return fail(open, "member", "a bracket belongs here");
    occurrence.least = least.value_or(optional || repeated ? 0 : 1);
    occurrence.most = repeated ? most.value_or(no_bound) : 1;
    if (occurrence.least > occurrence.most) return fail(open, "qualifier", "least is above most");

    Token name;
    if (!word(name, "member")) return false;
    uses_.push_back(name);
    occurrence.avp = name.text;
    to.push_back(std::move(occurrence));
    return sign(optional ? "]" : open.is("<") ? ">" : "}", "member");
  }

  std::optional<std::uint32_t> bound() {
    auto const value = to_number<std::uint32_t>(tokens_.peek().text);
    if (value) tokens_.take();
    return value;
  }

  Tokens tokens_;
  std::uint32_t vendor_ = 0;
  std::uint32_t application_ = 0;
  std::map<std::string_view, std::size_t> avp_index_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> codes_;  ///< vendor, code
  std::set<std::pair<std::uint32_t, bool>> command_codes_;   ///< code, request
  std::vector<Token> uses_;
};

}  // namespace

Parsed<Dictionary> Dictionary::parse(std::string_view text) {
  Reader reader(text);
  if (!reader.dictionary()) return std::unexpected(reader.error);
  Dictionary dictionary;
  dictionary.avps_ = std::move(reader.avps);
  dictionary.commands_ = std::move(reader.commands);
  dictionary.build_tables();
  return dictionary;
}

}  // namespace tollgate::diameter
