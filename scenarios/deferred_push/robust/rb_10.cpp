#include <array>
#include <fmt/format.h>

#include "codec/diameter/big_endian.hpp"
#include "codec/diameter/message.hpp"
#include "runner/push_state.hpp"
#include "scenarios/deferred_push/robust/robust.hpp"

namespace tollgate::deferred_push {

namespace {

using diameter::Avp;

constexpr std::uint32_t services = 456, granted_units = 431, cc_time = 420, session_id = 263,
                        proxy_info = 284;  // RFC 8506 8, RFC 6733 6.7.2

Avp avp(std::uint32_t code, Octets data) {
  return {.code = code, .flags = diameter::flag_mandatory, .data = std::move(data)};
}

/// Multiple-Services-Credit-Control in itself, 10000 times. Headers stand one after the other and differ in their lengths only.
void nests(diameter::Message& cca) {
  constexpr std::size_t depth = 10'000, header_size = 8;  // RFC 6733 4.1: code, flags, length
  auto const code_and_flags = diameter::write_avps({avp(services, {})}).substr(0, 5);
  Octets inner;
  inner.reserve(depth * header_size);
  for (auto left = depth; left > 0; --left) {
    inner += code_and_flags;
    diameter::append_number(inner, left * header_size, 3);
  }
  cca.avps.push_back(avp(services, std::move(inner)));
}

void repeats_one_avp(diameter::Message& cca) {
  cca.avps.reserve(cca.avps.size() + 100'000);
  for (int i = 0; i < 100'000; ++i) cca.avps.push_back(avp(proxy_info, {}));
}

void doubles_services(diameter::Message& cca) {
  for (int i = 0; i < 2; ++i)
    cca.avps.push_back(
        avp(services, diameter::write_avps({avp(granted_units, diameter::write_avps({avp(cc_time, diameter::write_unsigned32(60))}))})));
}

struct Odd {
  std::string_view what;
  void (*change)(diameter::Message&);
};
constexpr std::array odds{Odd{"10000 groups in each other", nests}, Odd{"100000 AVPs", repeats_one_avp},
                          Odd{"two Multiple-Services-Credit-Control", doubles_services}};

Octets changed(Octets const& written, Odd const& odd) {
  auto cca = diameter::Message::parse(written);
  if (!cca || cca->find(session_id) == nullptr) return written;
  odd.change(*cca);
  return cca->write();
}

}  // namespace

/// with  a reserve request
/// when  its answer is too deep, too long or has a group twice
/// then  nothing is sent on it, and the SUT goes on: the next push, of another user, gets its INVITE
static Task<void> odd_answer(Bed& bed, Odd const& odd) {
  auto const reached = co_await reach(bed, PushState::reserving, "alice", 1);
  bed.ocs().answers(*reached.reserve, {}, {.rewrite = [&](Octets written) { return changed(written, odd); }});
  auto& alice = bed.client("alice");
  auto const invite = co_await alice.may_receive("INVITE", bed.ixit().live);
  if (invite) alice.answers(*invite, 486);
  constexpr Duration reconnects_within = 40s;  // Tc of RFC 6733 12, and some
  if (co_await bed.ocs().may_receive("closed", bed.ixit().live)) (void)co_await bed.ocs().receives("CER", reconnects_within);
  auto const next = co_await reach(bed, PushState::invited, "carol", 1);
  bed.client("carol").answers(*next.invite, 486);
}

static Task<void> odd_answers(Bed& bed) {
  co_await bed.one_by_one(
      odds.size(), [](Bed& branch, std::size_t nth) { return odd_answer(branch, odds[nth]); },
      [](std::size_t nth) { return std::string(odds[nth].what); });
}

Case rb_10() {
  return {.info = {.id = "RB-10",
                   .group = "rb",
                   .purpose = "Answers of the Charging Enabler that are very deep, very long or have a group twice harm nothing.",
                   .clause = "RFC 6733 4.4; RFC 8506 8.16",
                   .strength = "rfc-must",
                   .kind = "live",
                   .file = __FILE_NAME__,
                   .line = __LINE__},
          .profile = {"B-DIA", "X-DENY", "X-TABLE3"},
          .needs = {std::string(claim_diameter), std::string(claim_charging_peer)},  // a relay agent judges answers itself
          .alone = true,
          .run = odd_answers};
}

}  // namespace tollgate::deferred_push
