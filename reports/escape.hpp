#pragma once
/// Text of any origin made fit to show. What a SUT sent may hold control octets, escape sequences, broken UTF-8 and
/// markup; every report passes what it did not write itself through here.
#include <cstddef>
#include <string>
#include <string_view>

namespace tollgate::reports {

/// Valid UTF-8 of visible characters, tabs and line feeds. Anything else shows as `\x1b` (octets) or `\u202e` (controls
/// and marks that reorder text), which XML 1.0 (2.2), JSON and terminals all take.
[[nodiscard]] std::string legible(std::string_view text);

/// `legible` with line feeds and tabs as spaces: one line for a terminal or an attribute.
[[nodiscard]] std::string one_line(std::string_view text);

/// `legible` with the characters of XML and HTML markup as entities; fit for element text and quoted attributes.
[[nodiscard]] std::string markup(std::string_view text);

/// Longest text that a report repeats from a case, in octets; the files of the case have the rest.
inline constexpr std::size_t text_most = 64 * 1024;

/// Longest machine word, like the reason of a verdict, in octets.
inline constexpr std::size_t word_most = 4000;

/// At most `most` octets of the text, cut between characters, then `rest` in brackets if something is missing.
[[nodiscard]] std::string capped(std::string_view text, std::size_t most, std::string_view rest);

}  // namespace tollgate::reports
