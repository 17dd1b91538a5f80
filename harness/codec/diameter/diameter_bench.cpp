/// How long it takes to judge a CCR by dictionary and grammar, beside libfdproto with the same dictionary and rules,
/// and beside two floors: memchr over all octets for one that is not there, and one look at each AVP Length of the top
/// level, which says where the next AVP is.
#include <cstring>
#include <fmt/format.h>
#include <string>

#include "bench/allocations.hpp"
#include "bench/peers/freediameter.hpp"
#include "codec/ch2/ch2.hpp"
#include "codec/diameter/big_endian.hpp"
#include "codec/diameter/judge.hpp"
#include "codec/diameter/walk.hpp"

namespace tollgate::bench {
namespace {

/// A reservation of deferred messages with the charging data of TS 32.299 in it, about 530 octets.
Octets reservation() {
  using namespace diameter;
  auto ccr = ch2::write_request({.type = ch2::RequestType::initial,
                                 .session_id = "im1.ims.example.com;1876543210;523;deferred",
                                 .subscriber = "sip:alice@ims.example.com",
                                 .service_context = "token@openmobilealliance.org",
                                 .requested = 3,
                                 .units_at = ch2::UnitsAt::mscc,
                                 .event_timestamp = 3900000000U},
                                {"im1.ims.example.com", "ims.example.com", "charging.example.com"});
  auto const ims =
      make_grouped("IMS-Information", {make_grouped("Event-Type", {make("SIP-Method", Octets("REGISTER"))}), make("Role-Of-Node", 1U),
                                       make("Node-Functionality", 6U), make("User-Session-Id", Octets("a84b4c76e66710@192.0.2.10")),
                                       make("IMS-Charging-Identifier", Octets("icid-7f3a"))});
  auto const im =
      make_grouped("IM-Information", {make("Total-Number-Of-Messages-Sent", 3U), make("Number-Of-Messages-Successfully-Sent", 0U)});
  ccr.avps.push_back(make_grouped("Service-Information", {ims, im}));
  return ccr.write();
}

bool memchr_scan(std::string_view octets) {
  constexpr int absent = 0xfd;
  return std::memchr(octets.data(), absent, octets.size()) == nullptr;
}

std::size_t length_scan(std::string_view octets) {
  std::size_t found = 0;
  for (std::size_t at = diameter::message_header_size; at + 8 <= octets.size(); ++found)
    at += (diameter::read_u24(octets.substr(at + 5)) + 3U) & ~3U;
  return found;
}

/// `octets` in memory that the compiler knows nothing of.
std::string_view hidden(std::string_view octets) {
  benchmark::DoNotOptimize(octets);
  return octets;
}

[[maybe_unused]] bool const added = [] {
  auto const ccr = reservation();
  auto const run = [&](std::string_view what, auto work) {
    benchmark::RegisterBenchmark(fmt::format("CCR {}/{}", ccr.size(), what).c_str(), [=](benchmark::State& state) {
      if (!work(ccr)) return state.SkipWithError("the message is not taken");
      measure(state, ccr.size(), [&] { benchmark::DoNotOptimize(work(hidden(ccr))); });
    });
  };
  run("memchr", memchr_scan);
  run("floor", [](std::string_view octets) { return length_scan(octets) > 0; });
  run("walk", [](std::string_view octets) {
    std::size_t count = 0;
    auto const walked = diameter::walk(octets, diameter::Dictionary::standard(), [&](auto&&...) { ++count; });
    return walked && count > 0;
  });
  run("message", [](std::string_view octets) { return diameter::Message::parse(octets).has_value(); });
  run("judge", [](std::string_view octets) { return diameter::judge(octets).diagnostics.empty(); });
  run("libfdproto buffer", [](std::string_view octets) { return freediameter_ready() && freediameter_parse(octets); });
  run("libfdproto rules", [](std::string_view octets) { return freediameter_ready() && freediameter_parse_with_rules(octets); });
  return true;
}();

}  // namespace
}  // namespace tollgate::bench
