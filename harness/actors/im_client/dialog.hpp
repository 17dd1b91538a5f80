#pragma once
/// The client's side of a dialog that the SUT's INVITE opened (RFC 3261 12.1.1): what a request of ours in it carries.
#include <cstdint>
#include <string>
#include <vector>

#include "codec/sip/message.hpp"

namespace tollgate {

struct Dialog {
  std::string call_id;
  std::string local;                ///< our From: the To of the INVITE with our tag
  std::string remote;               ///< our To: the From of the INVITE
  std::string target;               ///< the URI of the INVITE's Contact
  std::vector<std::string> routes;  ///< the Record-Route values of the INVITE, in order
  std::uint32_t cseq = 0;           ///< of our last request

  [[nodiscard]] static Dialog of(sip::Message const& invite, std::string const& tag);
  /// The next request (RFC 3261 12.2.1.1); an ACK keeps the number. Via and Max-Forwards are the caller's.
  [[nodiscard]] sip::Message request(std::string_view method);
};

}  // namespace tollgate
