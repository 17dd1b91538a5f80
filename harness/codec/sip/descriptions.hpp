#pragma once
/// The session descriptions of dialogs in their order: what an answer owes to its offer and a later description to the
/// one before it. Which message carries which is RFC 3261's to say (13.2.1, 13.2.2.4, 14.1; RFC 3311 5.1 for UPDATE).
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "codec/deviations.hpp"
#include "codec/judgement.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::sip {

class Descriptions {
 public:
  /// Judges the description in the message that came or went next, by those before it and by nothing else: `judge` of
  /// SIP reads each for itself. Messages of both sides belong here, in their order; an answer whose offer was not shown
  /// is not judged. Offsets count from the start of `octets`, which hold one message. A refused offer is forgotten.
  [[nodiscard]] Judgement judge(std::string_view octets);

 private:
  using Side = std::pair<std::string, std::string>;  ///< Call-ID and tag
  struct Exchange {
    std::string offer;        ///< in the request; empty where the 2xx is to make the offer
    std::string later_offer;  ///< in the 2xx
  };
  /// A description as its message carries it.
  struct Told {
    Side by;
    std::string_view text;
    std::size_t base = 0;  ///< where it begins in the message
    bool is_answerable = false;
  };

  void request(std::string_view method, Exchange& exchange, Told const& told, Deviations& found);
  void response(int status, Exchange& exchange, Told const& told, Deviations& found);
  /// Takes `judgement` of an offer or answer, and adds what it owes to its side's description before.
  void take(Judgement judgement, Told const& told, Deviations& found);

  /// By the side and the CSeq of the request; an ACK has the CSeq of its INVITE.
  std::map<std::pair<Side, std::uint32_t>, Exchange> exchanges_;
  std::map<Side, std::string> last_;
};

}  // namespace tollgate::sip
