#pragma once
/// What an IM Client, or the Charging Enabler, may do at a moment at which the flow would not: the `also` of a change.
#include <span>
#include <string>
#include <string_view>

namespace tollgate {
class Bed;
}

namespace tollgate::fuzz {

/// REGISTER DEREGISTER OPTIONS MESSAGE BYE INVITE 180 SEND REPORT CLOSE RESET CONNECT ASR RAR. 180 is one more answer to the newest
/// INVITE, CONNECT one more connection for MSRP with a SEND on it.
[[nodiscard]] std::span<std::string_view const> stimuli();
[[nodiscard]] bool is_stimulus(std::string_view word);
/// All of them, for a sentence.
[[nodiscard]] std::string stimulus_words();
/// By the client of that role, an ASR and an RAR by the Charging Enabler. What is of a dialog, and what is of its credit session, is sent
/// only where there is one.
void stimulate(Bed& bed, std::string const& role, std::string_view word);

}  // namespace tollgate::fuzz
