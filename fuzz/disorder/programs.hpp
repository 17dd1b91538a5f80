#pragma once
/// Seeds that are no messages: texts of files, and the programs of targets that draw their choices from the input.
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace tollgate::fuzz {

inline constexpr std::array<std::string_view, 3> sut_files{
    "[sut]\nsip = \"udp:127.0.0.1:5060\"\n",
    "[sut]\nname = \"acme\"\nsip = \"tcp:[::1]:5060\"\ndomain = \"ims.example\"\nlaunch = [\"./im\", \"{charging}\"]\n"
    "ready = \"READY\"\nrestart = \"never\"\nenv = { A = \"1\" }\n[charging]\nbinding = \"diameter\"\nlisten = "
    "\"127.0.0.1:3868\"\norigin_host = \"ocs\"\n[client]\nbind = \"127.0.0.1\"\n",
    "[store]\nmethod = \"sip-message\"\n[users]\npattern = \"sip:u{n}@x\"\ncount = 5\n[timers]\nmsrp_transaction = "
    "\"30s\"\n"
    "sip_t1 = \"500ms\"\nquiet = \"1.5m\"\n[profile]\nbundle = \"CR-FIRST\"\ndebit = \"first\"\n[ics]\ntls = false\n"};

inline constexpr std::array<std::string_view, 3> dictionaries{
    "@vendor 0\n@avp\n A 1 Grouped M R-1\n B 2 Unsigned32 may R-2\n@enum B\n one 1 two 2\n@grouped\nA ::= < AVP "
    "Header: 1 "
    ">\n { B } * [ AVP ]\n",
    "@vendor 10415\n@avp\n Z 873 Grouped no R-1\n@grouped\nZ ::= < AVP Header: 873, 10415 >\n 1*3 [ Z ] 2* { AVP }\n",
    "# comment\n@application 4\n@avp\n S 263 UTF8String M R-8.8\n@command CCR Credit-Control-Request R-3.1\nCCR ::= < "
    "Diameter Header: 272, REQ, PXY >\n < S > * [ AVP ]\n@command CCA Credit-Control-Answer R-3.2\nCCA ::= < Diameter "
    "Header: 272, PXY >\n < S >\n"};

/// Good flows of `run_in_disorder`, one for each reading, and the usual ways for them to go wrong.
[[nodiscard]] std::vector<std::string> orders();
/// Rows of events for `trace_of`.
[[nodiscard]] std::vector<std::string> event_rows();

}  // namespace tollgate::fuzz
