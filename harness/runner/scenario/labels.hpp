#pragma once
/// The words of scenario files for messages, and what may stand in braces.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"

namespace tollgate {

/// Nothing when something that a client, or the Charging Enabler, hears can be called that; else the end of a sentence that
/// begins "nothing that X hears". A word that nothing is ever called could not fail a silence.
[[nodiscard]] std::optional<std::string> not_a_label(std::string_view word, bool at_ocs);
/// At ocs: of the Diameter connection, no CCR: "DWA", "CER", "closed", the code of a command that has no name.
[[nodiscard]] bool is_peer_label(std::string_view label);
/// What two Diameter peers say to each other, and no relay agent passes on: the rest of these but RAA and ASA.
[[nodiscard]] bool is_hop_label(std::string_view label);
/// What of it only a case hears that has the connection for itself.
[[nodiscard]] bool is_owners_label(std::string_view label);
/// A request, to which an answer is due.
[[nodiscard]] bool is_request_label(std::string_view label);
/// What goes over SIP; every other word of a client goes over its MSRP session.
[[nodiscard]] bool is_sip_method(std::string_view method);
/// Nothing when a client can send that; else why not.
[[nodiscard]] std::optional<std::string> cannot_send(std::string_view message, bool in_dialog);

/// "now+5" is "now" and 5; 0 without a sum.
[[nodiscard]] std::pair<std::string_view, std::int64_t> split_sum(std::string_view word);
/// How a text in braces is spelled otherwise: "other-case:" turns small letters and capitals, "either-case:" too, where there are
/// any; "escaped:" writes its first letter or digit as %XX (RFC 3986 2.1), but not inside the brackets of an IPv6 address.
enum class Spelling : std::uint8_t { as_it_is, other_case, either_case, escaped };
/// "other-case:invite:sdp.path" is `other_case` and "invite:sdp.path".
[[nodiscard]] std::pair<Spelling, std::string_view> split_spelling(std::string_view word);
/// "alice.aor", "domain": what may stand in braces beside a field of a message.
[[nodiscard]] bool is_known_word(std::string_view word);
[[nodiscard]] std::string known_words();

/// "300*u" in braces: the text, so many times.
struct Repetition {
  std::uint32_t times = 0;
  std::string_view text;

  static constexpr std::size_t octets_most = std::size_t{4} << 20;
  [[nodiscard]] std::size_t octets() const { return times * text.size(); }
  [[nodiscard]] std::string spelled_out() const;
};
/// Nothing for another word.
[[nodiscard]] std::optional<Repetition> repetition(std::string_view inner);
/// The text with `replace(inner)` for each pair of braces.
template <class Replace>
[[nodiscard]] std::string with_braces(std::string_view text, Replace replace) {
  std::string out;
  while (!text.empty()) {
    auto const open = text.find('{');
    auto const close = text.find('}', open);
    if (close == std::string_view::npos) break;
    out += text.substr(0, open);
    out += replace(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  return out + std::string(text);
}

/// The pattern with an 'x' for each name in braces, which are no quantifiers.
[[nodiscard]] std::string without_names(std::string_view pattern);
/// What stands in these braces is a name, not a quantifier of a pattern.
[[nodiscard]] bool is_name(std::string_view inner);

/// `\r`, `\n`, `\t`, `\\` and `\x1f` in a text that is written in XML.
[[nodiscard]] Octets unescaped(std::string_view text);
/// The pattern with `\r` and `\n` as the octets that they stand for.
[[nodiscard]] std::string with_line_ends(std::string pattern);
/// Why a POSIX extended regular expression cannot be read; nothing when it can.
[[nodiscard]] std::optional<std::string> not_a_pattern(std::string const& text);

}  // namespace tollgate
